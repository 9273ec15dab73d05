"""The session's states and the table of what leads from one to another.

The table is the single source of what is listened for: an intent is live in a state if there is a
row for it. The diagram in docs/session.md is printed from it (diagram.py).

The second key of a row is an intent of the grammar or a trigger:

    over      all that the state had to say and to wait for is over
    silence   nothing was heard where an answer was asked for, as often as SILENCES allows
    lost      the microphone gives nothing any more
    restored  it does again

A target may be a choice (states.py), which choosing.py makes.
"""

from voicecoach.session.states import (
    ENDING,
    GUIDED,
    LIVE,
    PLANNED,
    QUESTIONS_AFTER,
    QUESTIONS_BEFORE,
    State,
)

S = State

SAFETY = ("stop", "pause", "pain", "numb")
"""Intents that are heard in every live state, and while the coach talks."""

ANSWERS = ("help", "repeat", "slower_speech", "louder", "quieter")
"""Intents that are answered in every live state without leaving it."""

QUESTIONS = (
    *("how_long", "how_many", "whats_next", "why", "count_faster", "count_slower", "no_pain"),
    "how_am_i",
)
"""Intents that are answered within an exercise without leaving it."""

CHANGES = ("easier", "harder", "shorter_hold")
"""Intents that change the dose of the exercise that is being done."""

FIRST_QUESTIONS = (S.PROFILE, S.ASK_FIRST, S.CONFIRM_CLEARED, S.PAIN_NOW, S.GET_DOWN)
"""Questions before the exercises at which no answer about the body of today can be taken back yet, or
not any more."""

SIDES = ("left", "right")
"""Intents that say which side comes first, before an exercise begins."""

ANSWERED = (*ANSWERS, *QUESTIONS, *CHANGES, *SIDES)
"""Intents that are answered where the row leads back to the state itself."""

GOING_ON = (*ANSWERED, "next", "skip", "previous", "resume", "ready")
"""Intents of someone who neither stops nor is in pain."""


def _rows() -> dict[tuple[State, str], State]:
    rows: dict[tuple[State, str], State] = {}
    for state in LIVE:
        rows |= {(state, "stop"): S.PAUSED, (state, "pause"): S.PAUSED, (state, "finish"): S.WIND_UP}
        rows |= {(state, "pain"): S.PAIN_LEG, (state, "numb"): S.LEG_END}
        rows |= {(state, "red_flag"): S.ALARM, (state, "cannot_get_up"): S.STUCK}
        rows |= {(state, answer): state for answer in ANSWERS}
    for state in GUIDED:
        rows |= {(state, "next"): S.STEP, (state, "skip"): S.LEAVE}
        rows |= {(state, "previous"): S.BACK, (state, "get_up"): S.RISE}
        rows |= {(state, question): state for question in QUESTIONS}
    for state in PLANNED:
        rows |= {(state, change): state for change in CHANGES if state is not S.ANNOUNCE}
    rows |= {(S.READY, side): S.READY for side in SIDES}
    rows |= {(state, "over"): S.STEP for state in GUIDED if state is not S.READY}
    rows |= {(state, "over"): S.CLOSING for state in (S.LEG_END, S.SAFE_END)}
    for state in QUESTIONS_BEFORE:
        rows |= {(state, "pain"): S.LEG_NOW, (state, "numb"): S.FLAGS, (state, "silence"): S.PAUSED}
        rows |= {(state, intent): S.ASK for intent in ("yes", "no")}
    rows |= {(state, "correct"): S.ASK for state in QUESTIONS_BEFORE if state not in FIRST_QUESTIONS}
    for state in QUESTIONS_AFTER:
        rows |= {(state, "pain"): state, (state, "numb"): S.LEG_END, (state, "finish"): S.CLOSING}
        rows |= {(state, "silence"): S.CLOSING}
    for state, step in ((S.GET_DOWN, S.DOWN), (S.GET_UP, S.UP)):
        rows |= {(state, intent): step for intent in ("ready", "yes", "next", "resume")}
        rows |= {(state, "pause"): state, (state, "no"): state}
    rows |= {(state, "lost"): S.CANNOT_HEAR for state in LIVE if state not in (S.CANNOT_HEAR, *ENDING)}
    for state in ENDING:  # nothing is left to pause, and what to do must be heard to its end
        rows |= {(state, intent): state for intent in ("pain", "numb", "finish")}
        rows |= {(state, intent): S.ENDED for intent in ("stop", "pause")}
    return rows | _OWN_ROWS


_OWN_ROWS: dict[tuple[State, str], State] = {
    (S.IDLE, "start"): S.BEGIN,
    (S.IDLE, "stop"): S.CLOSING,
    (S.IDLE, "pause"): S.IDLE,
    (S.IDLE, "how_am_i"): S.IDLE,
    (S.IDLE, "silence"): S.CLOSING,
    (S.RESUME_OFFER, "yes"): S.ASK,
    (S.RESUME_OFFER, "resume"): S.ASK,
    (S.RESUME_OFFER, "no"): S.IDLE,
    (S.RESUME_OFFER, "start"): S.BEGIN,
    (S.RESUME_OFFER, "stop"): S.CLOSING,
    (S.RESUME_OFFER, "pause"): S.RESUME_OFFER,
    (S.RESUME_OFFER, "silence"): S.CLOSING,
    (S.ASK_FIRST, "cleared"): S.CONFIRM_CLEARED,
    (S.ASK_FIRST, "yes"): S.CONFIRM_CLEARED,
    (S.ASK_FIRST, "no"): S.CLOSING,
    (S.ASK_FIRST, "silence"): S.CLOSING,
    (S.CONFIRM_CLEARED, "no"): S.CLOSING,
    (S.CONFIRM_CLEARED, "silence"): S.CLOSING,
    (S.PAIN_NOW, "number"): S.ASK,
    (S.PAIN_NOW, "no_pain"): S.ASK,
    (S.PAIN_NOW, "pain"): S.PAIN_NOW,
    (S.PAIN_NOW, "yes"): S.PAIN_NOW,
    (S.PAIN_NOW, "no"): S.PAIN_NOW,
    (S.LEG_NOW, "no_pain"): S.ASK,
    (S.FLAGS, "yes"): S.ALARM,
    (S.FLAGS, "numb"): S.ALARM,
    (S.FLAGS, "silence"): S.SAFE_END,
    (S.LAST_TIME, "no_pain"): S.ASK,
    (S.LAST_TIME, "pain"): S.ASK,
    (S.GET_DOWN, "skip"): S.ASK,
    (S.READY, "ready"): S.STEP,
    (S.READY, "yes"): S.STEP,
    (S.READY, "silence"): S.PAUSED,
    (S.REST, "ready"): S.STEP,
    (S.HOLD, "ready"): S.STEP,
    (S.REPAIR_OFFER, "yes"): S.REPAIR,
    (S.REPAIR_OFFER, "no"): S.STEP,
    (S.REPAIR_OFFER, "next"): S.STEP,
    (S.REPAIR_OFFER, "skip"): S.STEP,
    (S.REPAIR_OFFER, "silence"): S.PAUSED,
    (S.PAUSED, "resume"): S.RETURN,
    (S.PAUSED, "ready"): S.RETURN,
    (S.PAUSED, "yes"): S.RETURN,
    (S.PAUSED, "stop"): S.CLOSING,
    (S.PAUSED, "no"): S.CLOSING,
    (S.PAUSED, "skip"): S.LEAVE,
    (S.PAUSED, "next"): S.LEAVE,
    (S.PAUSED, "previous"): S.BACK,
    (S.PAUSED, "get_up"): S.RISE,
    (S.PAUSED, "how_long"): S.PAUSED,
    (S.PAUSED, "how_many"): S.PAUSED,
    (S.PAUSED, "how_am_i"): S.PAUSED,
    (S.PAUSED, "whats_next"): S.PAUSED,
    (S.PAUSED, "silence"): S.CLOSING,
    (S.CANNOT_HEAR, "restored"): S.RESTORE,
    (S.CANNOT_HEAR, "stop"): S.CLOSING,
    (S.CANNOT_HEAR, "pause"): S.CANNOT_HEAR,
    (S.CANNOT_HEAR, "finish"): S.CLOSING,
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
    (S.PAIN_OFFER, "no"): S.WIND_UP,
    (S.PAIN_OFFER, "correct"): S.CORRECTED,
    (S.PAIN_OFFER, "silence"): S.SAFE_END,
    (S.GET_UP, "skip"): S.PAIN_AFTER,
    (S.GET_UP, "finish"): S.PAIN_AFTER,
    (S.GET_UP, "silence"): S.SAFE_END,
    (S.STUCK, "ready"): S.RISE,
    (S.STUCK, "yes"): S.RISE,
    (S.STUCK, "resume"): S.RISE,
    (S.STUCK, "finish"): S.CLOSING,
    (S.STUCK, "silence"): S.SAFE_END,
    (S.PAIN_AFTER, "number"): S.LEG_AFTER,
    (S.PAIN_AFTER, "no_pain"): S.LEG_AFTER,
    (S.LEG_AFTER, "yes"): S.LEG_END,
    (S.LEG_AFTER, "no"): S.CLOSING,
    (S.LEG_AFTER, "correct"): S.CORRECTED,
    (S.LEG_AFTER, "no_pain"): S.CLOSING,
    (S.ALARM, "over"): S.ENDED,
    (S.CLOSING, "over"): S.ENDED,
}

TRANSITIONS: dict[tuple[State, str], State] = _rows()

TRIGGERS = ("over", "silence", "lost", "restored")


def live_intents(state: State) -> frozenset[str]:
    """Give the intents that have a row in `state`."""
    return frozenset(key for where, key in TRANSITIONS if where is state and key not in TRIGGERS)


SAYS: dict[State, tuple[str, ...]] = {
    S.IDLE: ("session.welcome",),
    S.ASK_FIRST: ("profile.ask_first",),
    S.CONFIRM_CLEARED: ("profile.confirm",),
    S.PAIN_NOW: ("before.pain",),
    S.LEG_NOW: ("before.leg",),
    S.FLAGS: ("before.flags",),
    S.LAST_TIME: ("before.last_time",),
    S.UP_AN_HOUR: ("before.up_an_hour",),
    S.BALL_QUESTION: ("ball.ask",),
    S.FLOOR_QUESTION: ("floor.ask",),
    S.READY: ("ready.ask",),
    S.PAIN_LEG: ("pain.leg_or_numb",),
    S.PAIN_SCORE: ("pain.score",),
    S.PAIN_AFTER: ("after.pain",),
    S.LEG_AFTER: ("after.leg",),
    S.STUCK: ("floor.stuck",),
    S.ALARM: ("alarm.urgent", "alarm.again", "alarm.urgent"),
    S.LEG_END: ("pain.leg_end", "alarm.again", "pain.leg_urgent"),
    S.SAFE_END: ("pain.safe_end",),
}
"""What entering a state always says; the other states' words come from the plan (entering.py)."""

_QUESTION = (8.0, 8.0, 8.0)
_SAFETY_QUESTION = (8.0, 10.0)
_WAIT = (60.0, 240.0, 600.0)

SILENCES: dict[State, tuple[float, ...]] = {
    **dict.fromkeys(QUESTIONS_BEFORE, _QUESTION),
    S.IDLE: (60.0, 120.0, 600.0),
    S.RESUME_OFFER: (60.0, 120.0, 600.0),
    S.ASK_FIRST: (30.0, 30.0),
    S.FLAGS: (10.0, 15.0),
    S.GET_DOWN: _WAIT,
    S.READY: (30.0, 30.0, 30.0),
    S.REPAIR_OFFER: _QUESTION,
    S.PAUSED: _WAIT,
    S.CANNOT_HEAR: (50.0, 60.0),
    S.PAIN_LEG: _SAFETY_QUESTION,
    S.PAIN_SCORE: _SAFETY_QUESTION,
    S.PAIN_OFFER: (10.0, 15.0),
    S.GET_UP: _WAIT,
    S.STUCK: (60.0, 120.0, 240.0),
    S.PAIN_AFTER: _QUESTION,
    S.LEG_AFTER: _QUESTION,
}
"""Seconds of silence after the coach's words, one for each time it asks again; after the last one the
trigger `silence` follows. A safety question is asked once more only. Getting into position and a pause
take a person's time; a question is answered within about 8 s (field convention: 8 s, then once more)."""
