from pathlib import Path

import pytest

from voicecoach.commands.parts import load_grammar
from voicecoach.content.checking import check, check_echo
from voicecoach.content.models import Content
from voicecoach.errors import ContentError
from voicecoach.session.entering import TRANSITION_SAYS
from voicecoach.session.states import LIVE
from voicecoach.session.table import SAFETY, SAYS, TRANSITIONS, TRIGGERS


def routine_file(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_both_first_languages_say_the_same_things():  # the others: tests/test_languages.py
    assert check(["en", "ko"]) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_prompt_contains_a_safety_phrase_but_to_teach_it(language):
    problems = check_echo(
        Content.load(language), load_grammar(language).phrases(), lambda _prompt: frozenset(SAFETY)
    )
    assert problems == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_prompt_that_the_tables_name_exists(language):
    content = Content.load(language)
    named = {p for prompts in (*SAYS.values(), *TRANSITION_SAYS.values()) for p in prompts}
    named |= {f"help.{state.value}" for state in LIVE}
    assert {prompt for prompt in named if not content.has(prompt)} == set()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_intent_of_the_grammar_has_a_row_and_every_row_an_intent(language):
    spoken = set(load_grammar(language).intents)
    rows = {key for _, key in TRANSITIONS} - set(TRIGGERS)
    assert rows == spoken


def test_a_routine_of_ones_own_is_read_with_its_own_numbers(tmp_path):
    path = routine_file(
        tmp_path, 'name = "mine"\nexercises = ["rotation", {exercise = "knees_to_chest", repetitions = 2}]'
    )
    content, routine = Content.load("en").load_routine(path)
    assert [entry.exercise for entry in routine.exercises] == ["rotation", "knees_to_chest"]
    assert content.routines["own"] is routine


def test_all_problems_of_a_routine_are_told_at_once(tmp_path):
    path = routine_file(tmp_path, 'exercises = ["handstand", {exercise = "rotation", hold_seconds = 60}]')
    with pytest.raises(ContentError) as caught:
        Content.load("en").load_routine(path)
    handstand, rotation = caught.value.problems
    assert "handstand" in handstand
    assert "knees_to_chest" in handstand
    assert "above the leaflet's 10" in rotation


def test_an_exercise_of_ones_own_needs_its_words(tmp_path):
    text = 'exercises = ["bridge"]\n[own.bridge]\nkind = "core"\n'
    text += "levels = [{hold_seconds = 5, repetitions = 3}]\n"
    path = routine_file(tmp_path, text + '[own.bridge.words]\nname = "bridge"\n')
    with pytest.raises(ContentError) as caught:
        Content.load("en").load_routine(path)
    assert len(caught.value.problems) == 10
    assert all("bridge has no" in problem for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("exercises = [", "not valid TOML"),
        ("exercises = []", "exercises"),
        ('exercises = ["rotation"]\ncolour = "red"', "colour"),
        ('exercises = [{exercise = "rotation", repetitions = 0}]', "repetitions"),
        ('exercises = "rotation"', "exercises"),
    ],
)
def test_a_broken_routine_is_told_in_a_sentence(tmp_path, text, reason):
    with pytest.raises(ContentError, match=reason):
        Content.load("en").load_routine(routine_file(tmp_path, text))


def test_a_missing_routine_file_is_told(tmp_path):
    with pytest.raises(ContentError, match="cannot be read"):
        Content.load("en").load_routine(tmp_path / "none.toml")


NEVER_SAID = {
    "en": ("hurry", "quick", "push through", "a bit sore", "no pain, no gain", "bounce it", "try harder"),
    "ko": ("빨리", "서두르세요", "참으세요", "참고 하", "조금 아파도", "더 세게"),
}
"""Words that hurry, or that allow what hurts."""


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_prompt_hurries_or_allows_what_hurts(language):
    content = Content.load(language)
    told = {p: " ".join(sentences).casefold() for p, sentences in content.prompts.items()}
    assert [(p, word) for p, text in told.items() for word in NEVER_SAID[language] if word in text] == []


@pytest.mark.parametrize(("language", "words"), [("en", "rock or bounce"), ("ko", "반동을 주지")])
def test_the_stretch_is_told_to_be_without_bouncing(language, words):
    content = Content.load(language)
    assert words in " ".join(content.text("knees_to_chest.avoid"))
