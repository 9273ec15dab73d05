"""The choices that the table leaves open: which state a move leads to, from the plan and what is known.

One function a choice, and the table of them. They change the course and keep facts.
"""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.session.asking import next_question, words_on_today
from voicecoach.session.changing import repair
from voicecoach.session.effects import Say
from voicecoach.session.plan import Step
from voicecoach.session.prescribing import LeftOut, lay_out
from voicecoach.session.states import GUIDED, State
from voicecoach.session.today import Today


@dataclass(frozen=True, slots=True)
class Move:
    """What a choice depends on."""

    today: Today
    origin: State
    """The state that is left."""
    trigger: str
    routine: str
    """The routine that was asked for; empty where none was."""
    interrupted: State
    """What a pause, or the loss of the microphone, interrupted."""


def choose(target: State, move: Move) -> State:
    """Give the state that a target of the table leads to; no exercise once they are over."""
    state = CHOOSING[target](move) if target in CHOOSING else target
    goes_on = state in (*GUIDED, State.PAIN_OFFER, State.REPAIR_OFFER)
    return _wind_up(move) if move.today.over and goes_on else state


def _begin(move: Move) -> State:
    today = move.today
    wanted = move.routine or today.choice.routine
    if wanted not in today.content.routines:
        today.effects.append(Say("answer.cannot_now"))
        return State.IDLE
    today.routine = wanted
    return _ask(move)


def _ask(move: Move) -> State:
    today = move.today
    question = next_question(today)
    if question is State.GET_DOWN:
        today.stair = 1
    if question is not None:
        return question
    today.judge()
    if today.going_on is None:
        today.settle()
    out = lay_out(today)
    today.remember("seen", today.day)
    today.begin()
    today.effects += words_on_today(today)
    _tell(today, out)
    return State.GREETING


def _tell(today: Today, out: list[LeftOut]) -> None:
    for one in out:
        today.note_exercise(one.family, "left_out", one.reason)
        today.effects.append(Say(one.prompt, {"exercise": today.name(one.family)}))


def _down(move: Move) -> State:
    today = move.today
    today.stair += 1
    if today.content.has(f"down.{today.stair}"):
        return State.GET_DOWN
    today.settle_question(State.GET_DOWN)
    return _ask(move)


def _up(move: Move) -> State:
    today = move.today
    today.stair += 1
    if today.content.has(f"up.{today.stair}"):
        return State.GET_UP
    return _after(today)


def _rise(move: Move) -> State:
    move.today.stair = 1
    return State.GET_UP


def _wind_up(move: Move) -> State:
    today = move.today
    if not today.begun:
        return State.CLOSING
    if today.memory.get("floor_guide"):
        return _rise(move)
    return _after(today)


def _after(today: Today) -> State:
    """Ask how the pain is, where it was not told a moment ago."""
    return State.CLOSING if today.just_told else State.PAIN_AFTER


def _step(move: Move) -> State:
    today, course = move.today, move.today.course
    if _repair_is_due(today):
        today.repaired.add(course.family or "")
        return State.REPAIR_OFFER
    return _live_in(move, course.advance())


def _repair_is_due(today: Today) -> bool:
    here, behind = today.course.family, today.course.steps[today.course.cursor + 1 :]
    at_end = bool(behind) and behind[0].state is State.ANNOUNCE and behind[0].family == here
    if here is None or not at_end or here in today.repaired:
        return False
    return today.sides.lacking(here, today.doses[here].hold_seconds) is not None


def _repair(move: Move) -> State:
    today, family = move.today, move.today.course.family or ""
    dose = today.doses[family]
    lacking = today.sides.lacking(family, dose.hold_seconds)
    if lacking is not None:
        today.course.insert(repair(dose, *lacking))
    return _live_in(move, today.course.advance())


def _live_in(move: Move, step: Step | None) -> State:
    return _wind_up(move) if step is None else step.state


def _in_a_question(move: Move) -> bool:
    """Tell whether the pause is one of a question, which has to be answered before anything goes on."""
    return move.origin is State.PAUSED and move.interrupted not in (*GUIDED, State.REPAIR_OFFER)


def _leave(move: Move) -> State:
    if _in_a_question(move):
        return move.interrupted
    course = move.today.course
    here = course.family
    if here is not None and here not in course.off:
        reason = "not liked today" if move.trigger == "no" else "asked to skip"
        move.today.note_exercise(here, "skipped", reason)
    return _live_in(move, course.leave())


def _back(move: Move) -> State:
    if _in_a_question(move):
        return move.interrupted
    return _live_in(move, move.today.course.back())


def _return(move: Move) -> State:
    if move.interrupted not in GUIDED or move.interrupted is State.GREETING:
        return move.interrupted
    return _live_in(move, move.today.course.resume())


def _restore(move: Move) -> State:
    """Give the same question as before; what one does with the body waits for "go on"."""
    return State.PAUSED if move.interrupted in GUIDED else move.interrupted


def _offer(move: Move) -> State:
    return State.PAIN_OFFER if move.today.course.following else _wind_up(move)


TOLD_IN = {State.PAIN_OFFER: State.PAIN_SCORE, State.LEG_AFTER: State.PAIN_AFTER}
"""The question whose score is said back, and may be taken back, in each of these."""


def _corrected(move: Move) -> State:
    return move.origin if move.today.just_told else TOLD_IN[move.origin]


CHOOSING: dict[State, Callable[[Move], State]] = {
    State.BEGIN: _begin,
    State.ASK: _ask,
    State.DOWN: _down,
    State.UP: _up,
    State.RISE: _rise,
    State.STEP: _step,
    State.REPAIR: _repair,
    State.LEAVE: _leave,
    State.BACK: _back,
    State.RETURN: _return,
    State.OFFER: _offer,
    State.RESTORE: _restore,
    State.WIND_UP: _wind_up,
    State.CORRECTED: _corrected,
}
