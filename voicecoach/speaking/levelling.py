"""Trimming and levelling: every clip begins at its first sound and is as loud as every other."""

import math

import loudness
import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples
from voicecoach.sound.timeline import KNEE

SPEECH_LUFS = -20.0
"""How loud speech is, by ITU-R BS.1770; so about -20 dB where there is speech."""
FRAME_SAMPLES = RATE_HZ // 50
ACTIVE = 10 ** (-30 / 10)
"""Frames with less power than this below the loudest are pauses."""
FAINT_LUFS = -70.0
"""The meter's own gate: below it there is nothing to measure."""
BLOCK_SECONDS = 0.4
"""The meter's block; a spoken number is shorter."""
PEAK = KNEE
"""The timeline plays what stays below as it is."""
EDGE_SAMPLES = RATE_HZ // 50
"""What is kept before the first and after the last sound: 20 ms."""
FLOOR = 10 ** (-45 / 20)
"""Quieter than this below the clip's peak is no sound."""


def trim(samples: Samples) -> Samples:
    """Cut the silence off both ends."""
    loud = np.flatnonzero(np.abs(samples) > FLOOR * np.abs(samples).max(initial=0.0))
    if loud.size == 0:
        return samples
    return samples[max(loud[0] - EDGE_SAMPLES, 0) : loud[-1] + EDGE_SAMPLES]


def level(samples: Samples) -> Samples:
    """Bring speech to SPEECH_LUFS, and its peaks under PEAK; sound that is hardly any stays as it is."""
    lufs = loudness_of(samples)
    if lufs < FAINT_LUFS:
        return samples
    loud = samples * np.float32(10 ** ((SPEECH_LUFS - lufs) / 20))
    peak = np.abs(loud).max()
    return (loud * np.float32(min(1.0, PEAK / peak))).astype(np.float32)


def loudness_of(samples: Samples) -> float:
    """Give the loudness of speech in LUFS.

    The meter's blocks are longer than a number, and than most pauses: pauses are left out, and what is
    short is measured over and over.
    """
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = (frames**2).mean(axis=1)
    spoken = frames[power > power.max(initial=0) * ACTIVE].ravel()
    if spoken.size == 0:
        return -math.inf
    heard = np.tile(spoken, math.ceil(2 * BLOCK_SECONDS * RATE_HZ / len(spoken)))
    return float(loudness.integrated_loudness(heard, RATE_HZ))
