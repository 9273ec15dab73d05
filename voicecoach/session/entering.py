"""What entering a state says, counts and plays: one function a state, and the table of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from voicecoach.content.models import Content
from voicecoach.session.course import Course
from voicecoach.session.effects import Count, Cue, Effect, Note, Remember, Say
from voicecoach.session.opening import Choice
from voicecoach.session.plan import Step
from voicecoach.session.table import SAYS, State

TONE_SECONDS = 0.25
"""How long before a moment its tone sounds, so that tone and spoken number do not meet."""

HALFWAY_FROM_SECONDS = 10.0
"""Shorter holds are over before "halfway" could mean anything."""

LOST_SECONDS = 4.0
"""How long the loudspeaker is given to come back before it is told that the microphone is gone."""

POSITION_PARTS = ("announce", "position", "movement", "breathing", "feel", "avoid")

Timed = tuple[float, Effect]
"""An effect and how many seconds after entering the state it is wanted."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where from, and with whom, a state is entered."""

    content: Content
    memory: Mapping[str, Any]
    course: Course
    routine: str
    trigger: str
    choice: Choice

    @property
    def step(self) -> Step:
        """The step that is entered; only states of the plan ask for it."""
        step = self.course.step
        if step is None:
            raise LookupError(self.trigger)
        return step

    @property
    def reps(self) -> int:
        """Repetitions in a set of the exercise being done."""
        return max(step.rep for step in self.course.steps if step.exercise == self.course.exercise)

    @property
    def sets(self) -> int:
        """Sets of the exercise being done."""
        return max(step.set for step in self.course.steps if step.exercise == self.course.exercise)

    def name(self, exercise: str) -> str:
        """Give an exercise's spoken name."""
        return self.content.exercises[exercise].name


def enter(state: State, entrance: Entrance) -> list[Timed]:
    """Give what entering `state` wants, each with its seconds after the entering."""
    opening = [(0.0, Say(prompt)) for prompt in TRANSITION_SAYS.get((state, entrance.trigger), ())]
    always = [(0.0, Say(prompt)) for prompt in SAYS.get(state, ())]
    own = ENTERING[state](entrance) if state in ENTERING else []
    return [*opening, *always, *own]


TRANSITION_SAYS: dict[tuple[State, str], tuple[str, ...]] = {
    (State.PAUSED, "silence"): ("pause.nobody",),
    (State.PAUSED, "restored"): ("device.hear_again",),
    (State.PAUSED, "stop"): ("pause.paused",),
    (State.PAUSED, "pause"): ("pause.paused",),
    (State.GREETING, "yes"): ("ball.yes",),
    (State.GREETING, "no"): ("ball.no",),
    (State.CLOSING, "number"): ("pain.last",),
}
"""What is said first where it matters what led here."""

_LEAVING = {"skip": "exercise.skipped", "previous": "exercise.previous"}


def _greeting(to: Entrance) -> list[Timed]:
    first = not to.memory.get("told_rules")
    says: list[Effect] = [Say("session.rules" if first else "session.rules_brief")]
    if first:
        says.append(Remember("told_rules", value=True))
    for exercise in sorted(to.course.off):
        left_out = {"name": exercise, "action": "left_out", "reason": "no ball"}
        says += [Note("exercise", left_out), Say("session.left_out_ball")]
    if to.routine == "five_minutes":
        says.append(Say("session.five_minutes"))
    routine = to.content.routines[to.routine]
    exercises = {step.exercise for step in to.course.steps} - to.course.off
    values: dict[str, str | int] = {
        "minutes": to.course.minutes_left,
        "routine": routine.name,
        "exercises": len(exercises),
    }
    return [(0.0, effect) for effect in (*says, Say("session.length", values))]


def _position(to: Entrance) -> list[Timed]:
    exercise = to.step.exercise
    leaving: list[Effect] = [Say(_LEAVING[to.trigger])] if to.trigger in _LEAVING else []
    parts = [Say(f"{exercise}.{part}") for part in POSITION_PARTS]
    kind = to.content.exercises[exercise].kind
    told = f"told_why_{kind}"
    why: list[Effect] = [] if to.memory.get(told) else [Say(f"answer.why_{kind}"), Remember(told, value=True)]
    return [(0.0, effect) for effect in (*leaving, parts[0], *why, *parts[1:])]


def _lead_in(to: Entrance) -> list[Timed]:
    counts: list[Timed] = [(to.step.seconds - n, Count(n)) for n in range(int(to.step.seconds), 0, -1)]
    return [*counts, (to.step.seconds - TONE_SECONDS, Cue("go"))]


def _moving(to: Entrance) -> list[Timed]:
    form = "start" if to.step.first else "again"
    side = f"_{to.step.side}" if to.step.side else ""
    return [(0.0, Say(f"{to.step.exercise}.{form}{side}"))]


def _hold(to: Entrance) -> list[Timed]:
    seconds = int(to.step.seconds)
    few = {seconds // 2, 3, 2, 1}
    counted = [n for n in range(seconds, 0, -1) if to.choice.counting == "all" or n in few]
    timed: list[Timed] = [(float(seconds - n), Count(n)) for n in counted]
    if seconds >= HALFWAY_FROM_SECONDS:
        timed.append((seconds / 2 - TONE_SECONDS, Cue("halfway")))
    return timed


def _alternate(to: Entrance) -> list[Timed]:
    form = f"start_{to.step.side}" if to.step.first else f"{to.step.side}"
    half = to.step.rep == to.reps // 2 + 1 and to.step.side == "left" and to.reps > 1
    halfway = [(to.step.seconds / 2, Cue("halfway"))] if half else []
    return [(0.0, Say(f"{to.step.exercise}.{form}")), *halfway]


def _returning(to: Entrance) -> list[Timed]:
    return [(0.0, Say(f"{to.step.exercise}.return"))]


def _rest(to: Entrance) -> list[Timed]:
    if to.step.rep == to.reps:
        return [(0.0, Say("set.progress", {"set": to.step.set, "sets": to.sets}))]
    last = [(0.0, Say("rep.last"))] if to.step.rep == to.reps - 1 else []
    return [(0.0, Say("rep.progress", {"rep": to.step.rep, "reps": to.reps})), *last]


def _change_side(to: Entrance) -> list[Timed]:
    other = "right" if to.step.side == "left" else "left"
    return [(0.0, Say(f"side.change_{other}"))]


def _announce(to: Entrance) -> list[Timed]:
    exercise, following = to.step.exercise, to.course.following
    done = Note("exercise", {"name": exercise, "action": "done", "reason": None})
    says: list[Effect] = [done, Cue("done"), Say("exercise.done", {"exercise": to.name(exercise)})]
    if following is not None:
        says.append(Say("session.next", {"exercise": to.name(following)}))
    return [(0.0, effect) for effect in says]


def _pain_offer(to: Entrance) -> list[Timed]:
    here = to.course.exercise
    left_out = [Say("pain.left_out", {"exercise": to.name(here)})] if here else []
    return [(0.0, say) for say in (*left_out, Say("pain.offer"))]


def _cannot_hear(_to: Entrance) -> list[Timed]:
    return [(LOST_SECONDS, Say("device.cannot_hear"))]


def _closing(to: Entrance) -> list[Timed]:
    return [(0.0, Say("session.closing" if to.course.finished else "session.closing_stopped"))]


ENTERING: dict[State, Callable[[Entrance], list[Timed]]] = {
    State.GREETING: _greeting,
    State.POSITION: _position,
    State.LEAD_IN: _lead_in,
    State.MOVING: _moving,
    State.HOLD: _hold,
    State.ALTERNATE: _alternate,
    State.RETURNING: _returning,
    State.REST: _rest,
    State.CHANGE_SIDE: _change_side,
    State.ANNOUNCE: _announce,
    State.PAIN_OFFER: _pain_offer,
    State.CANNOT_HEAR: _cannot_hear,
    State.CLOSING: _closing,
}
