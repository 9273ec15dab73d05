"""A tape of the sound that went by: written at its end, read anywhere, between samples and at any speed.

One tape holds what the loudspeaker was given, so that it can be read as the microphone's clock heard
it. Knows nothing of echoes. Positions count from the first sample ever written.
"""

import numpy as np

from voicecoach.sound.audio import Samples

TAPS = 32
"""Length of the interpolation; flat to 7 kHz."""
PHASES = 4096
"""Places between two samples; the error of taking the nearest lies below -70 dB."""
AHEAD_SAMPLES = TAPS // 2
"""What has to be on the tape after a place that lies between samples."""


def _kernels() -> Samples:
    """Give a windowed sinc a phase, shape (PHASES + 1, TAPS)."""
    offsets = np.arange(PHASES + 1)[:, None] / PHASES - (np.arange(TAPS)[None, :] - (TAPS // 2 - 1))
    kernels = np.sinc(offsets) * np.kaiser(TAPS * PHASES + 1, 8.0)[_window_places(offsets)]
    level: Samples = (kernels / kernels.sum(axis=1, keepdims=True)).astype(np.float32)
    return level


def _window_places(offsets: np.ndarray) -> np.ndarray:
    middle = TAPS * PHASES / 2
    return np.clip(np.rint(middle + offsets * PHASES), 0, TAPS * PHASES).astype(int)


class Tape:
    """The last so many samples that were written; before the first there is silence."""

    _table: Samples | None = None

    def __init__(self, capacity: int) -> None:
        """Keep at least `capacity` samples."""
        self._kept = np.zeros(2 * capacity, np.float32)
        self.end = 0
        """Where the next sample will be written."""

    def write(self, samples: Samples) -> None:
        """Take the next samples."""
        self.end += len(samples)
        self._kept = np.concatenate([self._kept[len(samples) :], samples[-len(self._kept) :]])

    def read(self, start: float, count: int, speed: float = 1.0) -> Samples:
        """Give `count` samples from the place `start` on, `speed` samples of the tape for each.

        What lies before the tape or after its end is silence.
        """
        first = int(np.floor(start))
        if speed == 1.0 and start == first:
            return self._cut(first, count)
        places = start - first + speed * np.arange(count)
        whole = np.floor(places).astype(int)
        around = self._cut(first - (TAPS // 2 - 1), int(whole[-1]) + TAPS)
        near = np.lib.stride_tricks.sliding_window_view(around, TAPS)[whole]
        phases = np.rint((places - whole) * PHASES).astype(int)
        result: Samples = np.einsum("ij,ij->i", near, self._kernel_table()[phases])
        return result

    def _cut(self, first: int, count: int) -> Samples:
        begin = self.end - len(self._kept)
        piece = np.zeros(count, np.float32)
        low, high = max(first, begin), min(first + count, self.end)
        if low < high:
            piece[low - first : high - first] = self._kept[low - begin : high - begin]
        return piece

    @classmethod
    def _kernel_table(cls) -> Samples:
        if cls._table is None:
            cls._table = _kernels()
        return cls._table
