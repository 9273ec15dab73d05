"""The times of the day as a calendar file."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from icalendar import Calendar

from tests.report.stories import busy_report
from voicecoach.journal.history import sessions
from voicecoach.journal.journal import Journal
from voicecoach.report.agenda import calendar_of, usual_times
from voicecoach.report.words import load_words

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def test_the_usual_times_are_those_of_the_sessions(ada_folder: Path, tmp_path: Path) -> None:
    with Journal.look(ada_folder) as journal:
        assert usual_times(sessions(journal)) == {"morning": time(7), "evening": time(20)}
    with Journal.look(tmp_path) as journal:
        assert usual_times(sessions(journal)) == {}


def test_they_are_of_late_and_rounded_to_five_minutes() -> None:
    mornings = [one.summary for one in busy_report(30).sessions if one.summary.time_of_day == "morning"]
    later = [replace(one, started=one.started + timedelta(minutes=48)) for one in mornings[-14:]]
    assert usual_times([*mornings[:-14], *later]) == {"morning": time(7, 50)}


def test_every_day_has_a_private_event_with_a_reminder_in_the_persons_own_time() -> None:
    content = calendar_of(
        {"morning": time(7), "evening": time(21, 5)}, load_words("en"), date(2026, 11, 22), NOW
    )
    morning, evening = Calendar.from_ical(content).walk("VEVENT")
    assert str(morning["SUMMARY"]) == "Back exercises, morning"
    assert "morning routine" in str(morning["DESCRIPTION"])
    assert (evening.decoded("DTSTART"), evening.decoded("DURATION")) == (
        datetime(2026, 11, 22, 21, 5),  # noqa: DTZ001 - floating
        timedelta(minutes=15),
    )
    assert b"RRULE:FREQ=DAILY\r\n" in content
    assert b"DTSTART:20261122T210500\r\n" in content
    assert (str(evening["CLASS"]), len(evening.walk("VALARM"))) == ("PRIVATE", 1)


def test_a_second_file_replaces_the_first_and_speaks_korean() -> None:
    files = [calendar_of({"morning": at}, load_words("ko"), NOW.date(), NOW) for at in (time(7), time(8))]
    first, second = (Calendar.from_ical(file).walk("VEVENT")[0] for file in files)
    assert first["UID"] == second["UID"]
    assert str(first["SUMMARY"]) == "오전 허리 운동"
