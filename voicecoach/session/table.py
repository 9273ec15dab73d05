"""The session's states and the table of what leads from one to another.

The table is the single source of what is listened for: an intent is live in a state if there is a
row for it. The README's state diagram is printed from it (diagram.py).

The second key of a row is an intent of the grammar or a trigger:

    over      all that the state had to say and to wait for is over
    silence   nothing was heard where an answer was asked for, as often as SILENCES allows
    lost      the microphone gives nothing any more
    restored  it does again

Some targets are no states of their own but choices that the plan decides (CHOICES):

    begin     the ball question, or the greeting
    step      the next step of the plan
    leave     the first step of the next exercise
    back      the first step of this exercise, or of the one before
    return    what the pause interrupted, with a lead-in where there was an exercise
    offer     the question whether to go on, or the end if no exercise is left
    restore   a pause in place of the exercise that a lost microphone interrupted, or the same question
"""

from enum import Enum


class State(Enum):
    """Where a session can be."""

    IDLE = "idle"
    BALL_QUESTION = "ball_question"
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
    ANNOUNCE = "announce"
    PAUSED = "paused"
    CANNOT_HEAR = "cannot_hear"
    PAIN_LEG = "pain_leg"
    PAIN_SCORE = "pain_score"
    PAIN_OFFER = "pain_offer"
    LEG_END = "leg_end"
    SAFE_END = "safe_end"
    CLOSING = "closing"
    ENDED = "ended"

    BEGIN = "begin"
    STEP = "step"
    LEAVE = "leave"
    BACK = "back"
    RETURN = "return"
    OFFER = "offer"
    RESTORE = "restore"


S = State

CHOICES: dict[State, tuple[State, ...]] = {
    S.BEGIN: (S.BALL_QUESTION, S.GREETING, S.IDLE),
    S.STEP: (
        *(S.POSITION, S.READY, S.LEAD_IN, S.MOVING, S.HOLD, S.ALTERNATE),
        *(S.RETURNING, S.REST, S.CHANGE_SIDE, S.ANNOUNCE, S.CLOSING),
    ),
    S.LEAVE: (S.POSITION, S.CLOSING),
    S.BACK: (S.POSITION,),
    S.RETURN: (S.LEAD_IN, S.POSITION, S.READY, S.ANNOUNCE, S.GREETING, S.BALL_QUESTION),
    S.OFFER: (S.PAIN_OFFER, S.CLOSING),
    S.RESTORE: (S.PAUSED, S.IDLE, S.BALL_QUESTION, S.PAIN_LEG, S.PAIN_SCORE, S.PAIN_OFFER),
}
"""Where each choice may lead."""

LIVE = tuple(s for s in State if s not in (*CHOICES, S.ENDED))
GUIDED = (
    *(S.GREETING, S.POSITION, S.READY, S.LEAD_IN, S.MOVING, S.HOLD, S.ALTERNATE),
    *(S.RETURNING, S.REST, S.CHANGE_SIDE, S.ANNOUNCE),
)
"""States that live in the plan."""
ASKING = (S.BALL_QUESTION, S.PAIN_LEG, S.PAIN_SCORE, S.PAIN_OFFER)
ENDING = (S.LEG_END, S.SAFE_END, S.CLOSING)

SAFETY = ("stop", "pause", "pain", "numb")
"""Intents that are heard in every live state, and while the coach talks."""

ANSWERS = ("help", "repeat", "slower_speech", "louder", "quieter")
"""Intents that are answered in every live state without leaving it."""

QUESTIONS = ("how_long", "how_many", "whats_next", "why", "count_faster", "count_slower", "no_pain")
"""Intents that are answered within an exercise without leaving it."""


def _rows() -> dict[tuple[State, str], State]:
    rows: dict[tuple[State, str], State] = {}
    for state in LIVE:
        rows |= {(state, "stop"): S.PAUSED, (state, "pause"): S.PAUSED, (state, "finish"): S.CLOSING}
        rows |= {(state, "pain"): S.PAIN_LEG, (state, "numb"): S.LEG_END}
        rows |= {(state, answer): state for answer in ANSWERS}
    for state in GUIDED:
        rows |= {(state, "next"): S.STEP, (state, "skip"): S.LEAVE}
        rows |= {(state, "previous"): S.BACK}
        rows |= {(state, question): state for question in QUESTIONS}
    rows |= {(state, "over"): S.STEP for state in GUIDED if state is not S.READY}
    rows |= {(state, "over"): S.CLOSING for state in (S.LEG_END, S.SAFE_END)}
    rows |= {(state, "lost"): S.CANNOT_HEAR for state in LIVE if state not in (S.CANNOT_HEAR, *ENDING)}
    for state in ENDING:  # nothing is left to pause, and what to do must be heard to its end
        rows |= {(state, intent): state for intent in ("pain", "numb", "finish")}
        rows |= {(state, intent): S.ENDED for intent in ("stop", "pause")}
    return rows | _OWN_ROWS


_OWN_ROWS: dict[tuple[State, str], State] = {
    (S.IDLE, "start"): S.BEGIN,
    (S.IDLE, "stop"): S.CLOSING,
    (S.IDLE, "pause"): S.IDLE,
    (S.IDLE, "silence"): S.CLOSING,
    (S.BALL_QUESTION, "yes"): S.GREETING,
    (S.BALL_QUESTION, "no"): S.GREETING,
    (S.BALL_QUESTION, "silence"): S.PAUSED,
    (S.READY, "ready"): S.STEP,
    (S.READY, "yes"): S.STEP,
    (S.READY, "silence"): S.PAUSED,
    (S.REST, "ready"): S.STEP,
    (S.HOLD, "ready"): S.STEP,
    (S.PAUSED, "resume"): S.RETURN,
    (S.PAUSED, "ready"): S.RETURN,
    (S.PAUSED, "yes"): S.RETURN,
    (S.PAUSED, "stop"): S.CLOSING,
    (S.PAUSED, "no"): S.CLOSING,
    (S.PAUSED, "skip"): S.LEAVE,
    (S.PAUSED, "next"): S.LEAVE,
    (S.PAUSED, "previous"): S.BACK,
    (S.PAUSED, "how_long"): S.PAUSED,
    (S.PAUSED, "how_many"): S.PAUSED,
    (S.PAUSED, "whats_next"): S.PAUSED,
    (S.PAUSED, "silence"): S.CLOSING,
    (S.CANNOT_HEAR, "restored"): S.RESTORE,
    (S.CANNOT_HEAR, "stop"): S.CLOSING,
    (S.CANNOT_HEAR, "pause"): S.CANNOT_HEAR,
    (S.CANNOT_HEAR, "silence"): S.CLOSING,
    (S.PAIN_LEG, "yes"): S.LEG_END,
    (S.PAIN_LEG, "no"): S.PAIN_SCORE,
    (S.PAIN_LEG, "silence"): S.SAFE_END,
    (S.PAIN_SCORE, "number"): S.OFFER,
    (S.PAIN_SCORE, "silence"): S.SAFE_END,
    (S.PAIN_OFFER, "yes"): S.LEAVE,
    (S.PAIN_OFFER, "resume"): S.LEAVE,
    (S.PAIN_OFFER, "next"): S.LEAVE,
    (S.PAIN_OFFER, "ready"): S.LEAVE,
    (S.PAIN_OFFER, "no"): S.CLOSING,
    (S.PAIN_OFFER, "silence"): S.SAFE_END,
    (S.CLOSING, "over"): S.ENDED,
}

TRANSITIONS: dict[tuple[State, str], State] = _rows()

TRIGGERS = ("over", "silence", "lost", "restored")


def live_intents(state: State) -> frozenset[str]:
    """Give the intents that have a row in `state`."""
    return frozenset(key for where, key in TRANSITIONS if where is state and key not in TRIGGERS)


SAYS: dict[State, tuple[str, ...]] = {
    S.IDLE: ("session.welcome",),
    S.BALL_QUESTION: ("ball.ask",),
    S.READY: ("ready.ask",),
    S.PAIN_LEG: ("pain.leg_or_numb",),
    S.PAIN_SCORE: ("pain.score",),
    S.LEG_END: ("pain.leg_end",),
    S.SAFE_END: ("pain.safe_end",),
}
"""What entering a state always says; the other states' words come from the plan (guiding.py)."""


SILENCES: dict[State, tuple[float, ...]] = {
    S.IDLE: (60.0, 120.0, 600.0),
    S.BALL_QUESTION: (8.0, 8.0, 8.0),
    S.READY: (30.0, 30.0, 30.0),
    S.PAUSED: (60.0, 240.0, 600.0),
    S.CANNOT_HEAR: (50.0, 60.0),
    S.PAIN_LEG: (8.0, 10.0),
    S.PAIN_SCORE: (8.0, 10.0),
    S.PAIN_OFFER: (10.0, 15.0),
}
"""Seconds of silence after the coach's words, one for each time it asks again; after the last one the
trigger `silence` follows. A safety question is asked once more only. Getting into position and a pause
take a person's time; a question is answered within about 8 s (field convention: 8 s, then once more)."""
