"""The person's morning and evening times as a calendar file, for a phone that reminds.

The times are local wherever the person is (RFC 5545's floating ones), so they stay in the morning when
the clocks change. The ids are the same each time, so a file that is taken in again replaces the first.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Literal

from voicecoach.errors import ReportError
from voicecoach.extras import requires
from voicecoach.journal.history import SessionSummary
from voicecoach.report.words import Words

TimeOfDay = Literal["morning", "evening"]
TIMES: tuple[TimeOfDay, ...] = ("morning", "evening")
LENGTH = timedelta(minutes=15)
"""What is kept free; a whole morning takes about 11 minutes."""
LAST_SESSIONS = 14
"""How many sessions of a time of the day tell when it usually is."""
STEP_MINUTES = 5


def usual_times(summaries: Iterable[SessionSummary]) -> dict[TimeOfDay, time]:
    """Give when the person usually began lately, to five minutes; nothing for a time without sessions."""
    minutes: dict[TimeOfDay, list[int]] = {}
    for one in summaries:
        minutes.setdefault(one.time_of_day, []).append(one.started.hour * 60 + one.started.minute)
    usual = {when: median(begun[-LAST_SESSIONS:]) for when, begun in minutes.items()}
    return {when: _rounded(usual[when]) for when in TIMES if when in usual}


def _rounded(minutes: float) -> time:
    rounded = min(round(minutes / STEP_MINUTES) * STEP_MINUTES, 24 * 60 - STEP_MINUTES)
    return time(*divmod(rounded, 60))


def calendar_of(times: Mapping[TimeOfDay, time], words: Words, first: date, now: datetime) -> bytes:
    """Give a file with a daily event for each time, from the day `first`. Raises ReportError."""
    with requires("report", "A calendar", ReportError):
        from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - an extra
    calendar = Calendar()
    calendar.add("prodid", "-//voicecoach//calendar//EN")
    calendar.add("version", "2.0")
    for when, at in times.items():
        alarm, event = Alarm(), Event()
        told = words("calendar.about", routine=words.content.routines[when].name)
        for key, value in {
            "uid": f"{when}@voicecoach",
            "dtstamp": now,
            "dtstart": datetime.combine(first, at),
            "duration": LENGTH,
            "rrule": {"freq": "daily"},
            "summary": words(f"calendar.{when}"),
            "description": told,
            "class": "PRIVATE",
            "transp": "TRANSPARENT",  # one is not busy for others
        }.items():
            event.add(key, value)
        for key, value in {"action": "DISPLAY", "description": told, "trigger": timedelta(0)}.items():
            alarm.add(key, value)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
