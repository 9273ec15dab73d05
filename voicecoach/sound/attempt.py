"""A line that is being opened, until it hears: looked at now and then, and never waited for."""

from voicecoach.errors import SoundError
from voicecoach.sound.line import Line

OPENING_SECONDS = 6.0
"""How long devices may take to open, on a machine that is slow or busy."""
SOUNDING_SECONDS = 1.5
"""How long open devices may be silent; a suspended microphone opens and gives nothing."""


class Attempt:
    """One attempt at the devices; seconds are whatever clock the caller has."""

    def __init__(self, line: Line, now: float) -> None:
        """Begin with a line that was just started."""
        self.line = line
        self._until = now + OPENING_SECONDS

    def look(self, now: float) -> bool:
        """Tell whether it hears by now. Raises SoundError where it failed."""
        if self.line.opened is None:
            if self.line.open(0) is not None:
                self.line.start()
                self._until = now + SOUNDING_SECONDS
        elif self.line.has_more():
            return True
        if now > self._until:
            raise SoundError("The sound card does not answer.")
        return False

    def close(self) -> None:
        """Give it up."""
        self.line.close()
