"""Where a session is in its plan, and how it moves there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voicecoach.session.plan import LEAD_IN_SECONDS, WORK, Step, minutes_of
from voicecoach.session.states import State

BEGINS = (State.MOVING, State.ALTERNATE)
"""The steps that a repetition begins with."""
BEHIND = (State.RETURNING, State.REST, State.CHANGE_SIDE)
"""The steps after a hold: whoever pauses there has done the repetition."""


@dataclass(slots=True)
class Course:
    """A cursor in the plan."""

    steps: Sequence[Step] = ()
    cursor: int = -1
    off: set[str] = field(default_factory=set)
    """Exercises (by their family) that are left out for the rest of the session, in every variant."""
    started: set[str] = field(default_factory=set)
    """Exercises that were begun."""
    leading_in: bool = False
    """Whether the person is led in again after a pause; the cursor then stands before what follows."""

    @property
    def step(self) -> Step | None:
        """The step that is lived now."""
        if not 0 <= self.cursor < len(self.steps):
            return None
        here = self.steps[self.cursor]
        if not self.leading_in:
            return here
        return Step(State.LEAD_IN, here.exercise, here.family, LEAD_IN_SECONDS, here.set)

    @property
    def exercise(self) -> str | None:
        """The exercise, or the variant of it, that is being done."""
        return None if self.step is None else self.step.exercise

    @property
    def family(self) -> str | None:
        """The exercise that is being done, in whichever variant."""
        return None if self.step is None else self.step.family

    @property
    def finished(self) -> bool:
        """Whether the plan was gone through to its end."""
        return bool(self.steps) and self.cursor >= len(self.steps)

    @property
    def ahead(self) -> Sequence[Step]:
        """The present step and all that follow it."""
        return self.steps[max(self.cursor, 0) :]

    @property
    def following(self) -> str | None:
        """The next exercise, passing those that are off."""
        place = self._after()
        return self.steps[place].exercise if place < len(self.steps) else None

    @property
    def holds_left(self) -> int:
        """How many holds or moves of this exercise are not over, the present one among them."""
        return sum(step.family == self.family and step.state in WORK for step in self.ahead)

    @property
    def repetitions(self) -> int:
        """How many repetitions this set comes to."""
        here = self.step
        return max(s.rep for s in self.ahead if here and (s.family, s.set) == (here.family, here.set))

    @property
    def sets(self) -> int:
        """How many sets the exercise comes to."""
        return max(step.set for step in self.ahead if step.family == self.family)

    @property
    def minutes_left(self) -> int:
        """About how many minutes the rest of the plan takes."""
        return minutes_of([step for step in self.ahead if step.family not in self.off])

    def advance(self) -> Step | None:
        """Go on to the next step."""
        self.cursor += 1
        self.leading_in = False
        while self.step is not None and self.step.family in self.off:
            self.cursor += 1
        return self.step

    def leave(self) -> Step | None:
        """Go on to the next exercise."""
        self.cursor, self.leading_in = self._after(), False
        return self.step

    def back(self) -> Step | None:
        """Go back to the start of this exercise or, at its start, of the one before."""
        start = self.start_of(self.family)
        before = [s.family for s in self.steps[:start] if s.family not in self.off]
        if self.step is not None and self.step.state in (State.POSITION, State.READY) and before:
            start = self.start_of(before[-1])
        self.cursor, self.leading_in = start, False
        return self.step

    def resume(self) -> Step | None:
        """Go on after a pause: the repetition is led in and done again, or the next one if it was over."""
        here = self.step
        if here is None or here.state not in (*BEGINS, *BEHIND, State.HOLD, State.LEAD_IN):
            return here
        over = here.state in (*BEHIND, State.LEAD_IN)
        places = range(self.cursor, len(self.steps)) if over else range(self.cursor, -1, -1)
        place = next(p for p in places if self.steps[p].state in (*BEGINS, State.ANNOUNCE))
        if self.steps[place].state is State.ANNOUNCE:
            self.cursor, self.leading_in = place, False
            return self.step
        self.cursor, self.leading_in = place - 1, True
        return self.step

    def insert(self, steps: Sequence[Step]) -> None:
        """Put steps between the present one and those that follow it."""
        place = self.cursor + 1
        self.steps = (*self.steps[:place], *steps, *self.steps[place:])

    def start_of(self, family: str | None) -> int:
        """Give the place of an exercise's first step."""
        return next((p for p, s in enumerate(self.steps) if s.family == family), 0)

    def end_of(self, family: str | None) -> int:
        """Give the place behind an exercise's last step."""
        places = range(self.start_of(family), len(self.steps))
        return next((place for place in places if self.steps[place].family != family), len(self.steps))

    def _after(self) -> int:
        passed = self.off | {self.family}
        ahead = range(max(self.cursor, 0), len(self.steps))
        return next((p for p in ahead if self.steps[p].family not in passed), len(self.steps))
