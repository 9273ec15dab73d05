"""The session's states, and the groups of them that rules speak of.

Some targets are no states of their own but choices (CHOICES), which choosing.py makes from the plan and
from what is known of the person:

    begin     the first question of the session, or the wait for a start
    ask       the next question that is due before the exercises, or the greeting
    down, up  the next step of getting down to the floor or up again, or what follows it
    rise      the first step of getting up
    step      the next step of the plan, or the question whether a side is to be repaired
    repair    what one side lacks
    leave     the first step of the next exercise
    back      the first step of this exercise, or of the one before
    return    what the pause interrupted, with a lead-in where there was an exercise
    offer     the question whether to go on, or the end if no exercise is left
    restore   a pause in place of what a lost microphone interrupted, or the same question
    wind_up   getting up and the questions afterwards, or the end where nothing was begun
    corrected the question of the pain again, or the present one where the right score was said at once
"""

from enum import Enum


class State(Enum):
    """Where a session can be."""

    IDLE = "idle"
    RESUME_OFFER = "resume_offer"
    PROFILE = "profile"
    ASK_FIRST = "ask_first"
    CONFIRM_CLEARED = "confirm_cleared"
    PAIN_NOW = "pain_now"
    LEG_NOW = "leg_now"
    FLAGS = "flags"
    LAST_TIME = "last_time"
    UP_AN_HOUR = "up_an_hour"
    BALL_QUESTION = "ball_question"
    FLOOR_QUESTION = "floor_question"
    GET_DOWN = "get_down"
    GREETING = "greeting"
    POSITION = "position"
    READY = "ready"
    LEAD_IN = "lead_in"
    MOVING = "moving"
    HOLD = "hold"
    ALTERNATE = "alternate"
    RETURNING = "returning"
    REST = "rest"
    CHANGE_SIDE = "change_side"
    REPAIR_OFFER = "repair_offer"
    ANNOUNCE = "announce"
    PAUSED = "paused"
    CANNOT_HEAR = "cannot_hear"
    PAIN_LEG = "pain_leg"
    PAIN_SCORE = "pain_score"
    PAIN_OFFER = "pain_offer"
    GET_UP = "get_up"
    STUCK = "stuck"
    PAIN_AFTER = "pain_after"
    LEG_AFTER = "leg_after"
    ALARM = "alarm"
    LEG_END = "leg_end"
    SAFE_END = "safe_end"
    CLOSING = "closing"
    ENDED = "ended"

    BEGIN = "begin"
    ASK = "ask"
    DOWN = "down"
    UP = "up"
    RISE = "rise"
    STEP = "step"
    REPAIR = "repair"
    LEAVE = "leave"
    BACK = "back"
    RETURN = "return"
    OFFER = "offer"
    RESTORE = "restore"
    WIND_UP = "wind_up"
    CORRECTED = "corrected"


S = State

QUESTIONS_BEFORE = (
    *(S.PROFILE, S.ASK_FIRST, S.CONFIRM_CLEARED, S.PAIN_NOW, S.LEG_NOW, S.FLAGS, S.LAST_TIME),
    *(S.UP_AN_HOUR, S.BALL_QUESTION, S.FLOOR_QUESTION, S.GET_DOWN),
)
"""States before the exercises, from the start on."""
QUESTIONS_AFTER = (S.PAIN_AFTER, S.LEG_AFTER)

PLANNED = (
    *(S.POSITION, S.READY, S.LEAD_IN, S.MOVING, S.HOLD, S.ALTERNATE),
    *(S.RETURNING, S.REST, S.CHANGE_SIDE, S.ANNOUNCE),
)
"""States that are steps of the plan."""

AFTERWARDS = (S.GET_UP, S.PAIN_AFTER, S.CLOSING)

CHOICES: dict[State, tuple[State, ...]] = {
    S.BEGIN: (S.ASK, S.IDLE),
    S.ASK: (*(state for state in QUESTIONS_BEFORE if state is not S.CONFIRM_CLEARED), S.GREETING),
    S.DOWN: (S.GET_DOWN, S.ASK),
    S.UP: (S.GET_UP, S.PAIN_AFTER, S.CLOSING),
    S.RISE: (S.GET_UP,),
    S.STEP: (*PLANNED, S.REPAIR_OFFER, *AFTERWARDS),
    S.REPAIR: (S.LEAD_IN,),
    S.LEAVE: (S.POSITION, *AFTERWARDS),
    S.BACK: (S.POSITION, *AFTERWARDS),
    S.RETURN: (
        *(S.LEAD_IN, S.POSITION, S.READY, S.ANNOUNCE, S.GREETING, S.REPAIR_OFFER),
        *(S.RESUME_OFFER, S.GET_UP, S.STUCK),
        *QUESTIONS_BEFORE,
        *QUESTIONS_AFTER,
    ),
    S.OFFER: (S.PAIN_OFFER, *AFTERWARDS),
    S.WIND_UP: AFTERWARDS,
    S.CORRECTED: (S.PAIN_SCORE, S.PAIN_OFFER, S.PAIN_AFTER, S.LEG_AFTER),
}
"""Where each choice may lead."""
CHOICES[S.RESTORE] = (S.PAUSED, *(s for s in CHOICES[S.RETURN] if s not in (S.GREETING, *PLANNED)))

LIVE = tuple(s for s in State if s not in (*CHOICES, S.ENDED))
GUIDED = (S.GREETING, *PLANNED)
"""States that live in the plan."""
ASKING = (
    *(state for state in QUESTIONS_BEFORE if state not in (S.ASK_FIRST, S.GET_DOWN)),
    *(S.REPAIR_OFFER, S.PAIN_LEG, S.PAIN_SCORE, S.PAIN_OFFER, *QUESTIONS_AFTER),
)
"""States that put a question which has few answers."""
ENDING = (S.ALARM, S.LEG_END, S.SAFE_END, S.CLOSING)
