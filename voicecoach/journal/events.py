"""The published format of events: one JSON object a line, checked before it is written anywhere.

`t` is the moment at which an event was written, in seconds on the sample clock, and never falls
within a file. Spans have their actual start and end on the same clock and are written when they
end. This module knows the format and files of it; it knows no database and no session.
"""

import errno
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from voicecoach.errors import JournalError
from voicecoach.model import FileModel

Seconds = Annotated[float, Field(ge=0, le=1e9)]
"""A moment on the sample clock, or a length."""
Side = Literal["left", "right"]
Score = Annotated[int, Field(ge=0, le=10)]
"""Pain in words, from 0, none, to 10, the worst that can be imagined."""


class _Event(FileModel):
    """What every event has. Strict: a number is no text and a truth no number."""

    model_config = ConfigDict(strict=True)

    t: Seconds
    """When it was written."""


class _Span(_Event):
    """An event that lasted."""

    start: Seconds
    end: Seconds

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"it ends at {self.end} s, before its start at {self.start} s")
        return self


class StateEvent(_Event):
    """The session went from one state to another."""

    kind: Literal["state"]
    origin: str = Field(alias="from")
    to: str
    trigger: str


class SayEvent(_Span):
    """A prompt was spoken, to its end or not."""

    kind: Literal["say"]
    prompt: str
    text: str
    completed: bool


class CueEvent(_Event):
    """A tone was played."""

    kind: Literal["cue"]
    name: str


class CountEvent(_Event):
    """A number was counted aloud."""

    kind: Literal["count"]
    n: int


class _WorkEvent(_Span):
    """A stretch of the exercise itself."""

    exercise: str
    set: Annotated[int, Field(ge=1)]
    rep: Annotated[int, Field(ge=1)]
    side: Side | None
    seconds: Seconds
    """As planned; what it really lasted is end - start."""
    completed: bool


class HoldEvent(_WorkEvent):
    """A position was held."""

    kind: Literal["hold"]


class MoveEvent(_WorkEvent):
    """One side of an alternation was done."""

    kind: Literal["move"]


class RestEvent(_Span):
    """There was a rest."""

    kind: Literal["rest"]
    seconds: Seconds


class HeardEvent(_Span):
    """Something was understood."""

    kind: Literal["heard"]
    text: str
    intent: str
    slots: dict[str, str | int]
    confidence: Annotated[float, Field(allow_inf_nan=False)]


class NotHeardEvent(_Span):
    """Something was said that was not understood."""

    kind: Literal["not_heard"]


class ExerciseEvent(_Event):
    """An exercise began or came to one of its ends."""

    kind: Literal["exercise"]
    name: str
    action: Literal["start", "done", "skipped", "left_out"]
    reason: str | None


class SessionEvent(_Event):
    """The session began or came to one of its ends."""

    kind: Literal["session"]
    action: Literal["start", "done", "stopped"]
    routine: str | None
    lang: str
    recognizer: str
    resumes: str | None = None
    """At the start: the session that was broken off and is gone on with."""


class AlarmEvent(_Event):
    """Something was told for which the coach gives urgent advice; a command of the user's own may be run."""

    kind: Literal["alarm"]
    reason: Literal["red_flag", "cannot_get_up"]


class PainEvent(_Event):
    """The person told how strong the pain is, or whether it goes into a leg."""

    kind: Literal["pain"]
    when: Literal["before", "during", "after"]
    score: Score | None
    """None where it was not told."""
    leg: bool | None
    """Whether it goes into a leg or feels numb; None where it was not asked or not told."""
    takes_back: bool = False
    """Whether the score that was told last was wrong; `score` is the right one, if it was said at once."""


class MicrophoneEvent(_Event):
    """The microphone was lost, came back, or the session ended because it did not."""

    kind: Literal["microphone"]
    action: Literal["lost", "restored", "given_up"]


Event = Annotated[
    StateEvent
    | SayEvent
    | CueEvent
    | CountEvent
    | HoldEvent
    | MoveEvent
    | RestEvent
    | HeardEvent
    | NotHeardEvent
    | ExerciseEvent
    | SessionEvent
    | PainEvent
    | MicrophoneEvent
    | AlarmEvent,
    Field(discriminator="kind"),
]
"""Any one of them, told apart by `kind`."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)


def parse_event(event: Mapping[str, Any], what: str = "The event") -> Event:
    """Check one event and give it as its model.

    Raises JournalError with everything in which it differs from the published format, each sentence
    beginning with `what`.
    """
    try:
        return _EVENT.validate_python(dict(event))
    except ValidationError as error:
        raise JournalError(*_problems_of(error, what)) from error


def parse_line(line: str | bytes, what: str = "The event") -> Event:
    """Check one line and give its event. Raises JournalError like parse_event."""
    try:
        return _EVENT.validate_json(line)
    except ValidationError as error:
        raise JournalError(*_problems_of(error, what)) from error


def line_of(event: Mapping[str, Any]) -> str:
    """Check one event and give its line, without the line's end. Raises JournalError like parse_event."""
    parse_event(event)
    return dump(event)


def dump(event: Mapping[str, Any]) -> str:
    """Give the line of an event that was checked before. Raises JournalError for half a character."""
    line = json.dumps(event, ensure_ascii=False, allow_nan=False)
    try:
        line.encode()
    except UnicodeEncodeError as error:
        raise JournalError(
            f"The event cannot be used: it has half a character in it ({error.reason})."
        ) from error
    return line


def _problems_of(error: ValidationError, what: str) -> list[str]:
    return [f"{what} cannot be used: {_place(problem['loc'])}{problem['msg']}." for problem in error.errors()]


def _place(location: tuple[int | str, ...]) -> str:
    return f"'{'.'.join(map(str, location))}': " if location else ""


def read_events(path: Path) -> Iterator[Event]:
    """Give the events of an events.jsonl, in their order.

    Raises JournalError naming file and line where one cannot be read or `t` falls.
    """
    latest = 0.0
    for number, line in enumerate(_lines(path), 1):
        event = parse_line(line, f"{path}, line {number}:")
        if event.t < latest:
            raise JournalError(
                f"{path}, line {number}: t falls from {latest} to {event.t}; time only goes on."
            )
        latest = event.t
        yield event


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror}.") from error


class EventLog:
    """Writes events.jsonl, a line at a time, each at once with the system; a line is never half there."""

    def __init__(self, path: Path) -> None:
        """Begin a new file at `path`. Raises JournalError where that cannot be."""
        self._path = path
        self._latest = 0.0
        self._length = 0
        try:
            self._file = path.open("wb", buffering=0)
        except OSError as error:
            raise self._told(error) from error

    def append(self, event: Mapping[str, Any]) -> None:
        """Append one event.

        Raises JournalError when it is not of the published format, its `t` lies before the last
        one's, or the disk does not take it.
        """
        line = line_of(event).encode() + b"\n"
        if event["t"] < self._latest:
            raise JournalError(f"The event's t falls from {self._latest} to {event['t']}; time only goes on.")
        try:
            self._put(line)
        except OSError as error:
            with suppress(OSError):  # what cannot be cut off either stays for the reader to name
                self._file.truncate(self._length)
                self._file.seek(self._length)
            raise self._told(error) from error
        self._latest = event["t"]

    def _put(self, line: bytes) -> None:
        if self._file.write(line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._length += len(line)

    def close(self) -> None:
        """Close the file; nothing is lost without it."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _told(self, error: OSError) -> JournalError:
        return JournalError(
            f"{self._path} cannot be written: {error.strerror}. Choose another folder, or make room."
        )
