"""Trimming and levelling: every clip begins at its first sound and is as loud as every other."""

import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples
from voicecoach.sound.timeline import KNEE

SPEECH_RMS = 10 ** (-20 / 20)
"""How loud speech is where there is speech. Loudness by ITU-R BS.1770 needs 0.4 s, a count is shorter."""
PEAK = KNEE
"""The timeline plays what stays below as it is."""
EDGE_SAMPLES = RATE_HZ // 50
"""What is kept before the first and after the last sound: 20 ms."""
FLOOR = 10 ** (-45 / 20)
"""Quieter than this below the clip's peak is no sound."""
FRAME_SAMPLES = RATE_HZ // 50
ACTIVE = 10 ** (-30 / 10)
"""Frames with less power than this below the loudest are pauses."""


def trim(samples: Samples) -> Samples:
    """Cut the silence off both ends."""
    loud = np.flatnonzero(np.abs(samples) > FLOOR * np.abs(samples).max(initial=0.0))
    if loud.size == 0:
        return samples
    return samples[max(loud[0] - EDGE_SAMPLES, 0) : loud[-1] + EDGE_SAMPLES]


def level(samples: Samples) -> Samples:
    """Bring speech to SPEECH_RMS, and its peaks under PEAK."""
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    power = (frames**2).mean(axis=1) if len(frames) else np.zeros(0)
    if power.size == 0 or power.max() == 0:
        return samples
    gain = SPEECH_RMS / np.sqrt(power[power > power.max() * ACTIVE].mean())
    loud = samples * np.float32(gain)
    peak = np.abs(loud).max()
    return (loud * np.float32(min(1.0, PEAK / peak))).astype(np.float32)
