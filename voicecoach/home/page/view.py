"""What the page shows of a status: words and numbers, the same for the first page and for every change.

Pure: no network, no clock, no journal.
"""

from typing import Any

from voicecoach.content.models import Content
from voicecoach.home.control import SCORES
from voicecoach.home.status import PAINFUL, Status
from voicecoach.home.words import Words

Shown = dict[str, Any]
"""A value of plain JSON."""

ANSWERS = ("ready", "resume", "yes", "no")
"""Buttons that are shown while they mean something."""
ALWAYS = ("pause", "next", "stop", "pain")
"""Buttons that are always shown, so that a hand finds them."""
MISLEADING = {
    "ready": ("hold", "paused", "pain_offer"),
    "resume": ("pain_offer",),
    "yes": ("ready", "paused"),
    "no": ("paused",),
}
"""Where a spoken word means something that its button would not tell."""
ROUTINES = ("morning", "evening", "stretch", "five_minutes")
"""Routines that the page offers to start, where there are such."""
COUNTED = ("hold", "alternate", "lead_in", "rest")
"""States whose seconds are worth a big number."""
PICTURES = {"position": "start", "ready": "start", "rest": "start", "hold": "end"}
"""Which of an exercise's pictures a state is shown by; the others by its movement."""


def show(status: Status, now: float, content: Content, words: Words) -> Shown:
    """Put a status into the page's words; `now` is the moment on the sample clock, in seconds."""
    left = status.seconds_left(now) if status.state in COUNTED else None
    return {
        "state": status.state,
        "title": words.states.get(status.state, status.state),
        "ask": words.asks.get(status.state, ""),
        "exercise": name_of(status.exercise, content),
        "drawing": _drawing(status),
        "place": _place(status, words),
        "seconds": None if left is None else round(left, 2),
        "voice": status.voice,
        "hearing": words.voices[status.voice],
        "pain": status.pain,
        "buttons": {intent: intent in status.live for intent in ALWAYS},
        "answers": {intent: _is_answer(intent, status) for intent in ANSWERS},
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


def _is_answer(intent: str, status: Status) -> bool:
    return intent in status.live and status.state not in MISLEADING[intent]


def _drawing(status: Status) -> str:
    drawn = status.exercise and status.state not in PAINFUL
    return f"{status.exercise}/{PICTURES.get(status.state, 'movement')}" if drawn else ""


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
