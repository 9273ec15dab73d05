"""A chirp that is played and heard again: how loud, how late, and how two clocks run apart.

Pure over samples. A chirp is found by its matched filter, which lifts it out of noise that hides it
from the ear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from voicecoach.sound.audio import RATE_HZ, AudioClip, Samples, samples_of

SECONDS = 0.15
FROM_HZ, TO_HZ = 300.0, 6000.0
"""What a small loudspeaker plays and every microphone hears."""
SIZE = 0.25
"""As loud as the coach."""
FADE_SECONDS = 0.01
LATEST_SECONDS = 0.8
"""A chirp that is heard later is not looked for."""
CLEAR = 12.0
"""Least height of the matched filter over its usual level; noise alone reaches 5 (measured)."""
FEWEST = 4
"""Chirps that have to be heard before anything is said about them."""


@dataclass(frozen=True, slots=True)
class Echoes:
    """What came back."""

    heard: int
    """How many of the chirps."""
    level_db: float = 0.0
    """How loud, against what was played."""
    delay_seconds: float = 0.0
    """How late, from the place on the sample clock."""
    drift_ppm: float = 0.0
    """How the loudspeaker's clock runs against the microphone's; positive where it comes ever later.

    From one chirp to the next, so that a single jump of the devices is not taken for it."""


def make_chirp() -> AudioClip:
    """Make the sound that is looked for."""
    time = np.arange(samples_of(SECONDS)) / RATE_HZ
    growth = np.log(TO_HZ / FROM_HZ) / SECONDS
    sweep = np.sin(2 * np.pi * FROM_HZ * (np.exp(growth * time) - 1) / growth)
    fade = np.clip(np.minimum(time, SECONDS - time) / FADE_SECONDS, 0, 1)
    return AudioClip((SIZE * fade * sweep).astype(np.float32))


def find_echoes(heard: Samples, places: Sequence[int]) -> Echoes:
    """Look for the chirps that were placed at `places`, in a recording that begins at sample 0."""
    found = [echo for place in places if (echo := _find(heard, place)) is not None]
    if len(found) < FEWEST:
        return Echoes(len(found))
    delays = np.array([(place, delay) for place, delay, _ in found])
    slopes = [(late - early) / (there - here) for (here, early), (there, late) in pairwise(delays)]
    level = 20 * np.log10(np.median([size for _, _, size in found]))
    delay = float(np.median(delays[:, 1])) / RATE_HZ
    return Echoes(len(found), float(level), delay, float(np.median(slopes)) * 1e6)


def _find(heard: Samples, place: int) -> tuple[int, float, float] | None:
    """Give the place, the delay in samples (between them too) and the size of one chirp's echo."""
    chirp = make_chirp().samples.astype(np.float64)
    window = heard[place : place + samples_of(LATEST_SECONDS) + len(chirp)].astype(np.float64)
    if len(window) <= len(chirp):
        return None
    fit = np.correlate(window, chirp, "valid") / (chirp @ chirp)
    peak = int(np.abs(fit).argmax())
    usual = float(np.median(np.abs(fit))) / 0.6745
    if usual == 0 or abs(fit[peak]) < CLEAR * usual:
        return None
    return place, peak + _between(np.abs(fit), peak), float(abs(fit[peak]))


def _between(fit: np.ndarray, peak: int) -> float:
    """Give how far the top of a parabola through three points lies from the middle one."""
    if not 0 < peak < len(fit) - 1:
        return 0.0
    before, top, after = fit[peak - 1 : peak + 2]
    return float(0.5 * (before - after) / (before - 2 * top + after))
