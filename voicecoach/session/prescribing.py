"""How much of what is done today: the routine, the ladder, and what the person told. Pure rules.

What is left out has its reason, in the words of the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voicecoach.content.models import Content, Entry, Exercise, Routine
from voicecoach.session.choice import BrokenOff, Past
from voicecoach.session.course import Course
from voicecoach.session.ladder import Rung, rung_of
from voicecoach.session.plan import WORK, Dose, Side, Step, compile_plan
from voicecoach.session.states import State
from voicecoach.session.today import Today


def first_side(past: Past) -> Side:
    """Give the side that comes first today: they take turns by the day."""
    return "left" if past.now.toordinal() % 2 else "right"


def doses_of(
    content: Content,
    routine: Routine,
    memory: Mapping[str, Any] | None = None,
    *,
    easier: bool = False,
    first: Side = "left",
) -> list[Dose]:
    """Give what a routine asks of a person: its own numbers, else where they stand on the ladder.

    After a hard day it is the gentler variant; on an `easier` day that at its lowest.
    """
    doses = []
    for entry in routine.exercises:
        exercise = content.exercises[entry.exercise]
        rung = rung_of(exercise, memory or {})
        variant = content.gentler(exercise.id) if easier or rung.gentle else None
        doses.append(_dose(variant or exercise, entry, Rung(1) if easier else rung, first))
    return doses


def _dose(exercise: Exercise, entry: Entry, rung: Rung, first: Side) -> Dose:
    """Give a routine's own numbers, or the level's; a variant is not done more than its level says."""
    level = exercise.levels[min(rung.level, len(exercise.levels)) - 1]
    most = level if exercise.id != entry.exercise else exercise.top
    hold_seconds = min(entry.hold_seconds or level.hold_seconds, most.hold_seconds)
    repetitions = min(entry.repetitions or level.repetitions, max(most.repetitions // entry.sets, 1))
    sets = min(entry.sets, most.repetitions)
    return Dose(exercise, hold_seconds, repetitions, sets, first)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An exercise that is not done today, and why."""

    family: str
    reason: str
    """As the record has it."""
    prompt: str
    """What is said of it; empty where it was said already."""


def left_out(today: Today, doses: Sequence[Dose]) -> list[LeftOut]:
    """Name what is not done today; the first reason counts."""
    found = []
    for dose in doses:
        exercise = dose.exercise
        for rule, reason, prompt in LEAVING_OUT:
            if rule(today, exercise):
                found.append(LeftOut(exercise.family, reason, prompt))
                break
    return found


def _hurt_today(today: Today, exercise: Exercise) -> bool:
    return exercise.family in today.hurt_today


def _followed_by_more(today: Today, exercise: Exercise) -> bool:
    return today.easier and exercise.family in today.hurt_last_time


def _thing_missing(today: Today, exercise: Exercise) -> bool:
    return any(today.memory.get(f"has_{thing}") is False for thing in exercise.needs)


def not_yet(today: Today, exercise: Exercise) -> bool:
    """Tell whether the exercise that comes before this one has not yet climbed a step."""
    before = today.content.exercises.get(exercise.after or "")
    return before is not None and rung_of(before, today.memory).level <= before.usual_level


def _for_the_evening(today: Today, exercise: Exercise) -> bool:
    early = today.soon_after_getting_up and today.choice.soon_after_getting_up == "evening"
    return early and exercise.bending


LEAVING_OUT = (
    (_hurt_today, "pain earlier today", "left_out.today"),
    (_followed_by_more, "more pain since last time", "left_out.last_time"),
    (_thing_missing, "no ball", "left_out.ball"),
    (not_yet, "not yet", "left_out.not_yet"),
    (_for_the_evening, "soon after getting up", "left_out.evening"),
)
"""Rule, reason in the record, and words. Off after pain and easier after more: the leaflet's "do not perform
any exercise which increases symptoms". The evening: who did not bend forward early in the morning had fewer
days of pain (Snook 1998, Spine 23:2601); it is a guard, and what it does is a setting."""


def lay_out(today: Today) -> list[LeftOut]:
    """Make today's course; gives what is left out of it."""
    routine = today.content.routines[today.routine]
    first = first_side(today.past)
    doses = doses_of(today.content, routine, today.memory, easier=today.easier, first=first)
    if today.soon_after_getting_up and today.choice.soon_after_getting_up == "last":
        doses.sort(key=lambda dose: dose.exercise.bending)
    out = left_out(today, doses)
    steps = compile_plan(doses)
    if today.going_on is not None:
        whole, steps = steps, remaining(steps, today.going_on)
        for step in set(whole) - set(steps):
            if step.state in WORK and step.family == today.going_on.exercise:
                today.sides.add(step, step.seconds)
    today.doses = {dose.exercise.family: dose for dose in doses}
    today.course = Course(steps, off={one.family for one in out})
    return out


def remaining(steps: Sequence[Step], broken: BrokenOff) -> tuple[Step, ...]:
    """Give what a broken-off session has left of a plan: the exercise goes on at the next repetition."""
    kept = [step for step in steps if step.family not in broken.over]
    if broken.rep is None or broken.set is None:
        return tuple(kept)
    done = (broken.set, broken.rep, broken.side)
    order = [step for step in kept if step.family == broken.exercise]
    places = [n for n, step in enumerate(order) if (step.set, step.rep, step.side) == done]
    behind = order[places[-1] + 1 :] if places else [step for step in order if step.state is State.ANNOUNCE]
    again = [step for step in order if step.state in (State.POSITION, State.READY)]
    if any(step.state in WORK for step in behind):
        first = [step for step in order if step.state is State.LEAD_IN][:1]
        lead_in = [] if behind[0].state is State.LEAD_IN else first
        behind = [*again, *lead_in, *behind]
    place = kept.index(order[0]) if order else 0
    others = [step for step in kept if step.family != broken.exercise]
    return (*others[:place], *behind, *others[place:])
