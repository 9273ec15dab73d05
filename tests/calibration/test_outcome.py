"""What follows from a calibration."""

import pytest

from voicecoach.calibration.outcome import (
    ENOUGH,
    OVER,
    QUIET,
    TIMES,
    Outcome,
    gain_kept,
    key_of,
    problems_kept,
)


def outcome(when=QUIET, **counts):
    made = Outcome()
    for word, count in counts.items():
        for number in range(TIMES):
            made.add(when, word, hit=number < count)
    return made


def test_all_heard_is_safe_and_each_word_has_its_line():
    well = outcome(stop=3, pain=3, ready=3)
    assert well.problems == []
    assert list(well.lines()) == ["✓ stop, quiet: 3/3", "✓ pain, quiet: 3/3", "✓ ready, quiet: 3/3"]


@pytest.mark.parametrize("word", ["stop", "pain"])
def test_a_stop_or_a_pain_that_is_not_heard_is_told_with_what_to_change(word):
    (problem,) = outcome(**({"stop": 3, "pain": 3} | {word: ENOUGH - 1})).problems
    assert f"'{word}' was heard 1 of 3 times" in problem
    assert "microphone nearer" in problem


def test_ready_and_words_over_the_coach_are_told_but_not_vital():
    assert outcome(stop=3, pain=3, ready=0).problems == []
    assert outcome(OVER, stop=0, pain=0).problems == []


def test_a_room_is_remembered_by_its_devices():
    memory = {key_of("S3", None): outcome(stop=0, pain=3).kept("2026-12-01")}
    assert len(problems_kept(memory, key_of("S3", None))) == 1
    assert problems_kept(memory, key_of(None, None)) == []


def test_by_how_much_a_microphone_is_turned_up_is_remembered_for_its_room():
    soft = Outcome(gain_db=12.34)
    memory = {key_of("S3", None): soft.kept("2026-12-01")}
    assert gain_kept(memory, key_of("S3", None)) == 12.3
    assert gain_kept(memory, key_of(None, None)) == 0
    assert "turned up by 12 dB" in list(soft.lines())[-1]


@pytest.mark.parametrize("kept", [None, {}, {"gain_db": "much"}, {"gain_db": -5}, {"gain_db": 500}])
def test_what_is_no_gain_turns_nothing_up(kept):
    assert gain_kept({key_of(None, None): kept}, key_of(None, None)) == 0
