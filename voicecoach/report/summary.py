"""What a stretch of days comes to: sessions, days, and each exercise's sum; pure.

It tells what was counted and heard, and never judges.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from voicecoach.journal.doses import ExerciseSummary, Sides, SideSummary
from voicecoach.journal.history import SessionSummary

NOTABLE_CHANGE = 2
"""Points on the 0-10 scale from which a change is more than chance (Childs 2005: 2; Suzuki 2020: 2)."""
GENTLER = 0
"""The level of a gentler variant of an exercise."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """The person's own words about a symptom."""

    at: datetime
    text: str
    exercise: str | None
    """What was being done; None between two."""


@dataclass(frozen=True, slots=True)
class PainTold:
    """One telling of the pain, from 0 to 10."""

    at: datetime
    when: Literal["before", "during", "after"]
    score: int
    leg: bool
    """Whether it went into a leg or felt numb."""


@dataclass(frozen=True, slots=True)
class SessionReport:
    """One session, and what the report marks in it."""

    summary: SessionSummary
    spoken: tuple[Spoken, ...] = ()
    pains: tuple[PainTold, ...] = ()
    """Every score that was told, in its order."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """The dose level of each exercise, from 1, or GENTLER; none where the dose is none of the levels."""
    alarms: tuple[str, ...] = ()
    """What urgent advice was given for: red_flag, cannot_get_up."""
    since_last: int | None = None
    """Pain before this session less pain before the last one that told it."""

    @property
    def day(self) -> date:
        """The day where the person was."""
        return self.summary.started.date()

    @property
    def change(self) -> int | None:
        """Pain after less pain before; None where either was not told."""
        before, after = self.summary.pain_before, self.summary.pain_after
        return None if before is None or after is None else after - before

    @property
    def is_active(self) -> bool:
        """Whether anything was exercised."""
        return any(one.action == "done" or one.actual_seconds for one in self.summary.exercises)

    @property
    def left_out(self) -> tuple[ExerciseSummary, ...]:
        """The exercises that were skipped or left out."""
        return tuple(one for one in self.summary.exercises if one.action in ("skipped", "left_out"))

    @property
    def came_worse(self) -> bool:
        """Whether the pain had notably risen since the last session."""
        return self.since_last is not None and self.since_last >= NOTABLE_CHANGE

    @property
    def stands_out(self) -> bool:
        """Whether a clinician would want to see this one."""
        told = self.summary.leg or bool(self.spoken) or bool(self.alarms)
        return told or is_notable(self.change) or self.came_worse


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the period, with its sessions if there were any."""

    date: date
    sessions: tuple[SessionReport, ...]

    @property
    def is_missed(self) -> bool:
        """Whether nothing was exercised on it."""
        return not any(one.is_active for one in self.sessions)


@dataclass(frozen=True, slots=True)
class ExerciseReport(Sides):
    """One exercise over the whole period."""

    name: str
    sides: tuple[SideSummary, ...]
    """Sums over all sessions."""
    sessions: int
    """In how many sessions it had its turn."""
    done: int
    """In how many of them it was done to its end."""
    left_out: tuple[tuple[str, int], ...]
    """Why it was skipped or left out, and how often; the most frequent first."""
    levels: tuple[int, ...]
    """The dose levels in the order in which they were given, each once in a row."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that a stretch of days comes to."""

    start: date
    end: date
    sessions: tuple[SessionReport, ...]
    """The oldest first."""
    person: str | None = None
    """The id of the journal's first session, which stands for the person; None in an empty one."""

    @property
    def days(self) -> tuple[Day, ...]:
        """Every day from the start to the end."""
        count = (self.end - self.start).days + 1
        by_day: dict[date, list[SessionReport]] = {}
        for one in self.sessions:
            by_day.setdefault(one.day, []).append(one)
        dates = [self.start + timedelta(days=number) for number in range(count)]
        return tuple(Day(day, tuple(by_day.get(day, ()))) for day in dates)

    @property
    def missed(self) -> tuple[date, ...]:
        """The days on which nothing was exercised."""
        return tuple(day.date for day in self.days if day.is_missed)

    @property
    def actual_seconds(self) -> float:
        """All holding and moving, without rests and words."""
        return sum(each.actual_seconds for one in self.sessions for each in one.summary.exercises)

    @property
    def exercises(self) -> tuple[ExerciseReport, ...]:
        """Each exercise that had its turn, in the order in which they first came."""
        names = dict.fromkeys(each.name for one in self.sessions for each in one.summary.exercises)
        return tuple(_over_all(name, self.sessions) for name in names)

    @property
    def standing_out(self) -> tuple[SessionReport, ...]:
        """The sessions that a clinician would want to see."""
        return tuple(one for one in self.sessions if one.stands_out)


@dataclass(frozen=True, slots=True)
class PainSummary:
    """How the pain of one kind of moment went, in points of 0-10."""

    first: int
    last: int
    highest: int
    mean: float
    count: int
    """How often it was told."""

    @property
    def change(self) -> int:
        """The last less the first."""
        return self.last - self.first


def pain_of(scores: Iterable[int | None]) -> PainSummary | None:
    """Sum up scores in their order; None where none was told."""
    told = [score for score in scores if score is not None]
    return PainSummary(told[0], told[-1], max(told), sum(told) / len(told), len(told)) if told else None


def is_notable(change: int | None) -> bool:
    """Tell whether a change of pain is one to mark, up or down."""
    return change is not None and abs(change) >= NOTABLE_CHANGE


def _over_all(name: str, sessions: Sequence[SessionReport]) -> ExerciseReport:
    turns = [(one, each) for one in sessions for each in one.summary.exercises if each.name == name]
    summaries = [each for _, each in turns]
    out = [each for each in summaries if each.action in ("skipped", "left_out")]
    levels = [one.levels[name] for one, each in turns if each not in out and name in one.levels]
    return ExerciseReport(
        name=name,
        sides=_added_up(side for each in summaries for side in each.sides),
        sessions=len(turns),
        done=sum(each.action == "done" for each in summaries),
        left_out=tuple(Counter(each.reason or "" for each in out).most_common()),
        levels=tuple(
            level for number, level in enumerate(levels) if number == 0 or level != levels[number - 1]
        ),
    )


def _added_up(sides: Iterable[SideSummary]) -> tuple[SideSummary, ...]:
    sums: dict[str, SideSummary] = {}
    for side in sides:
        before = sums.get(str(side.side), SideSummary(side.side, 0, 0, 0, 0))
        sums[str(side.side)] = SideSummary(
            side.side,
            before.prescribed_seconds + side.prescribed_seconds,
            before.actual_seconds + side.actual_seconds,
            before.prescribed_repetitions + side.prescribed_repetitions,
            before.done_repetitions + side.done_repetitions,
        )
    return tuple(sums[key] for key in sorted(sums))
