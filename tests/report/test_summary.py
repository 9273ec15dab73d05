"""The sums of a fortnight, against numbers that were added up by hand."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tests.journal.stories import MORNING, NOW, exercise, hold, pain, session_event
from tests.report.stories import FIRST_MORNING, heard
from voicecoach.content.models import Content
from voicecoach.errors import ReportError
from voicecoach.journal.doses import SideSummary
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed
from voicecoach.report.reading import read_report
from voicecoach.report.summary import GENTLER, Report, pain_of

LAST_DAY = date(2026, 11, 22)


def report_of(folder: Path, today: date = LAST_DAY, **days: date) -> Report:
    with Journal.look(folder) as journal:
        return read_report(journal, Content.load("en").exercises, today, **days)


@pytest.fixture(scope="module")
def ada(ada_folder: Path) -> Report:
    return report_of(ada_folder)


@pytest.fixture(scope="module")
def ben(ben_folder: Path) -> Report:
    return report_of(ben_folder)


def test_a_fortnight_has_fourteen_days_and_names_the_missed_one(ada: Report) -> None:
    assert (ada.start, ada.end) == (date(2026, 11, 9), LAST_DAY)
    assert len(ada.days) == 14
    assert ada.missed == (date(2026, 11, 15),)
    assert len(ada.sessions) == 13 + 7  # mornings but one, evenings of days 1, 3, ... 13


def test_the_seconds_and_repetitions_are_those_added_up_by_hand(ada: Report) -> None:
    contraction, ball, knees, rotation = ada.exercises
    # Mornings 0-3: 5 repetitions; 4-7 without 6: 6; 8-13: 8; 5 s each.
    assert contraction.done_repetitions == 4 * 5 + 3 * 6 + 6 * 8 == 86
    assert contraction.actual_seconds == contraction.prescribed_seconds == 430
    # No ball on four mornings, then 2 x 5 s a side on three, and 3 x 5 s on six.
    assert (ball.sessions, ball.done, ball.left_out) == (13, 9, (("no ball", 4),))
    assert ball.sides == (SideSummary("left", 120, 120, 24, 24), SideSummary("right", 120, 120, 24, 24))
    # Mornings 4 x 3, 3 x 4, 6 x 5; evenings on days 1, 3 (3), 5, 7 (4), 9, 11, 13 (5).
    assert knees.done_repetitions == (12 + 12 + 30) + (6 + 8 + 15) == 83
    assert knees.actual_seconds == 83 * 15
    # A side: mornings 7 x 2, 6 x 3; evenings 7 x 2.
    assert [side.done_repetitions for side in rotation.sides] == [14 + 18 + 14] * 2
    assert ada.actual_seconds == 430 + 240 + 1245 + 920


def test_the_levels_are_told_in_the_order_in_which_they_came(ada: Report) -> None:
    levels = {each.name: each.levels for each in ada.exercises}
    assert levels["abdominal_contraction"] == (1, 2, 3)
    assert levels["knees_to_chest"] == (1, 2, 3)
    assert levels["ball_alternation"] == (1, 2)
    # From the ninth morning on two and three a side take turns, evenings with mornings.
    assert levels["rotation"] == (1, 2, 1, 2, 1, 2, 1)


def test_pain_is_summed_up_before_and_after(ada: Report) -> None:
    mornings = [one for one in ada.sessions if one.summary.time_of_day == "morning"]
    before = pain_of(one.summary.pain_before for one in mornings)
    assert before is not None
    assert (before.first, before.last, before.highest, before.change) == (6, 2, 6, -4)
    assert before.mean == pytest.approx(52 / 13)
    assert pain_of([None, None]) is None


def test_changes_of_two_points_and_more_stand_out_up_and_down(ada: Report, ben: Report) -> None:
    falls = [(one.day.day, one.change) for one in ada.sessions if one.change is not None and one.change <= -2]
    assert falls == [(10, -2), (13, -2)]
    flare = next(one for one in ben.sessions if one.day == date(2026, 11, 17))
    assert (flare.change, flare.summary.leg, flare.stands_out) == (4, True, True)
    back = next(one for one in ben.sessions if one.day == date(2026, 11, 20))
    assert (back.change, back.since_last, back.stands_out) == (-1, 2, True)


def test_the_own_words_are_kept_with_the_moment_and_the_exercise(ben: Report) -> None:
    words = [(said.text, said.exercise, said.at) for one in ben.sessions for said in one.spoken]
    assert [each[:2] for each in words] == [
        ("it hurts more", "rotation"),
        ("it goes down my leg", "knees_to_chest"),
    ]
    assert words[0][2] == FIRST_MORNING + timedelta(days=3, seconds=20 + 2 * 200 + 151)


def test_what_pain_broke_off_is_left_out_with_its_seconds_and_its_reason(ben: Report) -> None:
    knees = next(each for each in ben.exercises if each.name == "knees_to_chest")
    # Eight mornings of 5, two repetitions of the ninth, and none of the three after.
    assert knees.done_repetitions == 8 * 5 + 2
    assert knees.prescribed_repetitions == 9 * 5
    assert knees.left_out == (("more pain since last time", 3), ("leg or numbness", 1))
    assert ben.missed == (date(2026, 11, 18), date(2026, 11, 19))


def test_a_session_gone_on_with_is_one_and_its_words_are_of_both_parts(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        first = journal.begin_session("evening", "en", "vosk", MORNING)
        for event in (
            exercise(1, "rotation", "start"),
            hold(12, "rotation", 1, "left"),
            heard(13, "ow", "pain"),
        ):
            journal.write(first, event)
        second = journal.begin_session(
            "evening", "en", "vosk", MORNING + timedelta(minutes=5), clock=100, resumes=first
        )
        for event in (heard(103, "ow again", "pain"), session_event(160, "done")):
            journal.write(second, event)
    (only,) = report_of(tmp_path).sessions
    assert [(said.text, said.exercise) for said in only.spoken] == [("ow", "rotation"), ("ow again", None)]
    assert only.spoken[1].at == MORNING + timedelta(minutes=5, seconds=4)


def test_a_score_that_was_taken_back_is_not_in_the_report(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = journal.begin_session("evening", "en", "vosk", MORNING)
        for event in (
            pain(1, "during", 2),
            {**pain(2, "during", None), "takes_back": True},
            pain(3, "during", 6),
            session_event(9, "stopped"),
        ):
            journal.write(session, event)
    (only,) = report_of(tmp_path).sessions
    assert [told.score for told in only.pains] == [6]


def test_the_period_is_what_was_asked_for(ada_folder: Path) -> None:
    week = report_of(ada_folder, start=date(2026, 11, 12), end=date(2026, 11, 15))
    assert [day.date.day for day in week.days] == [12, 13, 14, 15]
    assert len(week.sessions) == 5
    later = report_of(ada_folder, today=date(2026, 11, 25))
    assert len(later.missed) == 4
    with pytest.raises(ReportError, match="lies before its first"):
        report_of(ada_folder, start=date(2026, 11, 15), end=date(2026, 11, 12))


def test_an_empty_journal_is_one_missed_day(tmp_path: Path) -> None:
    today = datetime.now(UTC).date()
    empty = report_of(tmp_path / "none", today=today)
    assert (empty.sessions, empty.exercises, empty.missed) == ((), (), (today,))


def test_alarms_and_the_dose_of_a_gentler_variant_are_read(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        plan = [Prescribed("knees_to_chest", side, 10, 2) for side in ("left", "right")]
        session = journal.begin_session("morning", "en", "vosk", MORNING, plan=plan)
        for event in (
            exercise(1, "knees_to_chest", "start"),
            hold(12, "knees_to_chest", 1, "left"),
            exercise(13, "knees_to_chest", "done"),
            heard(20, "my legs are numb", "red_flag"),
            {"kind": "alarm", "t": 22.0, "reason": "red_flag"},
            session_event(160, "stopped"),
        ):
            journal.write(session, event)
    (only,) = report_of(tmp_path).sessions
    assert (only.alarms, only.spoken[0].text) == (("red_flag",), "my legs are numb")
    assert only.levels == {"knees_to_chest": GENTLER}
    assert only.stands_out
