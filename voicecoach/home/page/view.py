"""What the page shows of a status: words and numbers, the same for the first page and for every change.

Pure: no network, no clock, no journal.
"""

from typing import Any

from voicecoach.content.models import Content
from voicecoach.home.control import SCORES
from voicecoach.home.status import AWAY, Status
from voicecoach.home.words import Words

Shown = dict[str, Any]
"""A value of plain JSON."""

BUTTONS = ("ready", "yes", "no", "resume", "pause", "next", "stop", "pain")
"""The page's buttons in their order; one that means nothing now is not shown, but for the last four."""
ALWAYS = ("pause", "next", "stop", "pain")
ROUTINES = ("morning", "evening", "stretch", "five_minutes")
"""Routines that the page offers to start, where there are such."""
COUNTED = ("hold", "alternate", "lead_in", "rest")
"""States whose seconds are worth a big number."""
OVER = (AWAY, "ended")


def show(status: Status, now: float, content: Content, words: Words) -> Shown:
    """Put a status into the page's words; `now` is the moment on the sample clock, in seconds."""
    left = status.seconds_left(now) if status.state in COUNTED else None
    return {
        "state": status.state,
        "title": words.states.get(status.state, status.state),
        "ask": words.asks.get(status.state, ""),
        "exercise": name_of(status.exercise, content),
        "drawing": status.exercise or "",
        "place": _place(status, words),
        "seconds": None if left is None else round(left, 2),
        "voice": status.voice,
        "hearing": words.voices[status.voice],
        "pain": status.pain,
        "buttons": {intent: intent in status.live for intent in BUTTONS},
        "scores": "number" in status.live,
        "starts": "start" in status.live,
        "tallies": [_tally(tally, content, words) for tally in status.tallies],
    }


def name_of(exercise: str | None, content: Content) -> str:
    """Give an exercise's name in the content's language; empty where there is none."""
    return content.exercises[exercise].name if exercise and exercise in content.exercises else ""


def starts(content: Content) -> list[tuple[str, str]]:
    """Give the routines that the page offers to start, by id and name."""
    offered = (name for name in ROUTINES if name in content.routines)
    return [(name, " ".join(content.text(f"routine.{name}"))) for name in offered]


def scores() -> list[int]:
    """Give the pain scores that can be chosen."""
    return list(SCORES)


def _place(status: Status, words: Words) -> str:
    parts = [words.sides[status.side]] if status.side else []
    if status.repetition and status.repetitions:
        numbers = {"repetition": status.repetition, "repetitions": status.repetitions}
        parts.append(words.page["repetition"].format(**numbers))
    return " · ".join(parts)


def _tally(tally: Any, content: Content, words: Words) -> Shown:
    side = words.sides[tally.side or "both"]
    return {
        "name": name_of(tally.exercise, content),
        "side": side if tally.side else "",
        "done": tally.done,
        "asked": tally.asked,
    }
