"""Moonshine with its real model, on a synthetic voice."""

import numpy as np
import pytest

from tests.hearing.room import BEFORE, SILENCE, Room, accepted
from tests.hearing.speech import speak
from voicecoach import resources
from voicecoach.errors import HearingError
from voicecoach.hearing.activity import Cutting
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.moonshine_model import MoonshineModel
from voicecoach.hearing.phrase_search import PhraseSearch
from voicecoach.hearing.verdict import Verdict
from voicecoach.session.states import State
from voicecoach.session.table import SAFETY, live_intents
from voicecoach.sound.audio import Samples, samples_of, seconds_of

GRAMMAR = Grammar.load(resources.grammars() / "en.toml")
HOLD = live_intents(State.HOLD)
ALL = frozenset(GRAMMAR.intents)


class WatchedSearch(PhraseSearch):
    """Notes how much sound each decision was given, in samples."""

    def __init__(self, grammar: Grammar, safety: frozenset[str], model: MoonshineModel) -> None:
        super().__init__(grammar, safety, model=model)
        self.lengths: list[int] = []

    def decide(self, samples: Samples, live: frozenset[str], *, going_on: bool = False) -> Verdict:
        self.lengths.append(len(samples))
        return super().decide(samples, live, going_on=going_on)


@pytest.mark.parametrize(
    "phrase",
    ["start the morning routine", "i'm ready", "continue", "five", "pain in my leg", "what can i say"],
)
def test_a_phrase_is_heard_as_the_grammar_writes_it(room: Room, phrase: str) -> None:
    assert accepted(room.says(speak(phrase), ALL)) == [phrase]


def test_an_answer_comes_soon_and_knows_where_the_words_were(room: Room) -> None:
    began, speech = room.place + BEFORE, speak("how many are left")
    ((at, told),) = room.says(speech, ALL)
    assert told.accepted
    assert told.final
    assert seconds_of(at - (began + len(speech))) < 0.4
    assert abs(told.start - began) < samples_of(0.25)
    assert abs(told.end - (began + len(speech))) < samples_of(0.3)


def test_what_is_not_live_is_not_searched_for(room: Room) -> None:
    assert accepted(room.says(speak("how many are left"), frozenset(SAFETY))) == []


def test_what_was_live_when_the_words_began_decides(room: Room) -> None:
    speech = speak("how many are left")
    begins = BEFORE + len(speech) // 2 // 512 * 512
    sound = np.concatenate([SILENCE[:BEFORE], speech, SILENCE])
    told = room.sounds(sound[:begins], ALL) + room.sounds(sound[begins:], frozenset(SAFETY))
    assert accepted(told) == ["how many are left"]


def test_stop_is_told_while_someone_goes_on_speaking(room: Room) -> None:
    speech = np.concatenate([speak("stop stop stop"), speak("please will you be quiet for a while")])
    told = room.says(speech, HOLD)
    first_at, first = next((at, each) for at, each in told if each.accepted)
    assert first.text.startswith("stop")
    assert not first.final
    assert first_at < BEFORE + len(speech)


def test_stop_waits_for_less_silence_than_other_phrases(room: Room) -> None:
    silences = []
    for phrase in ("stop", "how many are left"):
        told = room.says(speak(phrase), ALL)
        silences += [at - each.end for at, each in told if each.accepted]
    stop, other = silences
    assert samples_of(0.15) <= stop < samples_of(0.2) <= other


def test_an_answer_is_judged_with_all_of_the_short_pause(model: MoonshineModel) -> None:
    search = WatchedSearch(GRAMMAR, frozenset(SAFETY), model=model)
    ((_, told),) = Room(Moonshine(GRAMMAR, frozenset(SAFETY), search=search)).says(speak("six"), ALL)
    assert told.accepted
    *_, looked_at_early, judged = search.lengths
    assert judged > looked_at_early


def test_one_wish_is_told_once(room: Room) -> None:
    assert [text.split()[0] for text in accepted(room.says(speak("stop stop stop"), HOLD))] == ["stop"]


def test_the_same_wish_a_second_later_is_told_again(room: Room) -> None:
    told = room.says(speak("stop"), HOLD) + room.says(speak("stop"), HOLD)
    assert accepted(told) == ["stop", "stop"]


def test_what_means_nothing_is_told_as_not_understood(room: Room) -> None:
    told = room.says(speak("the weather in the mountains was lovely yesterday"), HOLD)
    assert told
    assert accepted(told) == []


def test_no_pain_and_pain_are_not_confused(room: Room) -> None:
    for phrase, intent in (("no pain", "no_pain"), ("the pain is worse", "pain")):
        (text,) = accepted(room.says(speak(phrase), HOLD))
        understood = GRAMMAR.understand(text)
        assert understood is not None
        assert understood.name == intent


def test_the_last_words_of_a_recording_are_decided_at_its_end(room: Room) -> None:
    assert room.sounds(np.concatenate([SILENCE[:BEFORE], speak("what is next")]), HOLD) == []
    assert [each.text for each in room.recognizer.finish()] == ["what is next"]
    assert not room.recognizer.finish()


def test_loud_and_soft_are_heard_alike(room: Room) -> None:
    for gain in (0.03, 0.3, 3.0):
        assert accepted(room.says(np.float32(gain) * speak("how much longer"), HOLD)) == ["how much longer"]


def test_two_recognisers_on_one_model_hear_the_same(model: MoonshineModel) -> None:
    speech = speak("what's next")
    told = [Room(Moonshine(GRAMMAR, model=model)).says(speech, HOLD) for _ in range(2)]
    assert told[0] == told[1]


def test_a_folder_that_is_no_model_is_told(tmp_path) -> None:
    with pytest.raises(HearingError, match=str(tmp_path)):
        MoonshineModel(tmp_path)
    for name in ("encoder_model.ort", "decoder_model_merged.ort"):
        (tmp_path / name).write_bytes(b"no network")
    (tmp_path / "tokenizer.bin").write_bytes(b"\x05ab")
    with pytest.raises(HearingError, match="damaged"):
        MoonshineModel(tmp_path)


READING = (
    "Subject to the terms of this licence the author grants a copyright to reproduce and to prepare",
    "works that derive from it and to publish and distribute them in any form without a charge",
)


def over_reading(phrase: str, level: float) -> Samples:
    """Someone reads without a pause, so much softer; after four seconds a person says the phrase."""
    reading = level * np.concatenate([speak(line, voice="en-us+f4").copy() for line in READING])
    said = speak(phrase)
    begins = samples_of(4.0)
    reading[begins : begins + len(said)] += said
    return reading


@pytest.mark.parametrize("phrase", ["stop", "my leg is numb", "continue", "what can i say"])
def test_a_person_is_heard_over_someone_who_reads(room: Room, phrase: str) -> None:
    assert phrase in accepted(room.says(over_reading(phrase, level=0.125), ALL))


def test_the_end_of_a_talk_that_was_too_long_is_no_answer(room: Room) -> None:
    talk = np.concatenate([*(speak(line) for line in READING), *(speak(line) for line in READING)])
    longest = Cutting().longest_samples
    assert len(talk) > longest
    told = room.says(np.concatenate([talk[:longest], speak("continue")]), HOLD)
    assert "continue" not in accepted(told)
