"""The live microphone and loudspeaker: one full-duplex stream, kept open, silence included.

Where the devices go away, time goes on: chunks of silence come at real pace, flagged as lost, until
the devices are back. It raises only where they cannot be opened at the beginning.
"""

import logging
import time
from collections.abc import Callable
from typing import Self

import numpy as np

from voicecoach.errors import SoundError
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, seconds_of
from voicecoach.sound.connection import Connection
from voicecoach.sound.hurry import hurry, relax
from voicecoach.sound.line import Line, Way
from voicecoach.sound.outlet import Outlet
from voicecoach.sound.recovery import Recovery
from voicecoach.sound.renewal import Renewal

OPENING_SECONDS = 15.0
"""How long the devices may take to open at the beginning."""
SLEEP_SECONDS = 2.0
"""A system that was suspended for longer has lost its place in the room."""

log = logging.getLogger(__name__)


def suspended_seconds() -> float:
    """Tell how long the system has been suspended since it was started; setting the clock is no suspend."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) - time.clock_gettime(time.CLOCK_MONOTONIC)


class FullDuplex:
    """Microphone and loudspeaker in one stream; `player` is what the loudspeaker plays.

    The thread that opens it, reads and closes it goes first meanwhile, where the system allows it. The
    sample clock starts with the first `read`. A clip placed at sample s is heard by the microphone
    at about s + `delay_samples`, always the same for one stream.
    """

    def __init__(
        self,
        microphone: str | None = None,
        loudspeaker: str | None = None,
        suspended: Callable[[], float] = suspended_seconds,
    ) -> None:
        """Open the devices, by parts of their names. Raises SoundError in plain words."""
        self._names = (microphone, loudspeaker)
        self._suspended = suspended
        self._slept = suspended()
        self._recovery: Recovery | None = None
        self._connection: Connection | None = None
        self._renewal = Renewal(lambda: self._open_line(Way.BOTH))
        self._line = self._open_line(Way.BOTH)
        self._position = 0
        self._last = 0.0
        """When the last chunk came, or would have come."""
        self._stumbled = (0, 0)
        """Before the present connection, as it tells them."""
        self.delay_samples = 0
        """How much later than placed a clip comes back into the microphone, as the system tells it."""
        self.player = Outlet(hush=self._hush)
        self._open()
        self._usual = hurry()

    def _open(self) -> None:
        try:
            opened = self._line.open(OPENING_SECONDS)
        except SoundError:
            self._line.close()
            raise
        if opened is None:
            self._line.close()
            raise SoundError("The sound card does not answer; check the sound server, and try again.")

    def _open_line(self, way: Way) -> Line:
        return Line(*self._names, way)

    def read(self) -> AudioChunk:
        """Wait for the next chunk; where there is none, silence comes in its place, flagged as lost."""
        if self._connection is None and self._recovery is None:
            self._line.start()
            self._connect(self._line)
        chunk = self._hear() or self._wait()
        samples = self.player.render(chunk.start, CHUNK_SAMPLES)
        way = self._connection or self._recovery
        if way is not None:
            way.play(samples)
        self._position = chunk.end
        return chunk

    def _hear(self) -> AudioChunk | None:
        """Give what the microphone hears; None where the devices are lost."""
        if self._connection is None:
            return None
        try:
            heard, played = self._connection.hear()
        except SoundError as error:
            self._lose(str(error))
            return None
        slept = self._suspended() - self._slept
        if slept > SLEEP_SECONDS:
            self._lose(f"The system was suspended for {slept:.0f} s.")
            return None
        self._last = time.monotonic()
        self._renew(self._connection)
        return AudioChunk(self._position, heard, played=played)

    def _renew(self, connection: Connection) -> None:
        """Let another process of the card take over from one that spins, where no word is cut by it."""
        speaking = self.player.busy_until + self.delay_samples > self._position
        if speaking or not connection.spins:
            self._renewal.close()  # what another heard meanwhile would be stale
            return
        line = self._renewal.poll(self._last)
        if line is not None:
            log.warning("At %.1f s another process took the sound card over.", seconds_of(self._position))
            self._end(connection)
            self._connect(line)

    def _end(self, connection: Connection) -> None:
        connection.close()
        self._renewal.close()
        self._stumbled = self._all_stumbles()

    def _wait(self) -> AudioChunk:
        """Let a chunk's time go by without devices."""
        self._last += seconds_of(CHUNK_SAMPLES)
        time.sleep(max(0.0, self._last - time.monotonic()))
        if self._recovery is not None:
            speaking = self.player.busy_until + self.delay_samples > self._position
            line = self._recovery.poll(self._last, speaking=speaking)
            if line is not None:
                self._connect(line)
        silence = np.zeros(CHUNK_SAMPLES, np.float32)
        return AudioChunk(self._position, silence, lost=True, played=silence)

    def _connect(self, line: Line) -> None:
        if line.opened is not None:
            self._connection, self._recovery = Connection(line, line.opened), None
            self.delay_samples = self._connection.delay_samples
            self._last = time.monotonic()

    def _lose(self, reason: str) -> None:
        log.warning("At %.1f s the devices count as lost: %s", seconds_of(self._position), reason)
        if self._connection is not None:
            self._end(self._connection)
        self._connection = None
        late, lost = self._stumbled
        self._stumbled = (late, lost + 1)
        self._slept = self._suspended()
        self._recovery = Recovery(self._open_line, self._last)

    def _hush(self) -> None:
        way = self._connection or self._recovery
        if way is not None:
            way.hush()

    @property
    def stumbles(self) -> int:
        """How many times sound was lost: the loop was too late for a block, or the device was."""
        return sum(self._all_stumbles())

    def _all_stumbles(self) -> tuple[int, int]:
        late, lost = self._connection.stumbles if self._connection else (0, 0)
        return self._stumbled[0] + late, self._stumbled[1] + lost

    def close(self) -> None:
        """Let the last word sound, unless it has long to go, and give the devices back."""
        if self.player.busy_until > self._position:
            self.player.silence(self._position)
        while self._connection is not None and self._position < self.player.busy_until + self.delay_samples:
            self.read()
        for each in (self._line, self._connection, self._recovery, self._renewal):
            if each is not None:
                each.close()
        relax(self._usual)
        if self.stumbles:
            told = "Sound was lost %d times by the program and %d times by the device: the machine is busy."
            log.warning(told, *self._all_stumbles())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
