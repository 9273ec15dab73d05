"""Where a session is in its plan, and how it moves there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voicecoach.session.plan import LEAD_IN_SECONDS, WORK, Step, minutes_of
from voicecoach.session.table import State

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
    """Exercises that are left out for the rest of the session."""
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
        return Step(State.LEAD_IN, here.exercise, LEAD_IN_SECONDS) if self.leading_in else here

    @property
    def exercise(self) -> str | None:
        """The exercise that is being done."""
        return None if self.step is None else self.step.exercise

    @property
    def finished(self) -> bool:
        """Whether the plan was gone through to its end."""
        return bool(self.steps) and self.cursor >= len(self.steps)

    @property
    def following(self) -> str | None:
        """The next exercise, passing those that are off."""
        place = self._after()
        return self.steps[place].exercise if place < len(self.steps) else None

    @property
    def holds_left(self) -> int:
        """How many holds or moves of this exercise are not over, the present one among them."""
        ahead = self.steps[max(self.cursor, 0) :]
        return sum(step.exercise == self.exercise and step.state in WORK for step in ahead)

    @property
    def minutes_left(self) -> int:
        """About how many minutes the rest of the plan takes."""
        return minutes_of([s for s in self.steps[max(self.cursor, 0) :] if s.exercise not in self.off])

    def advance(self) -> Step | None:
        """Go on to the next step."""
        self.cursor += 1
        self.leading_in = False
        while self.step is not None and self.step.exercise in self.off:
            self.cursor += 1
        return self.step

    def leave(self) -> Step | None:
        """Go on to the next exercise."""
        self.cursor, self.leading_in = self._after(), False
        return self.step

    def back(self) -> Step | None:
        """Go back to the start of this exercise or, at its start, of the one before."""
        start = self._start(self.exercise)
        before = [s.exercise for s in self.steps[:start] if s.exercise not in self.off]
        if self.step is not None and self.step.state in (State.POSITION, State.READY) and before:
            start = self._start(before[-1])
        self.cursor, self.leading_in = start, False
        return self.step

    def resume(self) -> Step | None:
        """Go on after a pause: the repetition is led in and done again, or the next one if it was over."""
        here = self.step
        if here is None or here.state not in (*BEGINS, *BEHIND, State.HOLD, State.LEAD_IN):
            return here
        places = range(self.cursor, len(self.steps)) if self._ahead(here) else range(self.cursor, -1, -1)
        stops = (*BEGINS, State.ANNOUNCE)
        place = next(p for p in places if self.steps[p].state in stops)
        if self.steps[place].state is State.ANNOUNCE:
            self.cursor = place
            return self.step
        self.cursor, self.leading_in = place - 1, True
        return self.step

    def _ahead(self, here: Step) -> bool:
        return here.state in (*BEHIND, State.LEAD_IN)

    def _after(self) -> int:
        passed = self.off | {self.exercise}
        ahead = range(max(self.cursor, 0), len(self.steps))
        return next((p for p in ahead if self.steps[p].exercise not in passed), len(self.steps))

    def _start(self, exercise: str | None) -> int:
        return next((p for p, s in enumerate(self.steps) if s.exercise == exercise), 0)
