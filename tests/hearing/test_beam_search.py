"""The search for sentences, with a model that writes what a test says."""

import math

import pytest

from tests.hearing.letters import Writer, tokens
from voicecoach.hearing.automaton import DECOY, Automaton
from voicecoach.hearing.beam_search import Found, Width, search
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.tokens import TokenAutomaton

GRAMMAR = Grammar.parse(
    {
        "language": "en",
        "intents": {
            "stop": {"sentences": ["stop", "stop stop"]},
            "resume": {"sentences": ["go on"]},
            "yes": {"sentences": ["yes"]},
            "number": {"sentences": ["one"]},
        },
    },
    "a test",
)
ALL = frozenset(GRAMMAR.intents)


def find(
    texts: dict[tuple[str, ...], float],
    live: frozenset[str] = ALL,
    width: Width | None = None,
    decoys: tuple[str, ...] = (),
) -> Found:
    automaton = Automaton(GRAMMAR.hassil, decoys)
    return search(Writer(texts), TokenAutomaton(automaton, tokens()), automaton.start(live), width or Width())


def best(found: Found) -> str | None:
    return found.hypotheses[0].text if found.hypotheses else None


def test_the_likeliest_sentence_comes_first_with_its_probability() -> None:
    found = find({("▁stop",): 0.7, ("▁yes",): 0.3})
    assert [each.text for each in found.hypotheses][:2] == ["stop", "yes"]
    assert found.hypotheses[0].log_probability == pytest.approx(math.log(0.7), abs=0.01)
    assert found.hypotheses[0].meanings == {"stop"}


def test_the_ways_to_write_a_sentence_are_summed() -> None:
    found = find({("▁Stop", "."): 0.3, ("▁s", "top"): 0.25, ("▁yes",): 0.45})
    assert best(found) == "stop"
    assert found.hypotheses[0].log_probability == pytest.approx(math.log(0.55), abs=0.01)


def test_what_is_not_live_is_not_found() -> None:
    found = find({("▁stop",): 0.9, ("▁yes",): 0.1}, live=frozenset({"yes"}))
    assert best(found) == "yes"
    assert not {"stop", "stop stop"} & {each.text for each in found.hypotheses}


def test_with_nothing_live_nothing_is_found() -> None:
    assert find({("▁stop",): 1.0}, live=frozenset()).hypotheses == ()


def test_free_decoding_says_what_was_heard_whatever_the_grammar() -> None:
    found = find({("▁go", "▁yes"): 0.8, ("▁yes",): 0.2})
    assert found.free_text == "go yes"
    assert found.free_log_probability == pytest.approx(math.log(0.8), abs=0.01)
    assert best(found) == "yes"


def test_free_decoding_that_goes_round_in_circles_is_cut() -> None:
    found = find({("▁go",) * 30: 1.0}, width=Width(longest_free=5))
    assert found.free_text == " ".join(["go"] * 5)


def test_a_sentence_longer_than_another_is_found_behind_it() -> None:
    found = find({("▁stop",): 0.4, ("▁stop", "▁stop"): 0.6})
    assert [each.text for each in found.hypotheses][:2] == ["stop stop", "stop"]


def test_a_bonus_for_words_keeps_clauses_from_being_dropped() -> None:
    texts = {("▁stop",): 0.6, ("▁stop", "▁stop"): 0.4}
    assert best(find(texts)) == "stop"
    assert best(find(texts, width=Width(word_bonus=1.0))) == "stop stop"


def test_a_decoy_competes_and_is_no_sentence() -> None:
    found = find({("▁on",): 0.8, ("▁one",): 0.2}, decoys=("on",))
    first, second = found.hypotheses[:2]
    assert (first.text, first.meanings) == ("on", {DECOY})
    assert (second.text, second.meanings) == ("one", {"number"})


def test_decoys_do_not_crowd_sentences_out() -> None:
    texts = {("▁go", "▁on"): 0.1, ("▁on",): 0.5, ("▁one", "▁one"): 0.4}
    live, width = frozenset({"resume"}), Width(beams=1, decoys=1)
    found = find(texts, live, width, decoys=("on", "one one"))
    assert "go on" in [each.text for each in found.hypotheses]


def test_no_more_rows_are_asked_for_than_were_promised() -> None:
    texts = {("▁stop",): 0.3, ("▁s", "top"): 0.2, ("▁yes",): 0.2, ("▁go", "▁on"): 0.2, ("▁one",): 0.1}
    writer = Writer(texts)
    automaton, width = Automaton(GRAMMAR.hassil, ("on",)), Width(beams=2, decoys=1)
    search(writer, TokenAutomaton(automaton, tokens()), automaton.start(ALL), width)
    assert 1 < writer.widest <= width.rows
