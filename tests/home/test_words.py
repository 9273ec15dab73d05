"""The home's words: complete in every language, and the same things in each."""

import re

import pytest

from voicecoach.home.control import Answer
from voicecoach.home.listening import load_standby_grammar
from voicecoach.home.page.view import ALWAYS, ANSWERS
from voicecoach.home.standby import Place
from voicecoach.home.status import ALARMS, AWAY, MUTED, PAINFUL, STARTING, Voice
from voicecoach.home.words import load_words
from voicecoach.session.states import LIVE, State


@pytest.mark.parametrize("language", ["en", "ko", "de"])
def test_everything_there_is_to_tell_has_a_name(language):
    words = load_words(language)
    states = (*LIVE, State.ENDED, *Place)
    between = {AWAY, STARTING, MUTED}
    assert set(words.states) == {*between, *PAINFUL.values(), *(state.value for state in states)}
    assert set(words.voices) == set(Voice.__args__)
    assert set(words.alarms) == set(ALARMS.values())
    assert set(words.answers) == set(Answer.__args__)
    assert {*ANSWERS, *ALWAYS} <= set(words.orders)
    assert set(words.asks) <= set(words.states)


@pytest.mark.parametrize("language", ["ko", "de"])
def test_every_language_says_the_same_things(language):
    english, other = load_words("en").model_dump(), load_words(language).model_dump()
    assert {part: set(names) for part, names in english.items()} == {
        part: set(names) for part, names in other.items()
    }
    assert other != english


@pytest.mark.parametrize("language", ["en", "ko", "de"])
def test_what_the_page_of_a_stand_by_tells_to_say_is_understood_there(language):
    asks, grammar = load_words(language).asks, load_standby_grammar(language)
    meant = {}
    for place in Place:
        said = re.findall("[“„]([^“”]+)[“”]", asks.get(place.value, ""))
        understood = [grammar.understand(re.sub("[,.]", "", each).lower()) for each in said]
        meant[place.value] = [each and each.name for each in understood]
    assert meant == {
        "waiting": ["start"],
        "reminded": ["answer_yes", "answer_later", "answer_not_today"],
        "asleep": ["awake"],
        "mute_question": ["answer_yes"],
        "muting": [],
    }


def test_another_wake_word_is_told_on_the_page():
    assert "“hello trainer, listen again”" in load_words("en", "hello trainer").asks["asleep"]


def test_a_language_without_words_is_told_in_english():
    assert load_words("xx") == load_words("en")
