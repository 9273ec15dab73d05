"""What fits its slot, and what gives way to what."""

import pytest

from voicecoach.speaking.budget import Item, find_misfits
from voicecoach.speaking.priority import Priority, priority_of, priority_of_tone


def item(at_seconds, *forms, name="4"):
    return Item(name, Priority.COUNT, at_seconds, forms)


def misfits(*items, end_seconds=10.0):
    return [(misfit.item.at_seconds, misfit.slot_seconds) for misfit in find_misfits(items, end_seconds)]


def test_numbers_that_are_over_within_their_second_fit():
    assert misfits(item(0, 0.9), item(1, 1.0), item(2, 0.4)) == []


def test_what_is_longer_than_the_time_to_the_next_does_not():
    assert misfits(item(1, 0.4), item(0, 1.1)) == [(0, 1)]


def test_the_last_has_until_the_end():
    assert misfits(item(0, 3), end_seconds=3.0) == []
    assert misfits(item(0, 3.1), end_seconds=3.0) == [(0, 3)]


def test_a_short_form_that_fits_is_enough():
    assert misfits(item(0, 3.1, 1.0), end_seconds=3.0) == []
    assert misfits(item(0, 3.1, 3.05), end_seconds=3.0) == [(0, 3)]


def test_what_is_less_important_is_no_bound():
    tone = Item("halfway", Priority.PRAISE, 0.7, (0.2,))
    assert misfits(item(0, 0.9), tone, item(1, 0.4)) == []
    assert misfits(tone, item(0.8, 0.4)) == [(0.7, pytest.approx(0.1))]


def test_what_begins_together_shares_the_slot_after_it():
    assert misfits(item(0, 0.2), item(0, 0.3), item(1, 1)) == []


@pytest.mark.parametrize(
    ("prompt", "priority"),
    [
        ("pain.leg_or_numb", Priority.SAFETY),
        ("pause.paused", Priority.SAFETY),
        ("answer.louder", Priority.ANSWER),
        ("side.change_left", Priority.SIDE),
        ("rotation.start_left", Priority.SIDE),
        ("ball_alternation.right", Priority.SIDE),
        ("knees_to_chest.start", Priority.EXERCISE),
        ("rep.progress", Priority.PRAISE),
    ],
)
def test_each_prompt_has_its_place(prompt, priority):
    assert priority_of(prompt) is priority


def test_the_order_is_safety_then_counts_then_sides_then_exercise_then_praise():
    assert Priority.SAFETY > Priority.COUNT > Priority.SIDE > Priority.EXERCISE > Priority.PRAISE


def test_only_halfway_may_be_missed():
    assert priority_of_tone("halfway") < Priority.COUNT < priority_of_tone("go")
