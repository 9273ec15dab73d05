"""What a tiled room still sounds of in one utterance made softer, for a model that has heard no rooms.

In a tiled bathroom a syllable lies under what is left of those before it. How loud that is, is known: as
loud as each frequency was a little before, less by what the room takes away meanwhile (Lebart, Boucher and
Denbigh, 2001). Steady noise goes with it. It knows no words.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples
from voicecoach.sound.spectra import HOP_SAMPLES, INAUDIBLE, WINDOW_SAMPLES, Powers, sound_of, spectra_of

LATE_WINDOWS = round(0.05 * RATE_HZ / HOP_SAMPLES)
"""What comes sooner after a sound belongs to it."""
FALL_SECONDS = 0.8
"""How long a room takes to fall by 60 dB: a tiled bathroom takes longer, a bedroom less."""
LEFT = 10 ** (-6 * LATE_WINDOWS * HOP_SAMPLES / RATE_HZ / FALL_SECONDS)
"""So much power is left of a sound until then."""
MEMORY = 0.6
"""Of the power that a room is thought to hold, from window to window."""
LEAST_GAIN = 0.25
"""What is left of a moment that is all room."""
LOUD = 0.1
"""A moment is loud that has so much of the power of the loudest."""
FASTEST_PERCENT = 10
"""So many of the loud moments are followed by the room alone, not by more speech."""
DRY_DB, TILED_DB = -5.2, -4.7
"""So much softer they have become by then, at the median: -8 dB without a room, -6 in living room and
bedroom, -5.5 there while the coach speaks, -4.5 in a tiled bathroom. Softening a drier room costs more
words than it gives."""
UTTERANCES = 7
"""What one utterance tells of the room is vague: it is the middle of so many."""


@dataclass(slots=True)
class Tiles:
    """How tiled a room is, as its last utterances tell."""

    falls_db: deque[float] = field(default_factory=lambda: deque(maxlen=UTTERANCES))

    def soften(self, samples: Samples) -> Samples:
        """Give an utterance (mono, 16 kHz) with what a tiled room adds to it softer; else itself."""
        if len(samples) < 2 * WINDOW_SAMPLES:
            return samples
        spectra = spectra_of(samples)
        held = _held(np.square(np.abs(spectra)))
        self.falls_db += _falls_db(held.sum(1))
        tiled = np.interp(np.median(self.falls_db or [DRY_DB]), (DRY_DB, TILED_DB), (0.0, 1.0))
        return sound_of(spectra * _gains(held, float(tiled)), len(samples)) if tiled else samples


def _gains(held: Powers, tiled: float) -> Powers:
    late = np.zeros_like(held)
    late[LATE_WINDOWS:] = LEFT * held[:-LATE_WINDOWS]
    gains: Powers = np.maximum(1 - tiled * np.sqrt(late / np.maximum(held, INAUDIBLE)), LEAST_GAIN)
    return gains


def _held(powers: Powers) -> Powers:
    """Give the power that the room holds at each window."""
    held = powers.copy()
    for window in range(1, len(held)):
        held[window] += MEMORY * (held[window - 1] - held[window])
    return held


def _falls_db(powers: Powers) -> list[float]:
    """Tell how much softer the loud moments become where they fall fastest; nothing where none is loud."""
    before, after = powers[:-LATE_WINDOWS], powers[LATE_WINDOWS:]
    loud = before > max(LOUD * before.max(), INAUDIBLE)
    if not loud.any():
        return []
    falls_db = 10 * np.log10(np.maximum(after[loud], INAUDIBLE) / before[loud])
    return [float(np.percentile(falls_db, FASTEST_PERCENT))]
