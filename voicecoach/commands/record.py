"""Who watches a session: the event log, the transcript, and the terminal."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console

from voicecoach.errors import SoundError
from voicecoach.journal.events import EventLog
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed
from voicecoach.session.course import Course
from voicecoach.session.plan import WORK
from voicecoach.session.session import Session

Event = dict[str, Any]

MARKS = {
    "say": "coach ",
    "heard": "person",
    "count": "count ",
    "cue": "tone  ",
    "hold": "hold  ",
    "move": "move  ",
}


def describe(event: Event) -> str | None:
    """Put an event into a line for people, or None where it would only be noise."""
    kind = event["kind"]
    if kind not in WORDS:
        return None
    words = WORDS[kind](event)
    return f"{event['t']:8.2f}  {MARKS.get(kind, '      ')}  {words}"


def _span(event: Event) -> str:
    side = f", {event['side']} side" if event["side"] else ""
    how = "" if event["completed"] else ", not to its end"
    place = f"{event['exercise']}: repetition {event['rep']}{side}"
    return f"{place}, {event['end'] - event['start']:.2f} s of {event['seconds']:g}{how}"


def _pain(event: Event) -> str:
    strength = () if event["score"] is None else (f"{event['score']} of 10",)
    leg = () if event["leg"] is None else ("into a leg" if event["leg"] else "not into a leg",)
    instead = ("not what was heard",) if event.get("takes_back") else ()
    return f"--- pain {event['when']}: {', '.join((*instead, *strength, *leg))}"


def _exercise(event: Event) -> str:
    reason = f" ({event['reason']})" if event["reason"] else ""
    return f"--- {event['name']}: {event['action']}{reason}"


WORDS: dict[str, Callable[[Event], str]] = {
    "say": lambda event: event["text"] + ("" if event["completed"] else " [cut]"),
    "heard": lambda event: f"“{event['text']}” → {event['intent']} {event['slots'] or ''}".rstrip(),
    "not_heard": lambda _event: "person  (not understood)",
    "count": lambda event: str(event["n"]),
    "cue": lambda event: event["name"],
    "hold": _span,
    "move": _span,
    "exercise": _exercise,
    "session": lambda event: f"=== {event['routine']}: {event['action']}, heard by {event['recognizer']}",
    "microphone": lambda event: f"--- the microphone was {event['action'].replace('_', ' ')}",
    "pain": _pain,
    "alarm": lambda event: f"!!! alarm: {event['reason']}",
}


@dataclass(slots=True)
class Screen:
    """Writes the transcript as it happens; `console` is a terminal or a file."""

    console: Console

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Nothing to show before it is said."""

    def happened(self, event: Event) -> None:
        """Show an event's line."""
        line = describe(event)
        if line is not None:
            self.console.print(line, markup=False, highlight=False, soft_wrap=True)


@dataclass(slots=True)
class Folder:
    """Writes events.jsonl and transcript.txt into a folder."""

    folder: Path
    _log: EventLog = field(init=False)
    _screen: Screen = field(init=False)

    def __post_init__(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._log = EventLog(self.folder / "events.jsonl")
            transcript = (self.folder / "transcript.txt").open("w", encoding="utf-8")
        except OSError as error:
            raise SoundError(
                f"{self.folder}: the session cannot be written there ({error.strerror})."
            ) from error
        self._screen = Screen(Console(file=transcript, width=200))

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Nothing to write before it is said."""

    def happened(self, event: Event) -> None:
        """Write an event."""
        self._log.append(event)
        self._screen.happened(event)

    def close(self) -> None:
        """Close the files."""
        self._log.close()
        self._screen.console.file.close()


@dataclass(slots=True)
class Diary:
    """Keeps a session in the journal, from the moment it was started by voice or by name."""

    journal: Journal
    opened: datetime
    """The wall time at second 0 of the sample clock."""
    session: Session
    """Whose plan is what was prescribed."""
    _id: str | None = field(default=None, init=False)

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Nothing to keep before it is said."""

    def happened(self, event: Event) -> None:
        """Keep an event."""
        if self._id is None and event["kind"] == "session":
            self._id = self._begin(event)
        if self._id is not None:
            self.journal.write(self._id, event)

    def _begin(self, event: Event) -> str:
        """Begin the session at the moment of its start: the wait before it is no part of it."""
        who = (event["routine"], event["lang"], event["recognizer"])
        started = self.opened + timedelta(seconds=event["t"])
        return self.journal.begin_session(
            *who, started, clock=event["t"], plan=prescribed(self.session.course)
        )


def prescribed(course: Course) -> list[Prescribed]:
    """Sum up what a course asks for, without what is left out of it."""
    work = [step for step in course.steps if step.state in WORK and step.family not in course.off]
    counted = Counter((step.family, step.side, step.seconds) for step in work)
    return [Prescribed(*dose, repetitions) for dose, repetitions in counted.items()]
