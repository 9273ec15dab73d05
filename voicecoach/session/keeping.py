"""What the answers to the coach's questions mean, and how one is taken back: a table by state and intent.

A score is said back with the next question, and "that's wrong" there takes it back, so that a number that
was misheard decides nothing, and nobody has to say yes to one that was not.
"""

from collections.abc import Callable

from voicecoach.session.effects import Say
from voicecoach.session.events import Heard
from voicecoach.session.states import QUESTIONS_BEFORE, State
from voicecoach.session.today import Today


def keep(today: Today, state: State, heard: Heard) -> None:
    """Keep what the answer to a question means."""
    said = heard.intent
    if said in ANSWERS_OF.get(state, ()) and state is not State.PROFILE:
        today.settle_question(state)
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


def _say_back(today: Today, heard: Heard) -> None:
    """Say the score that was heard; the first time, how to put it right."""
    today.effects.append(Say("pain.noted", {"score": _score(heard)}))
    if not today.memory.get("told_correct"):
        today.effects.append(Say("pain.teach_correct"))
        today.remember("told_correct", value=True)


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
    _say_back(today, heard)


def _correct_before(today: Today, heard: Heard) -> None:
    """Take back the last answer, where it was about the body; or keep the right score."""
    if "score" in heard.slots:
        today.settle_question(State.PAIN_NOW)
        _keep_pain_now(today, heard)
    elif today.answered and today.answered[-1] in TAKING_BACK:
        TAKING_BACK[today.answered.pop()](today)


def _forget_pain(today: Today) -> None:
    today.pain = None


def _forget_leg(today: Today) -> None:
    today.leg = None


def _forget_worse(today: Today) -> None:
    today.worse_since = False


def _forget_soon(today: Today) -> None:
    today.soon_after_getting_up = False


TAKING_BACK: dict[State, Callable[[Today], None]] = {
    State.PAIN_NOW: _forget_pain,
    State.LEG_NOW: _forget_leg,
    State.FLAGS: lambda _today: None,  # only a no leads on
    State.LAST_TIME: _forget_worse,
    State.UP_AN_HOUR: _forget_soon,
}
"""The answers of the beginning that may be taken back, and what is forgotten with them."""


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
    def keep_it(today: Today, heard: Heard) -> None:
        today.keep_pain(when, _score(heard), leg)
        _say_back(today, heard)

    return keep_it


def _correct_pain(when: str, leg: bool | None) -> Callable[[Today, Heard], None]:
    def correct_it(today: Today, heard: Heard) -> None:
        told = "score" in heard.slots
        today.keep_pain(when, _score(heard) if told else None, leg, takes_back=True)
        if told:
            _say_back(today, heard)

    return correct_it


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
    **{(state, "correct"): _correct_before for state in QUESTIONS_BEFORE},
    (State.PAIN_SCORE, "number"): _keep_pain("during", leg=False),
    (State.PAIN_OFFER, "correct"): _correct_pain("during", leg=False),
    (State.PAIN_LEG, "yes"): lambda today, _heard: today.keep_pain("during", None, leg=True),
    (State.PAIN_AFTER, "number"): _keep_pain("after", leg=None),
    (State.PAIN_AFTER, "no_pain"): _keep_pain("after", leg=None),
    (State.LEG_AFTER, "correct"): _correct_pain("after", leg=None),
    (State.LEG_AFTER, "yes"): _keep_leg_after(leg=True),
    (State.LEG_AFTER, "numb"): _keep_leg_after(leg=True),
    (State.LEG_AFTER, "no"): _keep_leg_after(leg=False),
    (State.LEG_AFTER, "no_pain"): _keep_leg_after(leg=False),
}
"""What is kept of an answer, by the state and the intent."""
