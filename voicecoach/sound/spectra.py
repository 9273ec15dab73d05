"""The spectra of one utterance's overlapping windows, and the sound of them again. Pure."""

import numpy as np
import numpy.typing as npt

from voicecoach.sound.audio import Samples, samples_of

WINDOW_SAMPLES = samples_of(0.032)
OVERLAPS = 4
"""Each moment lies in so many windows."""
HOP_SAMPLES = WINDOW_SAMPLES // OVERLAPS
WINDOW = np.hanning(WINDOW_SAMPLES + 1)[:-1].astype(np.float32)
INAUDIBLE = 1e-12
"""Power of what is no sound at all."""

Spectra = npt.NDArray[np.complex128]
Powers = npt.NDArray[np.float64]
"""Both of shape (windows, frequencies)."""


def spectra_of(samples: Samples) -> Spectra:
    """Give the spectra of mono sound; three windows at each end reach beyond it."""
    beyond = WINDOW_SAMPLES - HOP_SAMPLES
    padded = np.pad(samples, (beyond, beyond + -len(samples) % HOP_SAMPLES))
    windows = np.lib.stride_tricks.sliding_window_view(padded, WINDOW_SAMPLES)[::HOP_SAMPLES]
    return np.fft.rfft(windows * WINDOW)


def sound_of(spectra: Spectra, count: int) -> Samples:
    """Put the windows of `count` samples together again."""
    windows = np.fft.irfft(spectra, axis=1) * WINDOW
    parts = windows.reshape(len(windows), OVERLAPS, HOP_SAMPLES)
    whole = sum(parts[OVERLAPS - 1 - k : len(parts) - k, k] for k in range(OVERLAPS))
    sound = np.asarray(whole, np.float32).ravel() * np.float32(HOP_SAMPLES / np.square(WINDOW).sum())
    return sound[:count]
