import pytest

from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.vosk_choice import PATIENCE_SAMPLES, Choice


@pytest.fixture
def choice() -> Choice:
    return Choice({"seven", "two"}.__contains__)


def said(text: str, start: int, confidence: float = 1.0, *, accepted: bool = True) -> Transcript:
    return Transcript(text, start, start + 8000, confidence, accepted)


def test_a_number_that_is_believed_is_told_at_once(choice: Choice) -> None:
    choice.hold(said("seven", 1000), 10_000)
    assert choice.release(10_000) == [said("seven", 1000)]


def test_the_other_answer_to_the_same_words_is_dropped_when_it_comes_later(choice: Choice) -> None:
    choice.hold(said("seven", 1000), 10_000)
    choice.release(10_000)
    choice.hold(said("stop", 1100), 11_000)
    assert choice.release(30_000) == []
    choice.hold(said("stop", 20_000), 31_000)
    assert choice.release(31_000 + PATIENCE_SAMPLES) == [said("stop", 20_000)]


def test_another_word_waits_for_a_number_but_not_for_long(choice: Choice) -> None:
    choice.hold(said("repeat", 1000), 10_000)
    assert choice.release(10_000) == []
    assert choice.release(10_000 + PATIENCE_SAMPLES - 1) == []
    assert choice.release(10_000 + PATIENCE_SAMPLES) == [said("repeat", 1000)]
    assert choice.release(20_000 + PATIENCE_SAMPLES) == []


def test_a_number_comes_before_another_word_that_overlaps_it(choice: Choice) -> None:
    choice.hold(said("repeat", 1000), 10_000)
    choice.hold(said("two", 1200, 0.6), 11_000)
    assert choice.release(11_000) == [said("two", 1200, 0.6)]


def test_a_word_that_is_believed_comes_before_a_number_that_is_not(choice: Choice) -> None:
    choice.hold(said("two", 1200, accepted=False), 10_000)
    choice.hold(said("repeat", 1000, 0.6), 10_500)
    assert choice.release(10_500) == [said("repeat", 1000, 0.6)]


def test_two_utterances_are_both_told_in_their_order(choice: Choice) -> None:
    choice.hold(said("repeat", 20_000), 30_000)
    choice.hold(said("two", 1000, 0.4, accepted=False), 30_000)
    assert [each.text for each in choice.release(30_000)] == ["two", "repeat"]


def test_at_the_end_of_a_recording_nothing_waits(choice: Choice) -> None:
    choice.hold(said("repeat", 1000), 10_000)
    assert choice.release(None) == [said("repeat", 1000)]
    assert choice.release(None) == []
