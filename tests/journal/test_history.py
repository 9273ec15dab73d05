"""What the history tells of a session, and of many."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journal.stories import MORNING, NOW, exercise, hold, pain, session_event, whole_session, write_all
from voicecoach.journal.doses import ExerciseSummary, SideSummary
from voicecoach.journal.history import SessionSummary, sessions, sparkline, streaks
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed


def _summary(folder: Path, events: list[dict[str, Any]], plan: tuple[Prescribed, ...] = ()) -> SessionSummary:
    with Journal.open(folder, NOW) as journal:
        session = journal.begin_session("morning", "en", "vosk", MORNING, plan=plan)
        for event in events:
            journal.write(session, event)
    with Journal.look(folder) as journal:
        (summary,) = sessions(journal)
    return summary


def test_a_whole_session_is_told_in_numbers_that_were_reckoned_by_hand(tmp_path: Path) -> None:
    told = _summary(tmp_path, list(whole_session()))
    assert (told.started, told.routine, told.minutes, told.ended) == (MORNING, "morning", 4.0, "done")
    assert (told.pain_before, told.pain_during, told.pain_after, told.leg) == (4, None, 2, False)
    assert told.exercises == (
        ExerciseSummary("abdominal_contraction", "done", None, (SideSummary(None, 25, 25, 5, 5),)),
        ExerciseSummary("ball_alternation", "left_out", "no ball", ()),
        ExerciseSummary(
            "rotation", "done", None, (SideSummary("left", 20, 20, 2, 2), SideSummary("right", 20, 20, 2, 2))
        ),
    )


def test_what_was_broken_off_counts_its_seconds_but_not_as_a_repetition(tmp_path: Path) -> None:
    told = _summary(
        tmp_path,
        [
            exercise(1, "rotation", "start"),
            hold(20, "rotation", 1, "left"),
            hold(40, "rotation", 1, "right", held=4),
            hold(60, "rotation", 1, "right"),
            exercise(61, "rotation", "skipped", "asked to skip"),
        ],
    )
    (rotation,) = told.exercises
    assert (rotation.action, rotation.reason) == ("skipped", "asked to skip")
    assert rotation.sides == (SideSummary("left", 10, 10, 1, 1), SideSummary("right", 10, 14, 1, 1))
    assert (rotation.actual_seconds, rotation.prescribed_seconds) == (24, 20)
    assert (rotation.done_repetitions, rotation.prescribed_repetitions) == (2, 2)


def test_with_a_plan_what_was_never_begun_counts_as_prescribed(tmp_path: Path) -> None:
    plan = (Prescribed("rotation", "left", 10, 3), Prescribed("rotation", "right", 10, 3))
    told = _summary(tmp_path, [exercise(1, "rotation", "start"), hold(20, "rotation", 1, "left")], plan)
    (rotation,) = told.exercises
    assert rotation.action == "unfinished"
    assert rotation.sides == (SideSummary("left", 30, 10, 3, 1), SideSummary("right", 30, 0, 3, 0))


@pytest.mark.parametrize(
    ("events", "ended"),
    [
        ([session_event(9, "done")], "done"),
        ([session_event(9, "stopped")], "stopped"),
        ([session_event(9, "start")], "interrupted"),
        ([], "interrupted"),
    ],
)
def test_how_a_session_ended(tmp_path: Path, events: list[dict[str, Any]], ended: str) -> None:
    assert _summary(tmp_path, events).ended == ended


def test_pain_is_told_as_first_before_worst_during_and_last_after(tmp_path: Path) -> None:
    told = _summary(
        tmp_path,
        [
            pain(1, "before", None, leg=None),
            pain(2, "before", 3),
            pain(3, "during", 7),
            pain(4, "during", 5),
            pain(5, "after", 4, leg=True),
            pain(6, "after", 6),
        ],
    )
    assert (told.pain_before, told.pain_during, told.pain_after, told.leg) == (3, 7, 6, True)


def test_a_score_that_was_taken_back_was_never_told(tmp_path: Path) -> None:
    told = _summary(
        tmp_path,
        [
            pain(1, "during", 4),
            pain(2, "during", 9),
            {**pain(3, "during", None), "takes_back": True},
            pain(4, "during", 3),
            pain(5, "after", 8),
            {**pain(6, "after", 2), "takes_back": True},
        ],
    )
    assert (told.pain_during, told.pain_after) == (4, 2)


def test_taking_back_what_was_never_told_does_no_harm(tmp_path: Path) -> None:
    told = _summary(tmp_path, [{**pain(1, "after", 2), "takes_back": True}])
    assert told.pain_after == 2


def test_a_session_that_was_gone_on_with_is_one(tmp_path: Path) -> None:
    events = list(whole_session())
    with Journal.open(tmp_path, NOW) as journal:
        first = write_all(journal, MORNING, events[:10])
        later = journal.begin_session("morning", "en", "vosk", MORNING + timedelta(hours=1), resumes=first)
        for event in events[10:]:
            journal.write(later, event)
    with Journal.look(tmp_path) as journal:
        (told,) = sessions(journal)
    assert (told.id, told.started, told.ended) == (first, MORNING, "done")
    assert told.minutes == pytest.approx((events[9]["t"] + 240) / 60)
    assert sum(one.done_repetitions for one in told.exercises) == 9


def test_one_that_is_going_on_is_left_out(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, whole_session())
        write_all(journal, MORNING + timedelta(hours=2), [session_event(0, "start")])
        assert len(sessions(journal)) == 1
        with Journal.look(tmp_path) as looking:
            assert len(sessions(looking)) == 1


def test_a_span_of_days_holds_its_first_and_its_last_day_where_the_person_was(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        for day in (3, 0, 2, 1):
            write_all(journal, MORNING + timedelta(days=day), whole_session())
        found = sessions(journal, date(2026, 12, 2), date(2026, 12, 3))
        assert [one.started.day for one in found] == [2, 3]
        assert [one.started.day for one in sessions(journal)] == [1, 2, 3, 4]


def test_the_sparkline_goes_from_none_to_the_worst() -> None:
    assert sparkline([0, 5, 10, None]) == "▁▅█·"
    assert sparkline(range(11)) == "▁▂▂▃▄▅▅▆▇▇█"
    assert sparkline([]) == ""


def _days(folder: Path, days: list[tuple[int, str]]) -> list[SessionSummary]:
    with Journal.open(folder, NOW) as journal:
        for day, routine in days:
            hours = 13 if routine == "evening" else 0
            write_all(journal, MORNING + timedelta(days=day, hours=hours), whole_session(), routine)
        return sessions(journal)


def test_streaks_are_counted_morning_and_evening_apart(tmp_path: Path) -> None:
    days = [
        (0, "morning"),
        (2, "morning"),
        (3, "morning"),
        (4, "morning"),
        (4, "my own"),
        (3, "evening"),
        (1, "evening"),
    ]
    summaries = _days(tmp_path, days)
    today = MORNING.date() + timedelta(days=4)
    assert (streaks(summaries, today).morning, streaks(summaries, today).evening) == (3, 1)


def test_a_day_that_is_not_over_breaks_no_streak(tmp_path: Path) -> None:
    summaries = _days(tmp_path, [(0, "morning"), (1, "morning")])
    first = MORNING.date()
    assert [streaks(summaries, first + timedelta(days=day)).morning for day in (1, 2, 3)] == [2, 2, 0]


def test_a_session_in_which_nothing_was_done_is_no_day_of_a_streak(tmp_path: Path) -> None:
    told = _summary(tmp_path, [exercise(1, "rotation", "left_out", "pain"), session_event(9, "stopped")])
    assert streaks([told], MORNING.date()).morning == 0
