"""Steady noise in one utterance made softer: a fan, a kitchen, traffic. Whatever stands out of it stays.

Spectral subtraction with a floor: of each frequency the softest moments tell how loud the noise is. It
knows no words and remembers nothing. Pure.
"""

import math

import numpy as np

from voicecoach.sound.audio import Samples
from voicecoach.sound.spectra import INAUDIBLE, OVERLAPS, WINDOW_SAMPLES, Powers, sound_of, spectra_of

QUIET_SHARE = 0.25
"""So many of the moments of a frequency hold no voice: nobody speaks on all of them all the time."""
QUIET_POWER = -math.log(1 - QUIET_SHARE)
"""What the loudest of these moments has of the mean power, where the noise is steady."""
LOUD_SHARE = 0.95
"""The voice is as loud as this share of the moments at most: a single knock is no voice."""
FULLY_DB, NOT_DB = 15.0, 20.0
"""How far below the voice noise is made softer fully, and not at all any more: what is fainter than that
hides nothing, and taking it away costs soft sounds."""
LEAST_GAIN = 0.6
"""What is left of the noise: 4.4 dB less. A model that has heard many rooms wants to hear one."""


def soften_noise(samples: Samples) -> Samples:
    """Give the sound (mono, 16 kHz) with its steady noise softer; itself where there is none to speak of."""
    if len(samples) < 2 * WINDOW_SAMPLES:
        return samples
    spectra = spectra_of(samples)
    powers = np.square(np.abs(spectra))
    within = powers[OVERLAPS - 1 : 1 - OVERLAPS]
    noise = np.quantile(within, QUIET_SHARE, axis=0) / QUIET_POWER
    least = _least_gain(within, noise)
    if least == 1:
        return samples
    gains = np.sqrt(np.maximum(1 - noise / np.maximum(powers, INAUDIBLE), least**2))
    return sound_of(spectra * _even(gains), len(samples))


def _least_gain(powers: Powers, noise: Powers) -> float:
    """Tell how much of the noise is to be left, by how loud it is below the voice."""
    if noise.sum() < INAUDIBLE:
        return 1.0
    voice = np.quantile(powers.sum(1), LOUD_SHARE)
    below_db = 10 * math.log10(voice / noise.sum())
    return float(np.interp(below_db, (FULLY_DB, NOT_DB), (LEAST_GAIN, 1.0)))


def _even(gains: Powers) -> Powers:
    """Let no window and no frequency differ from its neighbours by itself: that would tinkle."""
    edged = np.pad(gains, 1, "edge")
    across = edged[:-2] + edged[1:-1] + edged[2:]
    return (across[:, :-2] + across[:, 1:-1] + across[:, 2:]) / 9
