"""Taking over from a sound card's process that spins: another is opened beside it; nothing waits.

PortAudio 19.6 over ALSA's PulseAudio plugin takes a whole core for good once its process was kept waiting
for half a second, though the sound goes on as before (measured). A new process does not, and the sound
server plays for both until the first is ended.
"""

from collections.abc import Callable

from voicecoach.errors import SoundError
from voicecoach.sound.attempt import Attempt
from voicecoach.sound.line import Line

PAUSE_SECONDS = 10.0
"""Between two attempts: a device that can be opened only once lets none succeed."""


class Renewal:
    """The attempts at a successor; seconds are whatever clock the caller has."""

    def __init__(self, open_line: Callable[[], Line]) -> None:
        self._open_line = open_line
        self._attempt: Attempt | None = None
        self._next = 0.0

    def poll(self, now: float) -> Line | None:
        """Take the next step; gives a line that hears, else None."""
        if self._attempt is None:
            self._begin(now)
            return None
        try:
            return self._take() if self._attempt.look(now) else None
        except SoundError:
            self.close()
            return None

    def _begin(self, now: float) -> None:
        if now >= self._next:
            self._attempt, self._next = Attempt(self._open_line(), now), now + PAUSE_SECONDS

    def _take(self) -> Line | None:
        attempt, self._attempt = self._attempt, None
        return attempt.line if attempt else None

    def close(self) -> None:
        """Give up what is open."""
        if self._attempt is not None:
            self._attempt.close()
        self._attempt = None
