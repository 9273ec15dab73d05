"""What the journal keeps, as plain values; pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

Ended = Literal["done", "stopped", "interrupted"]
"""To the plan's end, before it, or broken off by a crash."""

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Prescribed:
    """How much of an exercise the plan of a session asked for, one for each side."""

    exercise: str
    side: Literal["left", "right"] | None
    seconds: float
    """Of one repetition."""
    repetitions: int
    """In all sets together."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session as it was begun, and how it ended if it did."""

    number: int
    id: str
    routine: str
    language: str
    recognizer: str
    started: datetime
    """Aware, with the offset of the place where it was."""
    clock: float
    """The second of the sample clock at which it was started."""
    resumes: str | None
    """The id of the session that this one went on with."""
    plan: tuple[Prescribed, ...]
    """Empty where it was not told."""
    ended: Ended | None
    """None where it never came to an end, or has not yet."""
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A session that was broken off, and the last thing in it that was finished."""

    session: str
    routine: str
    language: str
    minutes_ago: float
    """Since the last thing that was written of it."""
    exercise: str | None
    """The exercise that was being done; None between two."""
    set: int | None
    """Of the last repetition of it that was finished, like `rep` and `side`; None before the first."""
    rep: int | None
    side: Literal["left", "right"] | None
    finished: tuple[str, ...]
    """The exercises that were done to their end, in their order."""
    left_out: tuple[str, ...]
    """The exercises that were skipped or left out, in their order."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Something remembered about the person, from `at` until the next of the same key."""

    key: str
    value: Any
    """Anything that JSON has."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone is in the middle of a session."""

    exercise: str | None = None
    set: int | None = None
    rep: int | None = None
    side: Literal["left", "right"] | None = None
    finished: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def microseconds_of(moment: datetime) -> int:
    """Turn an aware moment into whole microseconds since 1970 in UTC. Raises ValueError where it is naive."""
    if moment.utcoffset() is None:
        raise ValueError(f"{moment} does not say in which time zone it is")
    return (moment - _BEGINNING) // _MICROSECOND


def moment_of(microseconds: int) -> datetime:
    """Turn microseconds since 1970 into a moment in UTC."""
    return _BEGINNING + microseconds * _MICROSECOND
