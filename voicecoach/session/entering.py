"""What entering a state says, counts and plays: one function a state, and the table of them."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.session.asking import summary
from voicecoach.session.effects import Count, Cue, Effect, Remember, Say
from voicecoach.session.events import Reason
from voicecoach.session.plan import Step
from voicecoach.session.states import State
from voicecoach.session.table import SAYS
from voicecoach.session.today import Today

TONE_SECONDS = 0.25
"""How long before a moment its tone sounds, so that tone and spoken number do not meet."""

HALFWAY_FROM_SECONDS = 10.0
"""Shorter holds are over before "halfway" could mean anything."""

BREATHE_AT_SECONDS = 1.0
"""When in a long hold that is not counted through the person is reminded to breathe: nobody should hold the
breath while bracing (HoE PALs leaflet). Where every second is counted, the rest has it."""
BREATHE_AFTER_REPETITION = 2

LOST_SECONDS = 4.0
"""How long the loudspeaker is given to come back before it is told that the microphone is gone."""

WHY_DEAF: dict[Reason, str] = {
    "device": "device.cannot_hear",
    "recogniser": "device.cannot_understand",
    "clipped": "device.too_loud",
}
"""What is said of each reason for hearing nobody: only a lost device is to be plugged in."""

POSITION_PARTS = ("announce", "position", "movement", "breathing", "feel", "avoid")

Timed = tuple[float, Effect]
"""An effect and how many seconds after entering the state it is wanted."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """With whom, and by what, a state is entered."""

    today: Today
    trigger: str

    @property
    def step(self) -> Step:
        """The step that is entered; only states of the plan ask for it."""
        step = self.today.course.step
        if step is None:
            raise LookupError(self.trigger)
        return step


def enter(state: State, entrance: Entrance) -> list[Timed]:
    """Give what entering `state` wants, each with its seconds after the entering."""
    opening = [(0.0, Say(prompt)) for prompt in TRANSITION_SAYS.get((state, entrance.trigger), ())]
    asked = [(0.0, say) for say in question(state, entrance.today)]
    own = ENTERING[state](entrance) if state in ENTERING else []
    return [*opening, *asked, *own]


def question(state: State, today: Today) -> list[Say]:
    """Give what a state always says as it is entered, and says again where no answer came."""
    if state in ASKED:
        return ASKED[state](today)
    return [Say(prompt) for prompt in SAYS.get(state, ())]


def _resume_offer(today: Today) -> list[Say]:
    broken = today.past.broken_off
    if broken is None:
        return []
    minutes = max(round(broken.minutes_ago), 1)
    if broken.exercise is None or broken.exercise not in today.content.exercises:
        return [Say("resume.between", {"minutes": minutes})]
    return [Say("resume.ask", {"exercise": today.name(broken.exercise), "minutes": minutes})]


def _repair_offer(today: Today) -> list[Say]:
    family = today.course.family or ""
    lacking = today.sides.lacking(family, today.doses[family].hold_seconds)
    return [Say(f"side.repair_{lacking[0]}")] if lacking else []


ASKED: dict[State, Callable[[Today], list[Say]]] = {
    State.RESUME_OFFER: _resume_offer,
    State.PROFILE: lambda today: [Say(f"profile.{today.open_profile}")],
    State.REPAIR_OFFER: _repair_offer,
}
"""Questions whose words depend on more than the state."""


TRANSITION_SAYS: dict[tuple[State, str], tuple[str, ...]] = {
    (State.PAUSED, "silence"): ("pause.nobody",),
    (State.PAUSED, "restored"): ("device.hear_again",),
    (State.PAUSED, "stop"): ("pause.paused",),
    (State.PAUSED, "pause"): ("pause.paused",),
    (State.PROFILE, "start"): ("profile.before",),
    (State.GET_DOWN, "pause"): ("floor.minute",),
    (State.GET_UP, "pause"): ("floor.minute",),
    (State.GET_UP, "number"): ("pain.last",),
    (State.PAIN_AFTER, "over"): ("after.over",),
    (State.PAIN_AFTER, "finish"): ("after.stopped",),
    (State.CLOSING, "number"): ("pain.last",),
}
"""What is said first where it matters what led here."""

_LEAVING = {"skip": "exercise.skipped", "previous": "exercise.previous"}


def _greeting(to: Entrance) -> list[Timed]:
    today, course = to.today, to.today.course
    first = not today.memory.get("told_rules")
    says: list[Effect] = [Say("session.rules" if first else "session.rules_brief")]
    if first:
        says.append(Remember("told_rules", value=True))
    if today.routine == "five_minutes":
        says.append(Say("session.five_minutes"))
    families = {step.family for step in course.steps} - course.off
    values: dict[str, str | int] = {
        "minutes": course.minutes_left,
        "routine": today.content.routines[today.routine].name,
        "exercises": len(families),
    }
    return [(0.0, effect) for effect in (*says, Say("session.length", values))]


def _position(to: Entrance) -> list[Timed]:
    exercise, memory = to.step.exercise, to.today.memory
    leaving: list[Effect] = [Say(_LEAVING[to.trigger])] if to.trigger in _LEAVING else []
    parts = [Say(f"{exercise}.{part}") for part in POSITION_PARTS]
    kind = to.today.content.exercises[exercise].kind
    told = f"told_why_{kind}"
    why: list[Effect] = [] if memory.get(told) else [Say(f"answer.why_{kind}"), Remember(told, value=True)]
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
    counted = [n for n in range(seconds, 0, -1) if to.today.choice.counting == "all" or n in few]
    timed: list[Timed] = [(float(seconds - n), Count(n)) for n in counted]
    if seconds >= HALFWAY_FROM_SECONDS:
        timed.append((math.ceil(seconds / 2) - TONE_SECONDS, Cue("halfway")))  # between two counts
        if to.today.choice.counting == "few":
            timed.append((BREATHE_AT_SECONDS, Say("breathe.hold")))
    return timed


def _alternate(to: Entrance) -> list[Timed]:
    form = f"start_{to.step.side}" if to.step.first else f"{to.step.side}"
    reps = to.today.course.repetitions
    first = to.step.side == to.today.doses[to.step.family].first
    half = to.step.rep == reps // 2 + 1 and first and reps > 1
    halfway = [(to.step.seconds / 2, Cue("halfway"))] if half else []
    side = Say(
        f"{to.step.exercise}.{form}",
        within_seconds=to.step.seconds,
        short=f"{to.step.exercise}.{to.step.side}",
    )
    return [(0.0, side), *halfway]


def _returning(to: Entrance) -> list[Timed]:
    return [(0.0, Say(f"{to.step.exercise}.return"))]


def _rest(to: Entrance) -> list[Timed]:
    if to.step.rep == to.today.course.repetitions:
        return [(0.0, Say("set.progress", {"set": to.step.set, "sets": to.today.course.sets}))]
    reps = to.today.course.repetitions
    says = [Say("rep.progress", {"rep": to.step.rep, "reps": reps})]
    if to.step.rep == BREATHE_AFTER_REPETITION:
        says.append(Say("breathe.rest"))
    if to.step.rep == reps - 1:
        says.append(Say("rep.last"))
    return [(0.0, say) for say in says]


def _change_side(to: Entrance) -> list[Timed]:
    other = "right" if to.step.side == "left" else "left"
    return [(0.0, Say(f"side.change_{other}"))]


def _announce(to: Entrance) -> list[Timed]:
    following = to.today.course.following
    says: list[Effect] = [Cue("done"), Say("exercise.done", {"exercise": to.today.name(to.step.exercise)})]
    if following is not None:
        says.append(Say("session.next", {"exercise": to.today.name(following)}))
    return [(0.0, effect) for effect in says]


def _pain_offer(to: Entrance) -> list[Timed]:
    here = to.today.course.exercise
    left_out = [Say("pain.left_out", {"exercise": to.today.name(here)})] if here else []
    return [(0.0, say) for say in (*left_out, Say("pain.offer"))]


def _floor(way: str) -> Callable[[Entrance], list[Timed]]:
    def take_a_step(to: Entrance) -> list[Timed]:
        if to.trigger == "pause":
            return []
        return [(0.0, Say(f"{way}.{max(to.today.stair, 1)}"))]

    return take_a_step


def _cannot_hear(to: Entrance) -> list[Timed]:
    return [(LOST_SECONDS, Say(WHY_DEAF[to.today.deaf_by]))]


def _closing(to: Entrance) -> list[Timed]:
    last = Say("session.closing" if to.today.course.finished else "session.closing_stopped")
    return [(0.0, say) for say in (*summary(to.today), last)]


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
    State.GET_DOWN: _floor("down"),
    State.GET_UP: _floor("up"),
    State.CANNOT_HEAR: _cannot_hear,
    State.CLOSING: _closing,
}
