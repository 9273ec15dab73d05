"""What is asked before the exercises, and when; and what is said of the answers."""

from collections.abc import Callable
from datetime import date

from voicecoach.session.effects import Say
from voicecoach.session.ladder import rose
from voicecoach.session.prescribing import not_yet
from voicecoach.session.states import State
from voicecoach.session.today import Today

GAP_DAYS = 14
"""After so many days without a session the warning signs are asked for again."""

RESUME_WITHIN_MINUTES = 60
"""A session that was broken off longer ago is not gone on with: the body has cooled down."""


def can_go_on(today: Today) -> bool:
    """Tell whether a session was broken off so lately that it may be gone on with."""
    broken = today.past.broken_off
    return (
        broken is not None
        and broken.minutes_ago <= RESUME_WITHIN_MINUTES
        and broken.routine in today.content.routines
    )


def next_question(today: Today) -> State | None:
    """Give the first question that is due and not yet answered; None when all is known."""
    due = (state for state, is_due in OPENING if state not in today.answered and is_due(today))
    return next(due, None)


# ---- when a question is due


def _always(_today: Today) -> bool:
    return True


def _is_a_gap(today: Today) -> bool:
    """Tell whether this is the first use, or there was none for two weeks, or a leg is spoken of."""
    seen = today.memory.get("seen")
    away = seen is None or (today.past.now.date() - date.fromisoformat(seen)).days >= GAP_DAYS
    return away or bool(today.leg)


def _has_a_last_time(today: Today) -> bool:
    return bool(today.last) and today.going_on is None


def _bends_in_the_morning(today: Today) -> bool:
    entries = today.content.routines[today.routine].exercises
    bends = any(today.content.exercises[entry.exercise].bending for entry in entries)
    asked = today.choice.soon_after_getting_up != "as_is" and today.going_on is None
    return today.routine == "morning" and bends and asked


def _needs_a_ball(today: Today) -> bool:
    entries = today.content.routines[today.routine].exercises
    exercises = [today.content.exercises[entry.exercise] for entry in entries]
    needed = any("ball" in exercise.needs and not not_yet(today, exercise) for exercise in exercises)
    return needed and "has_ball" not in today.memory


OPENING: tuple[tuple[State, Callable[[Today], bool]], ...] = (
    (State.PROFILE, lambda today: today.open_profile is not None),
    (State.ASK_FIRST, lambda today: today.asked_first),
    (State.PAIN_NOW, _always),
    (State.LEG_NOW, _always),
    (State.FLAGS, _is_a_gap),
    (State.LAST_TIME, _has_a_last_time),
    (State.UP_AN_HOUR, _bends_in_the_morning),
    (State.BALL_QUESTION, _needs_a_ball),
    (State.FLOOR_QUESTION, lambda today: "floor_guide" not in today.memory),
    (State.GET_DOWN, lambda today: bool(today.memory.get("floor_guide"))),
)
"""The questions of the beginning in their order, and when each is due. A person who has done this before
hears two: how strong the pain is, and whether it goes into a leg."""


# ---- what is said of it


def words_on_today(today: Today) -> list[Say]:
    """Say why today is easier, where it is."""
    if not today.easier:
        return []
    why = "easier.leg" if today.leg else "easier.rise"
    return [Say(why)]


def summary(today: Today) -> list[Say]:
    """Say how the session went, in two sentences at most."""
    done = len(today.last.get("done", ()))
    says = [Say("summary.done", {"exercises": done})] if today.begun and done else []
    before, after = today.pain, today.pain_after
    if before is not None and after is not None:
        word = "more" if rose(before, after) else "pain"
        says.append(Say(f"summary.{word}", {"before": before, "after": after}))
    return says
