"""What a session wants done. Each is wanted at the moment at which `handle` was called."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Say:
    """Speak a prompt, after whatever is being spoken."""

    prompt: str
    """A prompt id of the content."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    """What stands in the prompt's braces."""
    within_seconds: float | None = None
    """How soon it has to be over; what would take longer is said in its short form, or left out."""
    short: str | None = None
    """The prompt that says the same in fewer words."""
    asked: bool = False
    """Whether the person asked for it just now, so that counts give way to it."""


@dataclass(frozen=True, slots=True)
class Count:
    """Speak a number exactly now; it is dropped where it would fall into speech."""

    n: int


@dataclass(frozen=True, slots=True)
class Cue:
    """Play a tone exactly now: heard, not_understood, go, halfway or done."""

    name: str


@dataclass(frozen=True, slots=True)
class Hush:
    """Be silent at once and forget all that was still to be said."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """Change how the coach sounds."""

    what: str
    """'volume', 'speech', or 'pace' (of moving and resting, which the session keeps itself)."""
    step: int
    """+1 louder or faster, -1 quieter or slower."""


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep something about this person for the next session."""

    key: str
    value: Any


@dataclass(frozen=True, slots=True)
class Note:
    """Write an event of the published format (its `t` is added by whoever writes it)."""

    kind: str
    fields: Mapping[str, Any]


Effect = Say | Count | Cue | Hush | Adjust | Remember | Note
