"""What can happen to a session. Whoever tells it also tells when, in seconds on the sample clock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Reason = Literal["device", "recogniser", "clipped"]
"""Why nobody is heard: no sound comes, nothing understands it, or it is driven far beyond its range."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The person said something that is live now."""

    intent: str
    """An intent of the grammar file."""
    slots: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotHeard:
    """The person said something, and it was no live phrase."""


@dataclass(frozen=True, slots=True)
class OthersTalk:
    """Others talk all the time, so what the person says may be missed."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The microphone gives nothing any more, or nobody is there who could understand it."""

    reason: Reason = "device"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was lost is there again."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """All that was to be said has been said."""


@dataclass(frozen=True, slots=True)
class Due:
    """The moment that `Session.due` named has come."""


Event = Heard | NotHeard | OthersTalk | Lost | Restored | Spoken | Due
