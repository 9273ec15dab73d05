"""Questions and wishes that are answered without leaving the state: a function an intent, and their table."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.session.changing import beginning, easier, harder, replan, shorter
from voicecoach.session.effects import Adjust, Effect, Say
from voicecoach.session.ladder import rung_of
from voicecoach.session.plan import Dose
from voicecoach.session.states import State
from voicecoach.session.today import Today


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer wants, and whether the exercise has to be told again from its position."""

    effects: list[Effect]
    starts_again: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """What an answer depends on."""

    state: State
    today: Today


def answer(intent: str, state: State, today: Today) -> Answer:
    """Answer a question, or change how the exercise is done."""
    if intent in CHANGING:
        return _change(intent, today)
    return Answer(ANSWERING[intent](Situation(state, today)))


def _help(here: Situation) -> list[Effect]:
    return [Say(f"help.{here.state.value}")]


def _how_long(here: Situation) -> list[Effect]:
    return [Say("answer.left_time", {"minutes": here.today.course.minutes_left})]


def _how_many(here: Situation) -> list[Effect]:
    if here.today.course.exercise is None:
        return _how_long(here)
    name = here.today.name(here.today.course.exercise)
    return [Say("answer.left_reps", {"rep_left": here.today.course.holds_left, "exercise": name})]


def _whats_next(here: Situation) -> list[Effect]:
    following = here.today.course.following
    if following is None:
        return [Say("answer.next_nothing")]
    return [Say("answer.next", {"exercise": here.today.name(following)})]


def _why(here: Situation) -> list[Effect]:
    if here.today.course.exercise is None:
        return [Say("session.rules_brief")]
    return [Say(f"{here.today.course.exercise}.why")]


def _nothing_new(_here: Situation) -> list[Effect]:
    return []


def _adjust(what: str, step: int, prompt: str) -> Callable[[Situation], list[Effect]]:
    return lambda _here: [Adjust(what, step), Say(prompt)]


def _how_am_i(here: Situation) -> list[Effect]:
    past, today = here.today.past, here.today
    says: list[Effect] = [Say("answer.streak", {"mornings": past.mornings, "evenings": past.evenings})]
    now = today.pain if today.pain_after is None else today.pain_after
    if today.pain_then is not None and now is not None:
        says.append(Say("answer.pain_since", {"before": today.pain_then, "now": now}))
    return says


ANSWERING: dict[str, Callable[[Situation], list[Effect]]] = {
    "help": _help,
    "repeat": _nothing_new,  # the session says its last words again
    "slower_speech": _adjust("speech", -1, "answer.slower_speech"),
    "louder": _adjust("volume", +1, "answer.louder"),
    "quieter": _adjust("volume", -1, "answer.quieter"),
    "count_faster": _adjust("pace", +1, "answer.faster"),
    "count_slower": _adjust("pace", -1, "answer.slower_counting"),
    "how_long": _how_long,
    "how_many": _how_many,
    "whats_next": _whats_next,
    "why": _why,
    "how_am_i": _how_am_i,
    "no_pain": _nothing_new,
}


# ---- another dose


def _harder(today: Today, dose: Dose) -> Dose | None:
    """Go up, but on an easier day not at all, and never more than a step above the ladder."""
    if today.easier:
        return None
    exercise = today.content.exercises[dose.exercise.family]
    return harder(today.content, dose, rung_of(exercise, today.memory).level + 1)


CHANGING: dict[str, Callable[[Today, Dose], Dose | None]] = {
    "easier": lambda today, dose: easier(today.content, dose),
    "shorter_hold": lambda today, dose: shorter(today.content, dose),
    "harder": _harder,
    "left": lambda _today, dose: beginning("left", dose),
    "right": lambda _today, dose: beginning("right", dose),
}
"""The dose that a wish leads to; None where there is none."""

EASING = ("easier", "shorter_hold")
"""The wishes after which an exercise does not count for the ladder."""


def _change(intent: str, today: Today) -> Answer:
    family = today.course.family
    dose = today.doses.get(family or "")
    changed = CHANGING[intent](today, dose) if dose else None
    if family is None or changed is None:
        return Answer([Say(f"change.no_{intent}")])
    today.doses[family] = changed
    if intent in EASING:
        today.eased.add(family)
    starts_again = replan(today.course, changed)
    return Answer([Say(f"change.{intent}")], starts_again)
