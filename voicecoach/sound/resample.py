"""Resampling at the edge: devices have their own rate, everything inside is at RATE_HZ."""

import numpy as np
import soxr

from voicecoach.sound.audio import Samples

HEARD = "MQ"
"""soxr's quality for the microphone: recognisers use all up to 7.5 kHz. Up to 41 ms late (measured)."""
PLAYED = "LQ"
"""For the loudspeaker: flat to 6 kHz, clean above, and at most 20 ms late (measured)."""


class Resampler:
    """A stream from one rate to another; what it gives keeps its place but is ready a little late."""

    def __init__(self, from_hz: int, to_hz: int, quality: str = HEARD) -> None:
        """Begin a stream; rates in hertz."""
        same = from_hz == to_hz
        self._stream = None if same else soxr.ResampleStream(from_hz, to_hz, 1, "float32", quality)

    def push(self, samples: Samples) -> Samples:
        """Take the next samples of the stream, of any number; gives those that are ready, perhaps none."""
        if self._stream is None:
            return samples
        ready: Samples = self._stream.resample_chunk(np.ascontiguousarray(samples, np.float32))
        return ready
