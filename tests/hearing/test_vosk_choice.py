"""Which of two recognisers is believed about one utterance."""

import pytest

from voicecoach.hearing.vosk_choice import NEAR, choose
from voicecoach.hearing.vosk_result import Finding

FAR = NEAR + 0.1
NOTHING = Finding()


def found(phrase: str, gap: float = 0.0, *, sure: bool = True) -> Finding:
    return Finding(phrase, phrase, gap, sure)


def chosen(words: Finding, numbers: Finding) -> Finding:
    return choose(words, numbers, lambda phrase: phrase, {"stop", "pain"}.__contains__)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (NOTHING, found("two")),
        (Finding("stray words", gap=0.0), found("two", 1.5)),
        (found("help", 0.0, sure=False), found("two", 1.5)),
        (found("help", FAR), found("two")),
        (found("stop", FAR), found("two")),
    ],
)
def test_a_number_counts_that_is_believed_and_nearer(words: Finding, numbers: Finding) -> None:
    assert chosen(words, numbers) == numbers


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (found("help"), NOTHING),
        (found("help"), Finding("stray words", gap=0.0)),
        (found("help"), found("two", FAR)),
        (found("help"), found("two", FAR, sure=False)),
        (found("stop", NEAR), found("two")),
        (found("stop", NEAR), found("two", sure=False)),
    ],
)
def test_a_word_counts_that_is_believed_and_nearer_and_stop_where_it_is_near(
    words: Finding, numbers: Finding
) -> None:
    assert chosen(words, numbers) == words


@pytest.mark.parametrize("gaps", [(0.0, 0.0), (NEAR, 0.0), (0.0, NEAR)])
@pytest.mark.parametrize("is_sure", [True, False])
def test_where_a_word_and_a_number_are_about_as_likely_it_is_asked_for_again(
    gaps: tuple[float, float], *, is_sure: bool
) -> None:
    told = chosen(found("yes", gaps[0]), found("four", gaps[1], sure=is_sure))
    assert not told.sure
    assert told.phrase


def test_both_recognisers_know_stop_and_either_may_hear_it() -> None:
    assert chosen(found("stop", 2.0, sure=False), found("stop", 1.0)).sure
    assert chosen(found("stop", 2.0), found("stop", 1.0, sure=False)).sure
    assert chosen(found("right", 0.5), found("pain", 1.0)).phrase == "pain"


def test_what_nobody_believes_is_told_and_not_believed() -> None:
    told = chosen(found("help", 2.0, sure=False), found("two", 1.0, sure=False))
    assert told == found("two", 1.0, sure=False)
    assert chosen(NOTHING, NOTHING) == NOTHING
