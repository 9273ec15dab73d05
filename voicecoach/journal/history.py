"""Sessions put into a few numbers for people: what was done, how long, and how the pain went.

It reads the journal and writes nothing. It tells and never judges. Morning and evening are apart
everywhere, as the exercises are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from voicecoach.journal.corrections import standing
from voicecoach.journal.doses import ExerciseSummary, exercises_of
from voicecoach.journal.events import PainEvent
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Ended, SessionRecord

KINDS = ("hold", "move", "exercise", "pain")
"""The kinds of events that a summary is made of."""
BARS = "▁▂▃▄▅▆▇█"
NO_BAR = "·"
MOST_PAIN = 10
NOON_HOUR = 12


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """One session, with all its parts where it was broken off and gone on with."""

    id: str
    """Of its first part."""
    started: datetime
    routine: str
    language: str
    recognizer: str
    minutes: float
    """From the start to the last thing written, without the time between two parts."""
    ended: Ended
    exercises: tuple[ExerciseSummary, ...]
    """In the order in which they came."""
    pain_before: int | None
    """0-10; None where it was not told."""
    pain_during: int | None
    """The highest; None where none was told."""
    pain_after: int | None
    leg: bool
    """Whether at any time it went into a leg or felt numb."""

    @property
    def time_of_day(self) -> Literal["morning", "evening"]:
        """Morning or evening, by the routine's name, else by the clock where the person was."""
        if self.routine in ("morning", "evening"):
            return "morning" if self.routine == "morning" else "evening"
        return "morning" if self.started.hour < NOON_HOUR else "evening"


@dataclass(frozen=True, slots=True)
class Streaks:
    """Days in a row, up to today or yesterday, on which at least one exercise was done."""

    morning: int
    evening: int


def sessions(journal: Journal, start: date | None = None, end: date | None = None) -> list[SessionSummary]:
    """Sum up the sessions from the day `start` to the day `end`, both included, the oldest first.

    A session that is going on is left out. Raises JournalError.
    """
    records, going_on = journal.session_records(), journal.going_on
    gone_on_with = {record.resumes for record in records}
    lasts = [record for record in records if record.id not in gone_on_with and record.id != going_on]
    chains = sorted((journal.parts_of(record) for record in lasts), key=lambda parts: parts[0].started)
    first, last = start or date.min, end or date.max
    return [_summed_up(journal, parts) for parts in chains if first <= parts[0].started.date() <= last]


def _summed_up(journal: Journal, parts: Sequence[SessionRecord]) -> SessionSummary:
    events = standing(event for part in parts for event in journal.events_of(part, *KINDS))
    pains = [event for event in events if isinstance(event, PainEvent)]
    first = parts[0]
    return SessionSummary(
        id=first.id,
        started=first.started,
        routine=first.routine,
        language=first.language,
        recognizer=first.recognizer,
        minutes=sum((journal.last_moment(part) - part.started).total_seconds() for part in parts) / 60,
        ended=parts[-1].ended or "interrupted",
        exercises=exercises_of(events, first.plan),
        pain_before=next(iter(_scores(pains, "before")), None),
        pain_during=max(_scores(pains, "during"), default=None),
        pain_after=next(reversed(_scores(pains, "after")), None),
        leg=any(pain.leg for pain in pains),
    )


def _scores(pains: Iterable[PainEvent], when: str) -> list[int]:
    return [pain.score for pain in pains if pain.when == when and pain.score is not None]


def sparkline(scores: Iterable[int | None]) -> str:
    """Draw pain scores of 0-10 as bars, a character each; a dot where there is none."""
    top = len(BARS) - 1
    return "".join(NO_BAR if score is None else BARS[round(score * top / MOST_PAIN)] for score in scores)


def streaks(summaries: Iterable[SessionSummary], today: date) -> Streaks:
    """Count the days in a row on which something was done, morning and evening apart."""
    active = [one for one in summaries if any(exercise.action == "done" for exercise in one.exercises)]
    days = {
        time: {one.started.date() for one in active if one.time_of_day == time}
        for time in ("morning", "evening")
    }
    return Streaks(**{time: _days_in_a_row(done, today) for time, done in days.items()})


def _days_in_a_row(days: set[date], today: date) -> int:
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        day, count = day - timedelta(days=1), count + 1
    return count
