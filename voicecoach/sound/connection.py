"""An open line in our own terms: samples at RATE_HZ, one channel, chunk by chunk.

What comes in and what goes out is resampled here, on the loop's side. No clock, no clips.
"""

import numpy as np

from voicecoach.errors import SoundError
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, Samples, samples_of
from voicecoach.sound.card import AHEAD_BLOCKS
from voicecoach.sound.line import Line, Opened
from voicecoach.sound.resample import PLAYED, Resampler
from voicecoach.sound.sounddevice import BLOCK_SECONDS

PATIENCE_SECONDS = 2.0
"""A microphone that gives nothing for this long is gone: time would stand still. A sound server on two cores
with a load of 16 was seen to stall for a second, and came back by itself."""
FIRST_PATIENCE_SECONDS = 3.0
"""Likewise at the beginning, where a device may have to wake up."""
SPINNING = 0.5
"""The share of a core that a card's process never needs; 0.02 is usual on the machine it was measured on."""


class Connection:
    """Both directions of one line; a line that hears nothing has only one."""

    def __init__(self, line: Line, opened: Opened) -> None:
        """Take over a line that is open and started."""
        self._line = line
        self._shape = opened.shape
        self._patience_seconds = FIRST_PATIENCE_SECONDS
        self._inlets = [Resampler(opened.shape.rate_hz, RATE_HZ) for _ in range(2)]
        self._outlet = Resampler(RATE_HZ, opened.shape.rate_hz, PLAYED)
        self._waiting = np.zeros((2, 0), np.float32)
        """What was heard and what was played meanwhile, of the same length."""
        self._leaving = np.zeros(0, np.float32)
        self._owed = 0.0
        """How many samples of the device are still in the resampling."""
        self._muted = 0
        """How many of the samples that come out of it are to be silence."""
        self.delay_samples = samples_of(AHEAD_BLOCKS * BLOCK_SECONDS + opened.latency_seconds)
        """How much later than handed over a sound comes back into the microphone."""

    @property
    def stumbles(self) -> tuple[int, int]:
        """How many blocks were lost: those that the loop gave too late, and those that the device lost."""
        return self._line.missed, self._line.lost

    @property
    def spins(self) -> bool:
        """Whether its process takes a core to itself."""
        return self._line.effort > SPINNING

    def hear(self) -> tuple[Samples, Samples]:
        """Wait for the next chunk, and what was played meanwhile. Raises SoundError when nothing comes."""
        while self._waiting.shape[1] < CHUNK_SAMPLES:
            self._waiting = np.concatenate((self._waiting, self._take()), axis=1)
        heard, played = self._waiting[:, :CHUNK_SAMPLES]
        self._waiting = self._waiting[:, CHUNK_SAMPLES:]
        return heard, played

    def _take(self) -> Samples:
        block = self._line.take(self._patience_seconds)
        if block is None:
            raise SoundError(f"The sound card gave nothing for {self._patience_seconds:.1f} s.")
        self._patience_seconds = PATIENCE_SECONDS
        channels = (self._shape.inputs, self._shape.outputs)
        both = [_mono(each, count) for each, count in zip((block.heard, block.played), channels, strict=True)]
        return np.stack([inlet.push(sound) for inlet, sound in zip(self._inlets, both, strict=True)])

    def play(self, samples: Samples) -> None:
        """Hand over what is to be played next, in the device's blocks, rate and channels."""
        ready = self._outlet.push(samples)
        self._owed += len(samples) * self._shape.rate_hz / RATE_HZ - len(ready)
        if self._muted:
            ready = ready.copy()
            ready[: self._muted] = 0
            self._muted = max(0, self._muted - len(ready))
        self._leaving = np.concatenate((self._leaving, ready))
        while len(self._leaving) >= self._shape.block:
            block, self._leaving = np.split(self._leaving, [self._shape.block])
            self._line.give(np.repeat(block, self._shape.outputs).tobytes())

    def hush(self) -> None:
        """Let all that was handed over, and has not been played, be silence."""
        self._line.hush()
        self._leaving = np.zeros_like(self._leaving)
        self._muted = round(self._owed)

    def forget(self) -> None:
        """Throw away what came in, where nobody listens. Raises SoundError when the line is gone."""
        while self._line.take(0) is not None:
            pass

    def close(self) -> None:
        """Give the devices back."""
        self._line.close()


def _mono(block: bytes, channels: int) -> Samples:
    sound: Samples = np.frombuffer(block, np.float32).reshape(-1, channels).mean(axis=1)
    return sound
