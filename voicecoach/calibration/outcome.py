"""What a calibration came to, and what follows from it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from voicecoach.calibration.loudness import MOST_DB

TIMES = 3
"""How often each word is said."""
ENOUGH = 2
"""How many of them have to be heard: a stop that was missed is said again at once."""
SAFETY = ("stop", "pain")
"""Without these nobody may be left with voice alone."""
WORDS = (*SAFETY, "ready")
QUIET, OVER = "quiet", "over the coach"


@dataclass(slots=True)
class Outcome:
    """How many of TIMES were heard, by when and which word."""

    gain_db: float = 0.0
    """By how much the microphone has to be turned up here."""

    heard: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, when: str, word: str, *, hit: bool) -> None:
        """Count one try."""
        self.heard[when, word] = self.heard.get((when, word), 0) + hit

    @property
    def problems(self) -> list[str]:
        """Why hands-free use would not be safe here, with what to change; empty where it is."""
        return [
            f"'{word}' was heard {count} of {TIMES} times, {when}; {FIXES[when]}"
            for (when, word), count in self.heard.items()
            if when == QUIET and word in SAFETY and count < ENOUGH
        ]

    def lines(self) -> Iterator[str]:
        """Give each count as a line."""
        for (when, word), count in self.heard.items():
            yield f"{'✓' if count >= ENOUGH else '✗'} {word}, {when}: {count}/{TIMES}"
        if self.gain_db >= 1:
            yield f"You are soft in this microphone: from now on it is turned up by {self.gain_db:.0f} dB."

    def kept(self, day: str) -> dict[str, Any]:
        """Give it as it is remembered."""
        return {"day": day, "problems": self.problems, "gain_db": round(self.gain_db, 1)}


FIXES = {
    QUIET: "put the microphone nearer, speak towards it, and turn off what is loud.",
    OVER: "put the microphone nearer, or turn the loudspeaker down; until then speak in the pauses.",
}


def key_of(microphone: str | None, loudspeaker: str | None) -> str:
    """Name the key under which a room's outcome is remembered: its devices stand for it."""
    return f"room.{microphone or 'usual'}.{loudspeaker or 'usual'}"


def problems_kept(memory: Mapping[str, Any], key: str) -> list[str]:
    """Give why this room was found unsafe; empty where it was not, or was never tried."""
    return list((memory.get(key) or {}).get("problems", ()))


def gain_kept(memory: Mapping[str, Any], key: str) -> float:
    """Give by how many decibels the microphone of this room is turned up; 0 where that was never tried."""
    gain_db = (memory.get(key) or {}).get("gain_db", 0.0)
    known = isinstance(gain_db, int | float) and 0 < gain_db <= MOST_DB
    return float(gain_db) if known else 0.0
