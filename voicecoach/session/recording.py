"""What a move puts into the record: the spans that end, the exercises that begin and end, pain, alarms."""

from voicecoach.session.states import ENDING, PLANNED, QUESTIONS_AFTER, State
from voicecoach.session.today import Today

ALARMS = {State.ALARM: "red_flag", State.STUCK: "cannot_get_up"}
"""States in which a command of the user's own may be run, and why."""


def note_leaving(today: Today, state: State, entered: float, now: float, *, completed: bool) -> None:
    """Note the hold, move or rest that ends as `state` is left."""
    step = today.course.step
    if step is None or step.state is not state:
        return
    span = {"start": entered, "end": now}
    if state is State.REST:
        today.note("rest", seconds=step.seconds, **span)
    if state in (State.HOLD, State.ALTERNATE):
        place = {"exercise": step.family, "set": step.set, "rep": step.rep, "side": step.side}
        kind = "hold" if state is State.HOLD else "move"
        today.note(kind, **place, seconds=step.seconds, **span, completed=completed)
        today.sides.add(step, now - entered)


def note_pain(today: Today, trigger: str) -> None:
    """Leave the present exercise out for today after a pain phrase."""
    if trigger not in ("pain", "numb"):
        return
    family = today.course.family
    if family is not None and family not in today.course.off:
        today.course.off.add(family)
        today.note_exercise(family, "skipped", "pain" if trigger == "pain" else "leg or numbness")
        today.keep_hurt(family)
    if trigger == "numb" and today.begun:
        today.keep_pain("during", None, leg=True)


def note_arrival(today: Today, state: State, trigger: str) -> None:
    """Note what begins or is over as `state` is entered."""
    course = today.course
    if state in PLANNED:
        today.just_told = False
    today.over = today.over or state in (State.GET_UP, State.STUCK, *QUESTIONS_AFTER, *ENDING)
    if state is State.POSITION and course.family:
        _note_start(today, course.family, again=trigger == "previous")
    if state is State.ANNOUNCE and course.family:
        today.note_exercise(course.family, "done", None)
        today.keep_done(course.family)
    if state in ALARMS:
        today.begin()
        today.note("alarm", reason=ALARMS[state])
    if state is State.ENDED and today.begun:
        today.note_session("done" if course.finished else "stopped")


def _note_start(today: Today, family: str, *, again: bool) -> None:
    if family not in today.course.started or again:
        today.course.started.add(family)
        today.note_exercise(family, "start", None)
