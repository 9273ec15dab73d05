"""Another dose in the middle of an exercise: what "easier", "harder" and "shorter hold" lead to, and repairs.

A dose stays on the levels that the exercise, or its gentler variant, has in its data; nothing here
asks for more than the last of them.
"""

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.content.models import Content, Exercise, Level
from voicecoach.session.course import Course
from voicecoach.session.plan import LEAD_IN_SECONDS, WORK, Dose, Side, Step, compile_plan
from voicecoach.session.sides import Repetition
from voicecoach.session.states import State

DONE_ALREADY = {
    State.MOVING: (State.RETURNING,),
    State.HOLD: (State.RETURNING,),
    State.RETURNING: (State.RETURNING,),
    State.REST: (State.RETURNING, State.REST, State.CHANGE_SIDE),
    State.CHANGE_SIDE: (State.RETURNING, State.REST, State.CHANGE_SIDE),
}
"""What the present repetition has, or keeps of the old plan, so that the new one does not have it again."""


# ---- which dose


def easier(content: Content, dose: Dose) -> Dose | None:
    """Give the gentler variant, or the next level down where it is done already; None at the easiest."""
    variant = content.gentler(dose.exercise.id)
    if variant is not None:
        fitting = [level for level in variant.levels if level.repetitions <= dose.repetitions]
        return _at(dose, variant, (fitting or variant.levels)[-1 if fitting else 0])
    below = [level for level in dose.exercise.levels if _work(level) < dose.hold_seconds * dose.repetitions]
    return _at(dose, dose.exercise, below[-1]) if below else None


def shorter(content: Content, dose: Dose) -> Dose | None:
    """Give the next level with a shorter hold, of the gentler variant if need be; None at the shortest."""
    variant = content.gentler(dose.exercise.id)
    for exercise in (dose.exercise, *((variant,) if variant else ())):
        below = [level for level in exercise.levels if level.hold_seconds < dose.hold_seconds]
        if below:
            return _at(dose, exercise, below[-1])
    return None


def harder(content: Content, dose: Dose, highest: int) -> Dose | None:
    """Give the exercise itself after its variant, or the next level up; None above the level `highest`."""
    if dose.exercise.variant_of:
        exercise = content.exercises[dose.exercise.variant_of]
        return _at(dose, exercise, exercise.levels[0])
    work = dose.hold_seconds * dose.repetitions * dose.sets
    above = [level for level in dose.exercise.levels[:highest] if _work(level) > work]
    return _at(dose, dose.exercise, above[0]) if above else None


def beginning(side: Side, dose: Dose) -> Dose | None:
    """Give the same with `side` first; None where there are no sides."""
    return replace(dose, first=side) if dose.exercise.sides else None


def _at(dose: Dose, exercise: Exercise, level: Level) -> Dose:
    sets = dose.sets if level.repetitions >= dose.sets else 1
    return replace(
        dose,
        exercise=exercise,
        hold_seconds=level.hold_seconds,
        repetitions=level.repetitions // sets,
        sets=sets,
    )


def _work(level: Level) -> float:
    return level.hold_seconds * level.repetitions


# ---- where it goes in the plan


def replan(course: Course, dose: Dose) -> bool:
    """Do the rest of the present exercise at another dose; the repetition under way stays as it is.

    Gives whether the exercise's position has to be told again: it is another variant and was not begun.
    """
    here, new = course.steps[course.cursor], compile_plan([dose])
    start, end = course.start_of(here.family), course.end_of(here.family)
    if here.state in (State.POSITION, State.READY):
        course.steps = (*course.steps[:start], *new, *course.steps[end:])
        return here.exercise != dose.exercise.id
    kept = _rest_of_repetition(course.steps[course.cursor + 1 : end], here)
    tail = _told_in_full(_behind(new, here), here)
    course.steps = (*course.steps[: course.cursor + 1], *kept, *tail, *course.steps[end:])
    return False


def _rest_of_repetition(old: Sequence[Step], here: Step) -> Sequence[Step]:
    if here.state not in (State.MOVING, State.HOLD):
        return ()
    mine = (here.set, here.rep, here.side)
    kept = (State.HOLD, State.RETURNING)
    return [step for step in old if step.state in kept and (step.set, step.rep, step.side) == mine]


def _behind(new: Sequence[Step], here: Step) -> Sequence[Step]:
    """Give what of a new plan follows the repetition that `here` is part of."""
    if here.state is State.LEAD_IN:
        begun = [place for place, step in enumerate(new) if (step.state, step.set) == (here.state, here.set)]
    else:
        sided = any(step.side for step in new)
        begun = [
            place
            for place, step in enumerate(new)
            if step.state in WORK
            and (step.set, step.rep) == (here.set, here.rep)
            and (not sided or here.side in (None, step.side))
        ]
    if not begun:
        return new[-2:] if here.state is State.ALTERNATE else new[-1:]
    tail = list(new[begun[-1] + 1 :])
    while tail[0].state in DONE_ALREADY.get(here.state, ()):
        tail.pop(0)
    return tail


def _told_in_full(tail: Sequence[Step], here: Step) -> Sequence[Step]:
    """Let the first movement of another variant be told in full, as nobody has heard of it yet."""
    place = next((p for p, step in enumerate(tail) if step.state in (State.MOVING, State.ALTERNATE)), None)
    if place is None or tail[place].exercise == here.exercise:
        return tail
    rep = tail[place].rep
    return [replace(step, first=True) if step.rep == rep else step for step in tail]


# ---- repairs


def repair(dose: Dose, side: Side, places: Sequence[Repetition]) -> list[Step]:
    """Lay out the repetitions that one side lacks."""
    alone = compile_plan([replace(dose, first=side, repetitions=1, sets=1)])
    mine = [step for step in alone if step.side == side and step.state is not State.CHANGE_SIDE]
    name = (dose.exercise.id, dose.exercise.family)
    steps = [Step(State.LEAD_IN, *name, LEAD_IN_SECONDS)]
    steps += [replace(step, set=number, rep=rep) for number, rep in places for step in mine]
    if dose.exercise.style == "alternate":
        steps += [step for step in alone if step.state is State.RETURNING]
    return steps
