"""Whether others talk in the room, such as a television: much is said, and none of it is for the coach.

It knows how long people spoke without being understood, and no words. Pure.
"""

from collections import deque
from dataclasses import dataclass, field

from voicecoach.sound.audio import samples_of

WITHIN_SAMPLES = samples_of(30.0)
"""How far back it remembers."""
TALKING_SAMPLES = samples_of(8.0)
"""From so much speech within that on it is talk: a command that is said five times over takes six seconds."""


@dataclass(slots=True)
class Company:
    """What was said of late and not understood."""

    _spans: deque[tuple[int, int]] = field(default_factory=deque)

    def hear(self, start: int, end: int) -> None:
        """Take where something was said that was not understood, in samples."""
        if start < end:
            self._spans.append((start, end))

    def talks(self, now: int) -> bool:
        """Tell whether so much was said until `now` that it can be no command."""
        while self._spans and self._spans[0][1] <= now - WITHIN_SAMPLES:
            self._spans.popleft()
        return sum(end - start for start, end in self._spans) >= TALKING_SAMPLES
