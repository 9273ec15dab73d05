import time
from pathlib import Path

import pytest

from voicecoach.errors import GrammarError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.spelling import fold, number_words, spell_digits

COACH = """
language = "en"
[intents.stop]
sentences = ["stop [now]", "hold it!"]
[intents.start]
sentences = ["(start|begin) [<the>] {routine}", "I'd like {routine:what}"]
[intents.number]
sentences = ["{score}", "it is [a] {score}"]
[intents.timer]
sentences = ["wait 10 seconds"]
[lists.routine]
values = ["rotation", { in = "[the] morning [routine]", out = "morning" }]
[lists.score]
range = { from = 0, to = 21 }
[expansion_rules]
the = "(the|my)"
"""


@pytest.fixture
def coach(tmp_path: Path) -> Grammar:
    return load(tmp_path, COACH)


def load(folder: Path, text: str) -> Grammar:
    path = folder / "grammar.toml"
    path.write_text(text, encoding="utf-8")
    return Grammar.load(path)


def problems_of(folder: Path, text: str) -> tuple[str, ...]:
    with pytest.raises(GrammarError) as caught:
        load(folder, text)
    return caught.value.problems


def test_a_grammar_knows_its_language_and_intents(coach: Grammar) -> None:
    assert coach.language == "en"
    assert coach.intents == ("stop", "start", "number", "timer")


def test_optional_words_alternatives_lists_and_rules_become_phrases(coach: Grammar) -> None:
    phrases = coach.phrases()
    assert {"stop", "stop now", "hold it", "begin my morning", "start the rotation"} <= set(phrases)
    assert phrases["start the morning routine"] == "start"
    assert "i'd like the morning" in phrases


def test_numbers_are_phrases_in_words_only(coach: Grammar) -> None:
    phrases = coach.phrases(frozenset({"number"}))
    assert phrases["twenty one"] == "number"
    assert "wait ten seconds" in coach.phrases()
    assert not any(letter.isdigit() for phrase in coach.phrases() for letter in phrase)


def test_phrases_of_the_live_intents_are_only_theirs(coach: Grammar) -> None:
    assert set(coach.phrases(frozenset({"stop"}))) == {"stop", "stop now", "hold it"}


def test_every_phrase_is_understood_as_its_own_intent(coach: Grammar) -> None:
    for phrase, name in coach.phrases().items():
        meaning = coach.understand(phrase)
        assert meaning is not None, phrase
        assert meaning.name == name


def test_case_and_punctuation_do_not_matter(coach: Grammar) -> None:
    meaning = coach.understand("  Hold  IT! ")
    assert meaning is not None
    assert (meaning.name, meaning.text) == ("stop", "hold it")


def test_a_slot_holds_what_is_meant_and_not_what_is_said(coach: Grammar) -> None:
    meaning = coach.understand("start the morning routine")
    assert meaning is not None
    assert meaning.slots == {"routine": "morning"}
    renamed = coach.understand("I’d like rotation")  # noqa: RUF001 - as a keyboard writes it
    assert renamed is not None
    assert renamed.slots == {"what": "rotation"}


@pytest.mark.parametrize(("text", "score"), [("seven", 7), ("it is a 7", 7), ("21", 21), ("twenty-one", 21)])
def test_a_number_is_a_whole_number_however_it_is_written(coach: Grammar, text: str, score: int) -> None:
    meaning = coach.understand(text)
    assert meaning is not None
    assert meaning.slots == {"score": score}


@pytest.mark.parametrize(
    "text", ["", "22", "stop it", "please stop", "sto p", "stopnow", "start", "now", "7 8"]
)
def test_what_is_no_whole_sentence_means_nothing(coach: Grammar, text: str) -> None:
    assert coach.understand(text) is None


def test_what_is_not_live_means_nothing(coach: Grammar) -> None:
    assert coach.understand("stop", frozenset({"start", "number"})) is None
    assert coach.understand("stop", frozenset({"start", "stop"})) is not None
    assert coach.understand("stop", frozenset()) is None


def test_places_and_confidence_are_handed_on(coach: Grammar) -> None:
    meaning = coach.understand("stop", confidence=0.8, start=160, end=320)
    assert meaning is not None
    assert (meaning.confidence, meaning.start, meaning.end) == (0.8, 160, 320)


def test_korean_numbers_are_heard_in_both_ways_of_counting(tmp_path: Path) -> None:
    text = 'language = "ko"\nintents.number.sentences = ["{n}"]\nlists.n.range = { from = 0, to = 10 }'
    grammar = load(tmp_path, text)
    for said in ("일곱", "칠", "7", "칠."):
        meaning = grammar.understand(said)
        assert meaning is not None
        assert meaning.slots == {"n": 7}
    assert not any("일십" in phrase for phrase in grammar.phrases())


HUGE = """
language = "en"
intents.order.sentences = ["(get|make|brew) me {n:a} {n:b} {n:c} {n:d} cups", "tea"]
intents.stop.sentences = ["stop"]
lists.n.range = { from = 0, to = 99 }
"""


def test_a_grammar_of_a_hundred_million_sentences_is_understood_at_once(tmp_path: Path) -> None:
    grammar = load(tmp_path, HUGE)
    assert grammar.size() > 3e8
    grammar.understand("make me one two three four cups")
    began = time.process_time()
    meaning = grammar.understand("brew me ninety nine 0 forty two 17 cups")
    assert time.process_time() - began < 0.05
    assert meaning is not None
    assert meaning.slots == {"a": 99, "b": 0, "c": 42, "d": 17}
    assert grammar.understand("brew me ninety nine 0 forty two 17") is None


def test_too_many_sentences_are_not_written_out_and_the_way_out_is_told(tmp_path: Path) -> None:
    grammar = load(tmp_path, HUGE)
    with pytest.raises(GrammarError, match=r"too many to write out .* 'moonshine'"):
        grammar.phrases()
    assert dict(grammar.phrases(frozenset({"stop"}))) == {"stop": "stop"}


def test_all_problems_of_the_templates_are_told_at_once(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        """
        language = "en"
        [intents.a]
        sentences = ["go (left|right", "go left]", "see {nowhere}", "<unknown> it", "", "..."]
        [intents.b]
        sentences = ["<loop>"]
        [lists.n]
        range = { from = 5, to = 2 }
        [lists.t]
        values = ["(a|b)"]
        [expansion_rules]
        loop = "again [<loop>]"
        """,
    )
    text = "\n".join(problems)
    for part in (
        "'go (left|right': '(' is never closed",
        "'go left]': ']' closes nothing that is open",
        "there is no list 'nowhere'; add [lists.nowhere]",
        "there is no rule 'unknown'",
        "'': there are no words in it",
        "'...': there are no words in it",
        "<loop> leads back to itself",
        "'from' must not be above 'to'",
        "'(a|b)' is a template; write {in",
    ):
        assert part in text
    assert all(problem.startswith(str(tmp_path / "grammar.toml")) for problem in problems)


def test_wrong_keys_and_types_are_told_by_name(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        """
        languages = "en"
        [intents.a]
        sentence = ["go"]
        [intents.b]
        sentences = "go"
        [intents.c]
        sentences = []
        [lists.n]
        range = { from = 1, up = 3 }
        [lists.m]
        """,
    )
    text = "\n".join(problems)
    for part in (
        ": languages: this key is not known here",
        ": language: this key is missing",
        ": intents.a.sentence: this key is not known here",
        ": intents.a.sentences: this key is missing",
        ": intents.b.sentences: this must be a list",
        ": intents.c.sentences: at least one is needed",
        ": lists.n.range.up: this key is not known",
        ": lists.n.range.to: this key is missing",
        ": lists.m: needs either 'values'",
    ):
        assert part in text


def test_a_phrase_in_two_intents_and_a_silent_sentence_are_told(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        """
        language = "en"
        intents.a.sentences = ["go [on]"]
        intents.b.sentences = ["Go on.", "[please]"]
        """,
    )
    assert any("'go on' is in both 'a' and 'b'" in problem for problem in problems)
    assert any("intents.b: a sentence may be silence" in problem for problem in problems)


def test_broken_toml_is_told_with_its_line(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, 'language = "en"\nintents == 3\n')
    assert "not valid TOML" in problem
    assert "line 2" in problem


def test_a_missing_file_and_a_file_of_another_encoding_are_told(tmp_path: Path) -> None:
    with pytest.raises(GrammarError, match=r"cannot be read .*is the name right"):
        Grammar.load(tmp_path / "nowhere.toml")
    (tmp_path / "latin.toml").write_bytes('language = "é"'.encode("latin-1"))
    with pytest.raises(GrammarError, match="save it as UTF-8"):
        Grammar.load(tmp_path / "latin.toml")


def test_a_language_without_number_words_is_told(tmp_path: Path) -> None:
    text = 'language = "xx"\nintents.n.sentences = ["{n}"]\nlists.n.range = { from = 0, to = 3 }'
    (problem,) = problems_of(tmp_path, text)
    assert "no number words are known for the language 'xx'" in problem


def test_folding_leaves_words_alone() -> None:
    assert fold("  What’s NEXT?  twenty-one ") == "what's next twenty one"  # noqa: RUF001 - as written
    assert fold("몇 번 남았어요?") == "몇 번 남았어요"


def test_numbers_have_their_words() -> None:
    assert number_words(21, "en") == ("twenty one",)
    assert set(number_words(7, "ko")) == {"칠", "일곱"}
    assert spell_digits("2 of 10", "en") == ("two of ten",)
    assert spell_digits("no digits", "en") == ()
