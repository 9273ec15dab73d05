"""What is asked before the exercises and after them: when a question is due, and what an answer means."""

from collections.abc import Callable
from datetime import date

from voicecoach.session.effects import Say
from voicecoach.session.events import Heard
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


# ---- what an answer means


def keep(today: Today, state: State, heard: Heard) -> None:
    """Keep what the answer to a question means."""
    said = heard.intent
    if said in ANSWERS_OF.get(state, ()) and state is not State.PROFILE:
        today.answered.add(state)
    if (state, said) in KEEPING:
        KEEPING[state, said](today, heard)


ANSWERS_OF: dict[State, tuple[str, ...]] = {
    State.PAIN_NOW: ("number", "no_pain"),
    State.LEG_NOW: ("yes", "no", "no_pain", "numb"),
    State.FLAGS: ("no",),
    State.LAST_TIME: ("yes", "no", "no_pain"),
    State.UP_AN_HOUR: ("yes", "no"),
    State.BALL_QUESTION: ("yes", "no"),
    State.FLOOR_QUESTION: ("yes", "no"),
    State.GET_DOWN: ("skip",),
}
"""The intents that answer a question of the beginning for good."""


def _score(heard: Heard) -> int:
    return int(heard.slots.get("score", 0))


def _go_on(today: Today, _heard: Heard) -> None:
    broken = today.past.broken_off
    if broken is not None:
        today.going_on, today.routine = broken, broken.routine


def _keep_profile(*, told: bool) -> Callable[[Today, Heard], None]:
    def keep_it(today: Today, _heard: Heard) -> None:
        question = today.open_profile
        if question is not None:
            today.remember(f"profile.{question}", told)

    return keep_it


def _keep_pain_now(today: Today, heard: Heard) -> None:
    today.pain = _score(heard)


def _keep_leg(*, leg: bool) -> Callable[[Today, Heard], None]:
    def keep_it(today: Today, _heard: Heard) -> None:
        today.leg = leg

    return keep_it


def _keep_worse(today: Today, _heard: Heard) -> None:
    today.worse_since = True


def _keep_soon(today: Today, _heard: Heard) -> None:
    today.soon_after_getting_up = True


def _remember(key: str, *, value: bool) -> Callable[[Today, Heard], None]:
    return lambda today, _heard: today.remember(key, value)


def _keep_pain(when: str, leg: bool | None) -> Callable[[Today, Heard], None]:
    return lambda today, heard: today.keep_pain(when, _score(heard), leg)


def _keep_leg_after(leg: bool) -> Callable[[Today, Heard], None]:
    return lambda today, _heard: today.keep_pain("after", None, leg)


KEEPING: dict[tuple[State, str], Callable[[Today, Heard], None]] = {
    (State.RESUME_OFFER, "yes"): _go_on,
    (State.RESUME_OFFER, "resume"): _go_on,
    (State.PROFILE, "yes"): _keep_profile(told=True),
    (State.PROFILE, "no"): _keep_profile(told=False),
    (State.CONFIRM_CLEARED, "yes"): _remember("profile.cleared", value=True),
    (State.PAIN_NOW, "number"): _keep_pain_now,
    (State.PAIN_NOW, "no_pain"): _keep_pain_now,
    (State.LEG_NOW, "yes"): _keep_leg(leg=True),
    (State.LEG_NOW, "numb"): _keep_leg(leg=True),
    (State.LEG_NOW, "no"): _keep_leg(leg=False),
    (State.LEG_NOW, "no_pain"): _keep_leg(leg=False),
    (State.LAST_TIME, "yes"): _keep_worse,
    (State.LAST_TIME, "pain"): _keep_worse,
    (State.UP_AN_HOUR, "no"): _keep_soon,
    (State.BALL_QUESTION, "yes"): _remember("has_ball", value=True),
    (State.BALL_QUESTION, "no"): _remember("has_ball", value=False),
    (State.FLOOR_QUESTION, "yes"): _remember("floor_guide", value=True),
    (State.FLOOR_QUESTION, "no"): _remember("floor_guide", value=False),
    (State.PAIN_SCORE, "number"): _keep_pain("during", leg=False),
    (State.PAIN_LEG, "yes"): lambda today, _heard: today.keep_pain("during", None, leg=True),
    (State.PAIN_AFTER, "number"): _keep_pain("after", leg=None),
    (State.PAIN_AFTER, "no_pain"): _keep_pain("after", leg=None),
    (State.LEG_AFTER, "yes"): _keep_leg_after(leg=True),
    (State.LEG_AFTER, "numb"): _keep_leg_after(leg=True),
    (State.LEG_AFTER, "no"): _keep_leg_after(leg=False),
    (State.LEG_AFTER, "no_pain"): _keep_leg_after(leg=False),
}
"""What is kept of an answer, by the state and the intent."""


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
