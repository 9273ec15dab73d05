"""The two things that sound is made of here: chunks that come in and clips that go out.

Everything inside the program is mono float32 in -1…1 at `RATE_HZ`. Devices and files of other
rates are resampled at the edge (sound/resample.py). The sample clock counts from the first
sample of the session; seconds are samples / `RATE_HZ`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RATE_HZ = 16_000
CHUNK_SAMPLES = 512  # 32 ms: one window of the voice activity detector

QUIET_RMS = 10 ** (-65 / 20)
"""The noise of a quiet bedroom, in full scale."""

Samples = npt.NDArray[np.float32]

QUIET_ROOM: Samples = np.random.default_rng(0).normal(0, QUIET_RMS, RATE_HZ).astype(np.float32)
"""A second of a quiet bedroom, for who is to hear nothing: of digital silence no recogniser has learned."""


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """A stretch of sound from the microphone, mono float32 -1…1 at RATE_HZ."""

    start: int
    """Position of the first sample on the sample clock, in samples."""
    samples: Samples
    """Shape (n,), float32."""
    lost: bool = False
    """Whether the device gave nothing, and silence stands in its place so that time goes on."""
    played: Samples | None = None
    """What the loudspeaker was given in the very same stretch, of the same shape; None where not known."""

    @property
    def end(self) -> int:
        """Position just after the last sample, in samples."""
        return self.start + len(self.samples)


@dataclass(frozen=True, slots=True)
class AudioClip:
    """A finished piece of sound to be played, mono float32 -1…1 at RATE_HZ."""

    samples: Samples
    """Shape (n,), float32."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / RATE_HZ


def seconds_of(samples: int) -> float:
    """Turn a position or length in samples into seconds."""
    return samples / RATE_HZ


def samples_of(seconds: float) -> int:
    """Turn seconds into the nearest whole number of samples."""
    return round(seconds * RATE_HZ)
