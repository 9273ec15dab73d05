"""Whether all that is said at its second is over in time, with the real voice."""

from dataclasses import replace

import pytest

from voicecoach.commands.budget import check_budget, says_of
from voicecoach.content.models import Content, Entry, Level, Routine
from voicecoach.settings import load_settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return load_settings(cache=tmp_path_factory.mktemp("cache"))


def problems(settings, content, routines=None):
    chosen = settings.model_copy(update={"lang": content.language})
    return check_budget(chosen, content, list(routines or content.routines))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_all_routines_fit_at_the_slowest_the_usual_and_the_fastest_rate(settings, language):
    assert problems(settings, Content.load(language)) == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_number_of_the_longest_hold_fits_its_second(settings, language):
    content = Content.load(language)
    entry = Entry(exercise="knees_to_chest", hold_seconds=60, repetitions=1)
    content = replace(content, routines={"long": Routine(id="long", exercises=(entry,))})
    assert problems(settings, content) == []


def test_sides_that_change_too_fast_for_their_words_are_told_with_their_rate(settings):
    content = Content.load("en")
    quick = content.exercises["ball_alternation"].model_copy(
        update={"levels": (Level(hold_seconds=1, repetitions=2),), "usual_level": 1}
    )
    content = replace(
        content,
        exercises={**content.exercises, "ball_alternation": quick},
        routines={"quick": Routine(id="quick", exercises=("ball_alternation",))},
    )
    told = problems(settings, content)
    assert told
    assert all("at 80 words a minute: ball_alternation, alternate" in each for each in told)
    assert all("but has 1.00 s; shorten its words" in each for each in told)


def test_what_a_routine_says_has_its_numbers_in_it():
    said = list(says_of(Content.load("en"), "morning"))
    assert {say.values["rep"] for say in said if say.prompt == "rep.progress"} >= {1, 5, 9}
    assert any(say.prompt == "answer.left_time" for say in said)
