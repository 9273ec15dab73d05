"""What the loop asks of a recogniser, whichever it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from voicecoach.sound.audio import AudioChunk


@dataclass(frozen=True, slots=True)
class Transcript:
    """One utterance, or the part of it heard so far. Times are on the sample clock, in samples."""

    text: str
    """The best phrase, in the words of the grammar; empty when nothing came close."""
    start: int
    """Where the words began."""
    end: int
    """Where the words ended."""
    confidence: float
    """0…1; what it rests on differs from recogniser to recogniser."""
    accepted: bool
    """Whether the recogniser stands by `text`; if not, something was said that is no live phrase."""
    final: bool = True
    """False for a decision taken while speech goes on (stop and pain phrases only)."""
    raised: bool = False
    """Whether it was said louder than others who talk all the time."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What the person wants, in the words of the grammar file."""

    name: str
    slots: dict[str, str | int] = field(default_factory=dict)
    text: str = ""
    confidence: float = 1.0
    start: int = 0
    """Where the words began, in samples."""
    end: int = 0
    """Where the words ended, in samples."""


class Recognizer(Protocol):
    """Turns sound into transcripts. Built once with a language's grammar; lives through the session."""

    name: str
    """'vosk' or 'moonshine', as in events and settings."""

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk. `live` names the intents that may be understood from now on.

        An utterance is judged by what was live when its words began. Chunks must follow each other
        without gaps.
        """
        ...

    def finish(self) -> Sequence[Transcript]:
        """Decide on whatever is still open, at the end of a recording."""
        ...
