"""The plan: a routine laid out flat, one step after the other, each lived in one state.

"How many left?", skip, previous, the side's turn and the length announced at the start all come
from it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from voicecoach.content.models import Exercise
from voicecoach.session.states import State

Side = Literal["left", "right"]

LEAD_IN_SECONDS = 3.5
"""Three counts, and half a second before them for the tone that says "heard"."""
SPEECH_SECONDS = {State.POSITION: 30.0, State.READY: 12.0, State.ANNOUNCE: 5.0, State.REST: 2.0}
"""About how long a step takes beyond its own seconds, for the length told at the start."""


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of one exercise is to be done."""

    exercise: Exercise
    hold_seconds: float
    """Seconds a hold, or a side of an alternation."""
    repetitions: int
    """Repetitions a set; a side, where there are sides."""
    sets: int = 1
    first: Side = "left"
    """The side that comes first, where there are sides."""

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides in their order, or just None for an exercise without sides."""
        if not self.exercise.sides:
            return (None,)
        return ("left", "right") if self.first == "left" else ("right", "left")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, lived in one state."""

    state: State
    exercise: str
    family: str
    """The exercise of which `exercise` may be a variant: what the record and the rules go by."""
    seconds: float = 0.0
    """How long the step lasts at least, beside its words."""
    set: int = 1
    rep: int = 1
    side: Side | None = None
    first: bool = False
    """Whether it is the first of its kind in a set, where the long form of the words is used."""


def compile_plan(doses: Sequence[Dose]) -> tuple[Step, ...]:
    """Lay the doses out as steps, in their order."""
    return tuple(step for dose in doses for step in _exercise(dose))


def _exercise(dose: Dose) -> Iterator[Step]:
    name = (dose.exercise.id, dose.exercise.family)
    yield Step(State.POSITION, *name)
    yield Step(State.READY, *name)
    for number in range(1, dose.sets + 1):
        yield Step(State.LEAD_IN, *name, LEAD_IN_SECONDS, number)
        yield from _STYLES[dose.exercise.style](dose, number)
    yield Step(State.ANNOUNCE, *name)


def _holds(dose: Dose, number: int) -> Iterator[Step]:
    what, sides = dose.exercise, dose.sides
    name = (what.id, what.family)
    for rep in range(1, dose.repetitions + 1):
        for side in sides:
            moving = Step(State.MOVING, *name, what.move_seconds, number, rep, side, rep == 1)
            yield moving
            yield replace(moving, state=State.HOLD, seconds=dose.hold_seconds)
            yield replace(moving, state=State.RETURNING, seconds=what.return_seconds)
            if side != sides[-1]:
                yield replace(moving, state=State.CHANGE_SIDE, seconds=what.change_seconds)
            elif (number, rep) != (dose.sets, dose.repetitions):
                yield replace(moving, state=State.REST, seconds=what.rest_seconds)


def _alternations(dose: Dose, number: int) -> Iterator[Step]:
    what, name = dose.exercise, (dose.exercise.id, dose.exercise.family)
    for rep in range(1, dose.repetitions + 1):
        for side in dose.sides:
            yield Step(State.ALTERNATE, *name, dose.hold_seconds, number, rep, side, rep == 1)
    yield Step(State.RETURNING, *name, what.return_seconds, number, dose.repetitions)
    if number < dose.sets:
        yield Step(State.REST, *name, what.rest_seconds, number, dose.repetitions)


_STYLES = {"hold": _holds, "alternate": _alternations}

WORK = (State.HOLD, State.ALTERNATE)
"""The steps that are the exercise itself, and are counted."""


def minutes_of(steps: Sequence[Step]) -> int:
    """Tell about how many minutes the steps take, at least one."""
    seconds = sum(step.seconds + SPEECH_SECONDS.get(step.state, 0.0) for step in steps)
    return max(1, math.ceil(seconds / 60))
