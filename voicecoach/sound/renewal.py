"""Taking over from a sound card's process that spins: another is opened beside it; nothing waits.

PortAudio 19.6 over ALSA's PulseAudio plugin takes a whole core for good once its process was kept waiting
for half a second, though the sound goes on as before (measured). A new process does not, and the sound
server plays for both until the first is ended.
"""

from collections.abc import Callable

from voicecoach.errors import SoundError
from voicecoach.sound.line import Line

OPENING_SECONDS = 15.0
"""How long the other may take until it hears: nobody waits for it."""
PAUSE_SECONDS = 10.0
"""Between two attempts: a device that can be opened only once lets none succeed."""


class Renewal:
    """The attempts at a successor; seconds are whatever clock the caller has."""

    def __init__(self, open_line: Callable[[], Line]) -> None:
        self._open_line = open_line
        self._line: Line | None = None
        self._next = self._until = 0.0

    def poll(self, now: float) -> Line | None:
        """Take the next step; gives a line that hears, else None."""
        if self._line is None:
            self._begin(now)
            return None
        try:
            return self._look(self._line, now)
        except SoundError:
            self.close()
            return None

    def _begin(self, now: float) -> None:
        if now >= self._next:
            self._line = self._open_line()
            self._until, self._next = now + OPENING_SECONDS, now + PAUSE_SECONDS

    def _look(self, line: Line, now: float) -> Line | None:
        if line.opened is None:
            if line.open(0) is not None:
                line.start()
        elif line.has_more():
            self._line = None
            return line
        if now > self._until:
            raise SoundError("The sound card does not answer.")
        return None

    def close(self) -> None:
        """Give up what is open."""
        if self._line is not None:
            self._line.close()
        self._line = None
