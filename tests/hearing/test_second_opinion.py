"""A recogniser that believes too much, and one that is asked before it is believed."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.hearing.room import Room, accepted
from tests.hearing.speech import speak
from voicecoach import resources
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.phrase_search import PhraseSearch
from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.second_opinion import AFTER_SAMPLES, BEFORE_SAMPLES, KEPT_SAMPLES, SecondOpinion
from voicecoach.hearing.verdict import NOTHING, Verdict
from voicecoach.hearing.vosk import Vosk
from voicecoach.hearing.vosk_model import require_model
from voicecoach.session.table import SAFETY
from voicecoach.sound.audio import AudioChunk, Samples, samples_of
from voicecoach.sound.recording import read_recording

ENGLISH = Grammar.load(resources.grammars() / "en.toml")
ALL = frozenset(ENGLISH.intents)
KOREAN = Grammar.parse(
    {"language": "ko", "intents": {"help": {"sentences": ["도움말"]}, "stop": {"sentences": ["정지"]}}},
    "test",
)
SPOKEN = Path(__file__).parents[1] / "recordings" / "ko"


class Gullible:
    """A Recognizer that takes every sound for the same phrase, half a second after its end."""

    name = "gullible"

    def __init__(self, text: str) -> None:
        self.text, self.began, self.ended = text, -1, -1

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:  # noqa: ARG002 - the port's
        if np.abs(chunk.samples).max() > 0.01:
            self.began, self.ended = (chunk.start if self.began < 0 else self.began), chunk.end
        return self.finish() if self.began >= 0 and chunk.end - self.ended > samples_of(0.5) else ()

    def finish(self) -> Sequence[Transcript]:
        told = Transcript(self.text, self.began, self.ended, 1.0, accepted=True)
        self.began = -1
        return [told]


class Listener:
    """A Judge that remembers what it was given and always says the same."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.asked: list[tuple[Samples, frozenset[str]]] = []

    def decide(self, samples: Samples, live: frozenset[str]) -> Verdict:
        self.asked.append((samples, live))
        return self.verdict


def heard(text: str, *, sure: bool = True) -> Verdict:
    return Verdict(text, frozenset(), 0.9 if sure else 0.3, sure, None)


def opinion(proposed: str, judged: Verdict) -> tuple[Room, Listener]:
    listener = Listener(judged)
    return Room(SecondOpinion(Gullible(proposed), listener, ENGLISH, frozenset(SAFETY))), listener


@pytest.fixture(scope="module")
def moonshine() -> PhraseSearch:
    return PhraseSearch(ENGLISH, frozenset(SAFETY))


@pytest.mark.parametrize(
    ("proposed", "judged", "stands"),
    [
        ("continue", heard("go on"), True),
        ("continue", heard("continue"), True),
        ("continue", heard("go on", sure=False), False),
        ("continue", heard("next"), False),
        ("continue", NOTHING, False),
        ("seven", heard("eleven"), False),
        ("seven", heard("seven"), True),
        ("stop", heard("stop", sure=False), True),
        ("stop", heard("skip", sure=False), False),
        ("stop", NOTHING, False),
    ],
)
def test_what_is_proposed_stands_where_both_hear_the_same(
    proposed: str, judged: Verdict, stands: bool
) -> None:
    room, _ = opinion(proposed, judged)
    ((_, told),) = room.says(speak("continue"), ALL)
    assert (told.text, told.accepted) == (proposed, stands)
    assert told.confidence == judged.confidence


def test_the_judge_hears_the_words_and_a_little_around_them() -> None:
    room, listener = opinion("continue", heard("go on"))
    speech = speak("continue")
    room.says(speech, ALL)
    ((sound, _),) = listener.asked
    assert abs(len(sound) - (len(speech) + AFTER_SAMPLES + BEFORE_SAMPLES)) < samples_of(0.3)
    assert np.abs(sound).max() == np.abs(speech).max()


def test_the_judge_is_told_what_was_live_when_the_words_began() -> None:
    room, listener = opinion("continue", heard("go on"))
    speech = speak("continue")
    room.sounds(np.concatenate([np.zeros(512 * 30, np.float32), speech[:1024]]), frozenset({"resume"}))
    room.sounds(np.concatenate([speech[1024:], np.zeros(16_000, np.float32)]), frozenset({"stop"}))
    assert [live for _, live in listener.asked] == [frozenset({"resume"})]


def test_what_the_first_does_not_believe_is_not_asked_about() -> None:
    listener = Listener(heard("도움말"))
    vosk = Vosk(require_model("ko", None), KOREAN)
    room = Room(SecondOpinion(vosk, listener, KOREAN))
    room.says(read_recording(SPOKEN / "previous.flac"), frozenset({"stop"}))
    assert listener.asked == []


def test_vosk_is_asked_first_and_the_judge_after_it() -> None:
    listener = Listener(heard("도움말"))
    room = Room(SecondOpinion(Vosk(require_model("ko", None), KOREAN), listener, KOREAN))
    speech = read_recording(SPOKEN / "help.flac")
    told = room.says(speech, frozenset({"help", "stop"})) + room.says(speech, frozenset({"help", "stop"}))
    assert set(accepted(told)) == {"도움말"}
    assert len(listener.asked) == len(accepted(told))
    listener.verdict = heard("정지")
    assert accepted(room.says(speech, frozenset({"help", "stop"}))) == []


def test_sound_is_kept_for_no_longer_than_an_utterance() -> None:
    room, _ = opinion("continue", NOTHING)
    room.sounds(np.zeros(3 * KEPT_SAMPLES, np.float32), ALL)
    kept = room.recognizer._kept
    assert kept[-1].end - kept[0].start <= KEPT_SAMPLES + 2 * len(kept[0].samples)


@pytest.mark.parametrize("phrase", ["stop", "continue", "that hurts", "what is next", "help"])
def test_moonshine_agrees_to_what_was_said(moonshine: PhraseSearch, phrase: str) -> None:
    room = Room(SecondOpinion(Gullible(phrase), moonshine, ENGLISH, frozenset(SAFETY)))
    assert accepted(room.says(speak(phrase), ALL)) == [phrase]


@pytest.mark.parametrize(
    "line", ["the weather was lovely", "good evening", "my brother lives in the town", "a cup of tea"]
)
@pytest.mark.parametrize("proposed", ["stop", "continue", "left"])
def test_moonshine_takes_away_what_was_not_said(moonshine: PhraseSearch, line: str, proposed: str) -> None:
    room = Room(SecondOpinion(Gullible(proposed), moonshine, ENGLISH, frozenset(SAFETY)))
    assert accepted(room.says(speak(line), ALL)) == []


def test_both_together_are_told_at_the_end_of_a_recording(moonshine: PhraseSearch) -> None:
    room = Room(SecondOpinion(Gullible("that hurts"), moonshine, ENGLISH, frozenset(SAFETY)))
    assert room.sounds(np.concatenate([np.zeros(5120, np.float32), speak("that hurts")]), ALL) == []
    assert [each.accepted for each in room.recognizer.finish()] == [True]
