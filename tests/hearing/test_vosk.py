"""Vosk with its real Korean model, on recordings of a synthetic voice."""

import ctypes
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.hearing.room import BEFORE, SILENCE, Room, accepted
from voicecoach import resources
from voicecoach.errors import GrammarError, HearingError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.vosk import Vosk, check_words
from voicecoach.hearing.vosk_loading import load_model
from voicecoach.hearing.vosk_model import require_model
from voicecoach.sound.audio import Samples, samples_of, seconds_of
from voicecoach.sound.recording import read_recording

NUMBERS, SAFETY = frozenset({"number"}), frozenset({"stop"})
GOING_ON = frozenset({"previous"})
WORDS = frozenset({"stop", "help", "how_long", "previous"})
GRAMMAR = {
    "language": "ko",
    "intents": {
        "stop": {"sentences": ["정지", "정지 정지 정지"]},
        "help": {"sentences": ["도움말"]},
        "how_long": {"sentences": ["얼마나 남았어요"]},
        "previous": {"sentences": ["이전 운동"]},
        "number": {"sentences": ["{score}"]},
    },
    "lists": {"score": {"values": [{"in": "다섯", "out": 5}, {"in": "일곱", "out": 7}]}},
}
RECORDINGS = Path(__file__).parents[1] / "recordings" / "ko"


def spoken(name: str) -> Samples:
    return read_recording(RECORDINGS / f"{name}.flac")


def resident_bytes() -> int:
    """Tell how much memory this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
def model() -> Path:
    return require_model("ko", None)


@pytest.fixture(scope="module")
def room(model: Path) -> Room:
    hearing = Room(Vosk(model, Grammar.parse(GRAMMAR, "test"), NUMBERS, SAFETY, GOING_ON))
    hearing.sounds(SILENCE, WORDS)
    hearing.says(spoken("help"), WORDS)  # a fresh recogniser has to get used to a voice
    return hearing


def test_phrases_are_heard_and_told_as_the_grammar_writes_them(room: Room) -> None:
    assert accepted(room.says(spoken("help"), WORDS)) == ["도움말"]
    assert accepted(room.says(spoken("how_long"), WORDS)) == ["얼마나 남았어요"]


def test_an_answer_comes_within_four_tenths_of_a_second_and_knows_where_the_words_were(room: Room) -> None:
    began = room.place + BEFORE
    length = len(spoken("previous"))
    ((at, told),) = room.says(spoken("previous"), WORDS)
    assert told.accepted
    assert seconds_of(at - (began + length)) < 0.4  # Vosk by itself takes 0.65 to 0.85
    assert abs(told.start - began) < samples_of(0.25)
    assert abs(told.end - (began + length)) < samples_of(0.3)


def test_what_is_not_live_is_told_and_not_accepted(room: Room) -> None:
    ((_, told),) = room.says(spoken("help"), WORDS - {"help"})
    assert (told.text, told.accepted) == ("도움말", False)


def test_where_only_stop_may_be_said_it_is_heard_at_once_and_only_once(room: Room) -> None:
    began = room.place + BEFORE
    length = len(spoken("stop"))
    ((at, told),) = room.says(spoken("stop"), SAFETY)
    assert (told.text, told.accepted) == ("정지", True)
    assert seconds_of(at - (began + length)) < 0.6
    assert abs(told.start - began) < samples_of(0.25)


def test_where_only_stop_may_be_said_other_words_are_told_as_not_understood(room: Room) -> None:
    ((_, told),) = room.says(spoken("how_long"), SAFETY)
    assert not told.accepted


def test_where_only_stop_may_be_said_another_phrase_that_sounds_like_it_is_not_taken_for_it(
    room: Room,
) -> None:
    ((_, told),) = room.says(spoken("previous"), SAFETY)
    assert told.text.startswith("정지")
    assert not told.accepted


def test_where_only_stop_may_be_said_the_last_word_of_a_recording_counts(room: Room) -> None:
    sound = np.concatenate([SILENCE[:BEFORE], spoken("stop"), SILENCE[: samples_of(0.1)]])
    assert room.sounds(sound, SAFETY) == []
    assert [each.text for each in room.recognizer.finish() if each.accepted] == ["정지"]


def test_what_was_live_when_the_words_began_decides(room: Room) -> None:
    speech = spoken("help")
    sound = np.concatenate([SILENCE[:BEFORE], speech, SILENCE])
    told = room.sounds(sound[: 2 * BEFORE], WORDS) + room.sounds(sound[2 * BEFORE :], frozenset({"stop"}))
    assert accepted(told) == ["도움말"]


def test_a_number_is_heard_where_one_is_asked_for_and_only_there(room: Room) -> None:
    twice = room.says(spoken("five"), SAFETY | NUMBERS) + room.says(spoken("five"), SAFETY | NUMBERS)
    assert set(accepted(twice)) == {"다섯"}  # to a short word one has to get used
    assert "다섯" not in accepted(room.says(spoken("five"), WORDS))


def test_a_safety_word_is_heard_once_where_a_number_is_asked_for(room: Room) -> None:
    assert accepted(room.says(spoken("stop"), SAFETY | NUMBERS)) == ["정지"]


def test_over_someone_who_talks_on_and_on_what_is_louder_is_heard(model: Path) -> None:
    room = Room(Vosk(model, Grammar.parse(GRAMMAR, "test"), NUMBERS, SAFETY))
    talk = np.tile(np.concatenate([spoken("previous"), spoken("how_long")]), 12) / np.float32(16)
    room.sounds(talk[: samples_of(14)], WORDS)
    speech = np.concatenate([np.zeros(BEFORE, np.float32), spoken("how_long"), SILENCE])
    told = room.sounds(speech + talk[: len(speech)], WORDS)
    assert accepted(told) == ["얼마나 남았어요"]
    assert next(each for _, each in told if each.accepted).raised


def test_what_is_said_over_a_long_talk_is_told_with_its_place(model: Path) -> None:
    room = Room(Vosk(model, Grammar.parse(GRAMMAR, "test"), NUMBERS, SAFETY))
    words = np.concatenate([spoken("previous"), spoken("how_long"), SILENCE[:BEFORE]])
    room.sounds(np.tile(words, 12)[: samples_of(14)], WORDS)  # so that there is no end of it
    began, length = room.place + samples_of(0.8), len(spoken("how_long"))
    told = room.sounds(np.concatenate([SILENCE[: samples_of(0.8)], spoken("how_long"), SILENCE]), WORDS)
    found = [each for _, each in told if each.accepted and abs(each.end - began - length) < samples_of(0.3)]
    assert [each.text for each in found] == ["얼마나 남았어요"]
    assert abs(found[0].start - began) < samples_of(0.15)


def test_what_is_longer_than_any_phrase_is_told_and_not_decoded(room: Room) -> None:
    talk = np.tile(spoken("how_long")[samples_of(0.1) : -samples_of(0.1)], 12)
    told = [each for _, each in room.says(talk[: samples_of(9)], WORDS)]
    assert [(each.text, each.accepted) for each in told] == [("", False)]


def test_after_a_minute_of_words_what_is_said_is_understood_as_before(model: Path) -> None:
    room = Room(Vosk(model, Grammar.parse(GRAMMAR, "test"), NUMBERS, SAFETY))
    words = [spoken("help"), spoken("how_long"), spoken("previous")] * 16
    told = [accepted(room.says(word, WORDS)) for word in words]
    assert told[3:] == [["도움말"], ["얼마나 남았어요"], ["이전 운동"]] * 15
    assert room.recognizer._words._heard < samples_of(46.0)  # it was emptied meanwhile


def test_what_it_needed_for_a_sentence_goes_back_to_the_system(room: Room) -> None:
    room.says(np.concatenate([spoken("how_long"), spoken("previous"), spoken("help")]), WORDS)
    kept = resident_bytes()
    ctypes.CDLL(None).malloc_trim(0)
    assert kept - resident_bytes() < 2_000_000


def test_without_stop_and_pain_an_utterance_has_an_end_too(model: Path) -> None:
    vosk = Vosk(model, Grammar.parse(GRAMMAR, "test"))
    assert accepted(Room(vosk).says(spoken("help"), WORDS)) == ["도움말"]
    assert vosk._activity.utterance is None  # an open one keeps all that is heard


def test_who_lets_go_of_what_was_heard_still_knows_the_voice(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicecoach.hearing.vosk_lane.EMPTIED_SAMPLES", samples_of(1.0))  # after each
    for name, phrase in (("help", "도움말"), ("how_long", "얼마나 남았어요"), ("previous", "이전 운동")):
        assert accepted(room.says(spoken(name), WORDS)) == [phrase]
        assert room.recognizer._words._heard == 0  # emptied in the silence that follows


def test_noise_and_silence_are_nothing(room: Room) -> None:
    noise = np.random.default_rng(1).normal(0, 0.01, samples_of(8)).astype(np.float32)
    assert accepted(room.sounds(noise, WORDS)) == []
    assert room.sounds(np.zeros(samples_of(12), np.float32), WORDS) == []


def test_the_last_words_of_a_recording_are_decided_at_its_end(room: Room) -> None:
    sound = [SILENCE[:BEFORE], spoken("help"), SILENCE[: samples_of(0.1)]]
    assert room.sounds(np.concatenate(sound), WORDS) == []
    assert [each.text for each in room.recognizer.finish() if each.accepted] == ["도움말"]


def test_the_model_knows_every_word_of_the_korean_grammar_and_not_every_word(model: Path) -> None:
    check_words(model, Grammar.load(resources.grammars() / "ko.toml"))
    own = {"language": "ko", "intents": {"stop": {"sentences": ["정지 꿻"]}}}
    with pytest.raises(GrammarError, match=r"own\.toml: the model has no word '꿻'"):
        check_words(model, Grammar.parse(own, "own.toml"))


def test_a_folder_that_is_no_model_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(HearingError, match="cannot be read"):
        load_model(tmp_path / "nowhere")
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "model.conf").touch()
    with pytest.raises(HearingError, match="Vosk cannot use this model"):
        load_model(tmp_path)
    assert capfd.readouterr().err == ""


def test_a_model_with_a_file_missing_is_told(
    model: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    damaged = tmp_path / "model"
    shutil.copytree(model, damaged, ignore=lambda _, names: [name for name in names if name == "HCLr.fst"])
    with pytest.raises(HearingError, match="get it anew"):
        Vosk(damaged, Grammar.parse(GRAMMAR, "test"), NUMBERS, SAFETY)
    assert capfd.readouterr().err == ""
