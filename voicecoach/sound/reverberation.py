"""What a room still sounds of in one utterance made softer, for a model that has heard no rooms.

In a tiled bathroom a syllable lies under what is left of those before it. How loud that is, is known: as
loud as each frequency was a little before, less by what the room takes away meanwhile (Lebart, Boucher and
Denbigh, 2001). Steady noise goes with it. It knows no words and remembers nothing. Pure.
"""

import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples
from voicecoach.sound.spectra import HOP_SAMPLES, INAUDIBLE, Powers, sound_of, spectra_of

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


def soften_reverberation(samples: Samples) -> Samples:
    """Give the sound (mono, 16 kHz) with what the room adds to it softer."""
    if not len(samples):
        return samples
    spectra = spectra_of(samples)
    held = _held(np.square(np.abs(spectra)))
    late = np.zeros_like(held)
    late[LATE_WINDOWS:] = LEFT * held[:-LATE_WINDOWS]
    gains = np.maximum(1 - np.sqrt(late / np.maximum(held, INAUDIBLE)), LEAST_GAIN)
    return sound_of(spectra * gains, len(samples))


def _held(powers: Powers) -> Powers:
    """Give the power that the room holds at each window."""
    held = powers.copy()
    for window in range(1, len(held)):
        held[window] += MEMORY * (held[window - 1] - held[window])
    return held
