"""What may be written for the sentences of a grammar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach import resources
from voicecoach.hearing.automaton import DECOY, SPACE, Automaton
from voicecoach.hearing.grammar import Grammar

ENGLISH = Grammar.load(resources.grammars() / "en.toml")
ALL = frozenset(ENGLISH.intents)
AUTOMATON = Automaton(ENGLISH.hassil, ("on", "up"))
PHRASES = tuple(ENGLISH.phrases().items())


def meanings(written: str, live: frozenset[str] = ALL) -> frozenset[str]:
    """Give what is meant by something written as a model writes it."""
    state = AUTOMATON.walk(AUTOMATON.start(live), SPACE + written.replace(" ", SPACE))
    return frozenset() if state is None else AUTOMATON.meanings(state)


def test_every_phrase_of_the_grammar_can_be_written_and_means_its_intent() -> None:
    assert {phrase: meanings(phrase) for phrase, _ in PHRASES} == {
        phrase: frozenset({intent}) for phrase, intent in PHRASES
    }


@pytest.mark.parametrize(
    ("written", "intent"),
    [
        ("Stop!", "stop"),
        ("STOP", "stop"),
        ("Stop, stop, stop.", "stop"),
        ("stop-stop-stop", "stop"),
        ("I'm ready.", "ready"),
        ("7", "number"),
        ("7 out of 10.", "number"),
        ("What's next?", "whats_next"),
        ("on", DECOY),
    ],
)
def test_a_sentence_may_be_written_in_many_ways(written: str, intent: str) -> None:
    assert meanings(written) == {intent}


@pytest.mark.parametrize(
    "written", ["sto", "stopp", "sTop", "stop. stop", "stop.stop", "st op", "go  on", ""]
)
def test_what_is_no_sentence_means_nothing(written: str) -> None:
    assert meanings(written) == frozenset()


@given(st.sampled_from(PHRASES), st.sampled_from(PHRASES))
def test_a_phrase_is_written_only_where_its_intent_is_live(
    phrase: tuple[str, str], other: tuple[str, str]
) -> None:
    live = frozenset({other[1]})
    assert meanings(phrase[0], live) == (live if phrase[1] == other[1] else frozenset())


def test_what_is_read_is_the_plain_phrase() -> None:
    assert AUTOMATON.read("▁I'm▁Ready.") == "i'm ready"
    assert AUTOMATON.read("▁7▁out▁of▁10") == "seven out of ten"


def test_a_sentence_that_means_the_same_however_it_goes_on_is_settled() -> None:
    assert AUTOMATON.is_settled("stop", frozenset({"stop"}))
    assert AUTOMATON.is_settled("continue", ALL)


def test_a_sentence_that_may_become_another_is_not_settled() -> None:
    assert not AUTOMATON.is_settled("stop", ALL), "stop the pain is worse now"
    assert not AUTOMATON.is_settled("no", frozenset({"no", "no_pain"})), "no pain"


def test_nothing_but_decoys_is_astray() -> None:
    start = AUTOMATON.start(ALL)
    assert not AUTOMATON.is_astray(start)
    up, one = AUTOMATON.walk(start, "▁up"), AUTOMATON.walk(start, "▁on")
    assert up is not None
    assert one is not None
    assert AUTOMATON.is_astray(up)
    assert not AUTOMATON.is_astray(one), "it may become one"


def test_states_are_made_as_they_are_used() -> None:
    automaton = Automaton(ENGLISH.hassil)
    state = automaton.start(ALL)
    few = len(automaton)
    automaton.walk(state, "▁stop")
    assert few < len(automaton) < 100
