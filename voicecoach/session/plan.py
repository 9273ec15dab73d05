"""The plan: a routine laid out flat, one step after the other, each lived in one state.

"How many left?", skip, previous, the side's turn and the length announced at the start all come
from it.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from voicecoach.content.models import Exercise
from voicecoach.session.table import State

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

    @property
    def sides(self) -> tuple[Side | None, ...]:
        """The sides in their order, or just None for an exercise without sides."""
        return ("left", "right") if self.exercise.sides else (None,)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, lived in one state."""

    state: State
    exercise: str
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
    name = dose.exercise.id
    yield Step(State.POSITION, name)
    yield Step(State.READY, name)
    for number in range(1, dose.sets + 1):
        yield Step(State.LEAD_IN, name, LEAD_IN_SECONDS, number)
        yield from _STYLES[dose.exercise.style](dose, number)
    yield Step(State.ANNOUNCE, name)


def _holds(dose: Dose, number: int) -> Iterator[Step]:
    what, sides = dose.exercise, dose.sides
    for rep in range(1, dose.repetitions + 1):
        for side in sides:
            place = (number, rep, side, rep == 1)
            yield Step(State.MOVING, what.id, what.move_seconds, *place)
            yield Step(State.HOLD, what.id, dose.hold_seconds, *place)
            yield Step(State.RETURNING, what.id, what.return_seconds, *place)
            if side != sides[-1]:
                yield Step(State.CHANGE_SIDE, what.id, what.change_seconds, *place)
            elif (number, rep) != (dose.sets, dose.repetitions):
                yield Step(State.REST, what.id, what.rest_seconds, *place)


def _alternations(dose: Dose, number: int) -> Iterator[Step]:
    what, sides = dose.exercise, dose.sides
    for rep in range(1, dose.repetitions + 1):
        for side in sides:
            yield Step(State.ALTERNATE, what.id, dose.hold_seconds, number, rep, side, rep == 1)
    yield Step(State.RETURNING, what.id, what.return_seconds, number, dose.repetitions)
    if number < dose.sets:
        yield Step(State.REST, what.id, what.rest_seconds, number, dose.repetitions)


_STYLES = {"hold": _holds, "alternate": _alternations}

WORK = (State.HOLD, State.ALTERNATE)
"""The steps that are the exercise itself, and are counted."""


def minutes_of(steps: Sequence[Step]) -> int:
    """Tell about how many minutes the steps take, at least one."""
    seconds = sum(step.seconds + SPEECH_SECONDS.get(step.state, 0.0) for step in steps)
    return max(1, math.ceil(seconds / 60))


def exercises_of(steps: Sequence[Step]) -> tuple[str, ...]:
    """Give the exercises in their order, each once."""
    return tuple(dict.fromkeys(step.exercise for step in steps))
