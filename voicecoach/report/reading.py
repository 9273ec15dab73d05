"""Reading a report out of the journal: which days, the person's own words, and the dose levels.

It writes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from voicecoach.content.models import Exercise, Level
from voicecoach.errors import ReportError
from voicecoach.journal.corrections import standing
from voicecoach.journal.doses import ExerciseSummary, SideSummary
from voicecoach.journal.events import AlarmEvent, ExerciseEvent, HeardEvent, PainEvent
from voicecoach.journal.history import SessionSummary, sessions
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import SessionRecord
from voicecoach.report.summary import GENTLER, PainTold, Report, SessionReport, Spoken

MOST_DAYS = 100 * 365
"""More than a life is a slip of the fingers, and every day of it would be drawn."""
SYMPTOMS = frozenset({"pain", "numb", "red_flag", "cannot_get_up"})
"""The intents whose words are kept for the clinician."""


def read_report(
    journal: Journal,
    exercises: Mapping[str, Exercise],
    today: date,
    start: date | None = None,
    end: date | None = None,
) -> Report:
    """Read the days from `start` to `end`, both included.

    Without them: from the first session until today, or the last session where that is later.
    Raises JournalError, and ReportError where the end lies before the start.
    """
    if start and end and end < start:
        raise ReportError(f"The report's last day, {end}, lies before its first, {start}. Swap them.")
    far = [day for day in (start, end) if day and abs((day - today).days) > MOST_DAYS]
    if far:
        raise ReportError(f"{far[0]} is more than {MOST_DAYS // 365} years away; choose a nearer day.")
    found = sessions(journal, start, end)
    days = [one.started.date() for one in found]
    last = end or max([today, *days])
    first = min(start or min(days, default=last), last)
    records = journal.session_records()
    parts = _Parts(records)
    told = [_told(journal, one, parts, exercises) for one in found]
    return Report(first, last, tuple(_with_since_last(told)), records[0].id if records else None)


class _Parts(dict[str, SessionRecord]):
    """The sessions as they were begun, by id, and which one went on with which."""

    def __init__(self, records: Iterable[SessionRecord]) -> None:
        super().__init__({record.id: record for record in records})
        self._next = {record.resumes: record for record in self.values() if record.resumes}

    def of(self, first: str) -> Iterator[SessionRecord]:
        """Give a session's parts from its first on."""
        part: SessionRecord | None = self[first]
        while part:
            yield part
            part = self._next.get(part.id)


def _told(
    journal: Journal, session: SessionSummary, parts: _Parts, exercises: Mapping[str, Exercise]
) -> SessionReport:
    told = [each for part in parts.of(session.id) for each in _told_in(journal, part)]
    return SessionReport(
        session,
        tuple(each for each in told if isinstance(each, Spoken)),
        tuple(each for each in told if isinstance(each, PainTold)),
        _levels(session, parts[session.id], exercises),
        tuple(dict.fromkeys(each.reason for each in told if isinstance(each, AlarmEvent))),
    )


def _told_in(journal: Journal, part: SessionRecord) -> Iterator[Spoken | PainTold | AlarmEvent]:
    """Follow one part's events: what was said of a symptom, every score, every alarm."""
    exercise: str | None = None
    for event in standing(journal.events_of(part, "heard", "exercise", "pain", "alarm")):
        at = part.started + timedelta(seconds=event.t - part.clock)
        if isinstance(event, ExerciseEvent):
            exercise = event.name if event.action == "start" else None
        elif isinstance(event, HeardEvent) and event.intent in SYMPTOMS:
            yield Spoken(at, event.text, exercise)
        elif isinstance(event, PainEvent) and event.score is not None:
            yield PainTold(at, event.when, event.score, bool(event.leg))
        elif isinstance(event, AlarmEvent):
            yield event


def _levels(
    session: SessionSummary, record: SessionRecord, exercises: Mapping[str, Exercise]
) -> dict[str, int]:
    """Find the dose level of each exercise whose dose was told beforehand."""
    told = {dose.exercise for dose in record.plan}
    found = {each.name: _level(each, exercises) for each in session.exercises if each.name in told}
    return {name: level for name, level in found.items() if level is not None}


def _level(dose: ExerciseSummary, exercises: Mapping[str, Exercise]) -> int | None:
    """Find the level; that of a gentler variant where the dose is none of the exercise's own."""
    own = exercises.get(dose.name)
    for number, level in enumerate(own.levels if own else (), 1):
        if _is(dose, level):
            return number
    variants = [each for each in exercises.values() if each.variant_of == dose.name]
    gentler = any(_is(dose, level) for variant in variants for level in variant.levels)
    return GENTLER if gentler else None


def _is(dose: ExerciseSummary, level: Level) -> bool:
    asked = (level.hold_seconds * level.repetitions, level.repetitions)
    return bool(dose.sides) and all(_asked(side) == asked for side in dose.sides)


def _asked(side: SideSummary) -> tuple[float, int]:
    return side.prescribed_seconds, side.prescribed_repetitions


def _with_since_last(reports: Iterable[SessionReport]) -> Iterator[SessionReport]:
    last: int | None = None
    for one in reports:
        before = one.summary.pain_before
        yield replace(one, since_last=None if before is None or last is None else before - last)
        last = last if before is None else before
