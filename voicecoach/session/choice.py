"""What is settled before a session begins: the wishes from the settings, and what the journal tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

UNKNOWN_DAY = datetime(2000, 1, 2, 12)  # noqa: DTZ001 - the session compares days of one place only


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen before the session starts."""

    recognizer: str = "text"
    """Who listens, as the record names it."""
    routine: str = "morning"
    """What "start" alone starts."""
    counting: str = "all"
    """'all' counts every second of a hold, 'few' halfway and the last three."""
    soon_after_getting_up: Literal["last", "evening", "as_is"] = "last"
    """What happens to bending exercises within an hour of getting up: they come last, are left for the
    evening, or stay where the routine has them (then it is not asked)."""


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """A session that ended in the middle of something, and the last repetition of it that was finished."""

    session: str
    """Its id in the journal."""
    routine: str
    minutes_ago: float
    exercise: str | None
    """The exercise that was being done; None between two."""
    set: int | None
    """Of the last repetition that was finished, like `rep` and `side`; None before the first."""
    rep: int | None
    side: Literal["left", "right"] | None
    over: Sequence[str]
    """The exercises that were done to their end, skipped or left out."""


@dataclass(frozen=True, slots=True)
class Past:
    """What the journal knows as the session begins."""

    now: datetime = UNKNOWN_DAY
    """The wall time where the person is, as the session begins."""
    broken_off: BrokenOff | None = None
    mornings: int = 0
    """Days in a row with a morning session, up to today or yesterday."""
    evenings: int = 0
