"""A veil over what is left of the coach's voice: steady noise, about as loud as the rest is.

A recogniser that was trained on faint voices writes down a coach who is 20 dB below the person, and
loses the person's word between his. Under noise of the same level there are no words left of him
(docs/echo.md: 180 of 240 understood instead of 167), and a voice detector sees pauses again.
"""

import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples, samples_of

KNEE_HZ = 500.0
"""Above it the noise falls with frequency, as speech does."""
LOWEST_HZ = 60.0
ROUND_SAMPLES = 8 * RATE_HZ
"""The noise repeats after this, without a seam."""
SPEECH_POWER = 1e-5
LINGER_SAMPLES = samples_of(0.5)
"""How long after the coach's last sound the room still carries it."""


class Veil:
    """Covers a stream while the coach speaks."""

    def __init__(self) -> None:
        made = np.random.default_rng(0).standard_normal(ROUND_SAMPLES)
        hertz = np.fft.rfftfreq(ROUND_SAMPLES, 1 / RATE_HZ)
        shape = (hertz > LOWEST_HZ) / np.sqrt(1 + (hertz / KNEE_HZ) ** 2)
        noise = np.fft.irfft(np.fft.rfft(made) * shape, ROUND_SAMPLES)
        self._noise = (noise / np.sqrt((noise**2).mean())).astype(np.float32)
        self._place = 0
        self._level = 0.0
        self._lingers = 0

    def cover(self, cleaned: Samples, played: Samples, left_rms: float) -> Samples:
        """Give the next block with noise as loud as `left_rms` (1 is full scale) where `played` is heard."""
        speaks = float((played**2).mean()) >= SPEECH_POWER
        self._lingers = LINGER_SAMPLES if speaks else self._lingers - len(cleaned)
        before, self._level = self._level, left_rms if self._lingers > 0 else 0.0
        if before == self._level == 0.0:
            return cleaned
        rising = np.linspace(before, self._level, len(cleaned), dtype=np.float32)
        places = (self._place + np.arange(len(cleaned))) % ROUND_SAMPLES
        self._place += len(cleaned)
        covered: Samples = cleaned + rising * self._noise[places]
        return covered
