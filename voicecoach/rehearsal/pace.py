"""Life's own pace: a microphone in memory that gives its chunks no sooner than a sound card would.

It is the only thing in a rehearsal that knows what time it is.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.sound.audio import AudioChunk, seconds_of
from voicecoach.sound.ports import Microphone


@dataclass(slots=True)
class Paced:
    """A Microphone that waits before each chunk until it is over in life, `speed` times as fast."""

    microphone: Microphone
    speed: float = 1.0
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _began: float | None = field(default=None, init=False)

    @property
    def delay_samples(self) -> int:
        """Give the microphone's own."""
        return self.microphone.delay_samples

    def read(self) -> AudioChunk | None:
        """Give the next chunk when its time has come."""
        chunk = self.microphone.read()
        if self._began is None:
            self._began = self.clock()
        if chunk is not None:
            wait = self._began + seconds_of(chunk.end) / self.speed - self.clock()
            if wait > 0:
                self.sleep(wait)
        return chunk

    def close(self) -> None:
        """Close the microphone."""
        self.microphone.close()
