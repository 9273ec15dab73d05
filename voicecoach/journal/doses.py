"""What was prescribed and what was done, exercise by exercise and side by side; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.journal.events import Event, ExerciseEvent, HoldEvent, MoveEvent
from voicecoach.journal.record import Prescribed

Action = Literal["done", "skipped", "left_out", "unfinished"]
Side = Literal["left", "right"]
Work = HoldEvent | MoveEvent


@dataclass(frozen=True, slots=True)
class SideSummary:
    """One side of an exercise, or all of one that has no sides."""

    side: Side | None
    prescribed_seconds: float
    actual_seconds: float
    """Really held, the broken-off holds too."""
    prescribed_repetitions: int
    done_repetitions: int
    """Held to their end, each time that it was done."""


class Sides:
    """What an exercise comes to over its sides."""

    __slots__ = ()
    sides: tuple[SideSummary, ...]

    @property
    def prescribed_seconds(self) -> float:
        """Of all sides together."""
        return sum(side.prescribed_seconds for side in self.sides)

    @property
    def actual_seconds(self) -> float:
        """Of all sides together."""
        return sum(side.actual_seconds for side in self.sides)

    @property
    def prescribed_repetitions(self) -> int:
        """Of all sides together."""
        return sum(side.prescribed_repetitions for side in self.sides)

    @property
    def done_repetitions(self) -> int:
        """Of all sides together."""
        return sum(side.done_repetitions for side in self.sides)


@dataclass(frozen=True, slots=True)
class ExerciseSummary(Sides):
    """One exercise of a session."""

    name: str
    action: Action
    """How it ended; unfinished where it never came to an end."""
    reason: str | None
    """Why it was skipped or left out."""
    sides: tuple[SideSummary, ...]
    """Left, right, or the one without a side; empty where nothing was prescribed or done."""


def exercises_of(events: Sequence[Event], plan: Sequence[Prescribed]) -> tuple[ExerciseSummary, ...]:
    """Sum up the exercises that the events tell of, in the order in which they came.

    What was prescribed comes from the plan; without one, from the repetitions that were begun.
    """
    told = [event for event in events if isinstance(event, ExerciseEvent)]
    work = [event for event in events if isinstance(event, Work)]
    names = dict.fromkeys(
        event.name if isinstance(event, ExerciseEvent) else event.exercise for event in (*told, *work)
    )
    return tuple(
        _exercise(
            name,
            [event for event in told if event.name == name],
            [event for event in work if event.exercise == name],
            [dose for dose in plan if dose.exercise == name],
        )
        for name in names
    )


def _exercise(
    name: str, told: Sequence[ExerciseEvent], work: Sequence[Work], plan: Sequence[Prescribed]
) -> ExerciseSummary:
    ends = [event for event in told if event.action != "start"]
    doses = plan or _doses_begun(work)
    sides = dict.fromkeys((*(dose.side for dose in doses), *(event.side for event in work)))
    return ExerciseSummary(
        name=name,
        action=_action(ends),
        reason=ends[-1].reason if ends else None,
        sides=tuple(_side(side, doses, work) for side in sorted(sides, key=str)),
    )


def _action(ends: Sequence[ExerciseEvent]) -> Action:
    if not ends or ends[-1].action == "start":
        return "unfinished"
    return ends[-1].action


def _doses_begun(work: Iterable[Work]) -> list[Prescribed]:
    """Take as prescribed what was begun: each set, repetition and side once."""
    begun = {(event.set, event.rep, event.side): event for event in work}
    return [Prescribed(event.exercise, event.side, event.seconds, 1) for event in begun.values()]


def _side(side: Side | None, doses: Iterable[Prescribed], work: Iterable[Work]) -> SideSummary:
    mine = [event for event in work if event.side == side]
    prescribed = [dose for dose in doses if dose.side == side]
    return SideSummary(
        side=side,
        prescribed_seconds=sum(dose.seconds * dose.repetitions for dose in prescribed),
        actual_seconds=sum(event.end - event.start for event in mine),
        prescribed_repetitions=sum(dose.repetitions for dose in prescribed),
        done_repetitions=sum(event.completed for event in mine),
    )
