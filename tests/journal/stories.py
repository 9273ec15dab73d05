"""Sessions to write into journals, as they happen."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from voicecoach.journal.journal import Journal

SEOUL = timezone(timedelta(hours=9))
MORNING = datetime(2026, 12, 1, 7, 0, tzinfo=SEOUL)
NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)

Event = dict[str, Any]


def session_event(t: float, action: str, routine: str = "morning") -> Event:
    return {
        "kind": "session",
        "t": t,
        "action": action,
        "routine": routine,
        "lang": "en",
        "recognizer": "vosk",
    }


def exercise(t: float, name: str, action: str, reason: str | None = None) -> Event:
    return {"kind": "exercise", "t": t, "name": name, "action": action, "reason": reason}


def hold(  # noqa: PLR0913 - a hold is as many things
    t: float, name: str, rep: int, side: str | None = None, *, seconds: float = 10, held: float | None = None
) -> Event:
    held = seconds if held is None else held
    span = {"seconds": seconds, "start": t - held, "end": t, "completed": held >= seconds}
    return {"kind": "hold", "t": t, "exercise": name, "set": 1, "rep": rep, "side": side, **span}


def pain(t: float, when: str, score: int | None, *, leg: bool | None = False) -> Event:
    return {"kind": "pain", "t": t, "when": when, "score": score, "leg": leg}


def say(t: float, text: str) -> Event:
    return {
        "kind": "say",
        "t": t,
        "prompt": "a.prompt",
        "text": text,
        "start": t,
        "end": t,
        "completed": True,
    }


def whole_session() -> Iterator[Event]:
    """A morning of contraction and rotation, with the pain going from 4 to 2."""
    yield session_event(0, "start")
    yield pain(5, "before", 4)
    yield exercise(10, "abdominal_contraction", "start")
    for rep in range(1, 6):
        yield {"kind": "count", "t": 10.0 + 10 * rep, "n": 1}
        yield hold(15.0 + 10 * rep, "abdominal_contraction", rep, seconds=5)
    yield exercise(70, "abdominal_contraction", "done")
    yield exercise(71, "ball_alternation", "left_out", "no ball")
    yield exercise(75, "rotation", "start")
    for rep in (1, 2):
        yield hold(80.0 + 40 * rep, "rotation", rep, "left")
        yield hold(100.0 + 40 * rep, "rotation", rep, "right")
    yield exercise(185, "rotation", "done")
    yield pain(190, "after", 2)
    yield session_event(240, "done")


def write_all(
    journal: Journal, started: datetime, events: Iterator[Event] | list[Event], routine: str = "morning"
) -> str:
    session = journal.begin_session(routine, "en", "vosk", started)
    for event in events:
        journal.write(session, event)
    return session
