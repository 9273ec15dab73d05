"""How the loudspeaker is heard by the microphone: a linear filter that is learned while the coach speaks.

A Kalman filter over the spectrum of partitions of the path (Enzner and Vary, 2006): it knows how sure it
is of each part, so that it learns fast, and stands still when a person speaks too. What a loudspeaker adds
when it is loud, squares and cubes of the sound, goes through paths of its own (Kuech and Kellermann,
2006). It only subtracts: nothing of a person is suppressed. Knows nothing of delays and clocks.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, Samples

BLOCK_SAMPLES = CHUNK_SAMPLES


@dataclass(frozen=True, slots=True)
class Voice:
    """One way in which the loudspeaker gives what it is given."""

    bend: Callable[[Samples], Samples]
    """As loud as the sound itself for speech at the level of the coach, and unlike it."""
    parts: int
    """Blocks that its path is long."""
    share: float
    """Power that is expected of it, against the sound itself."""


VOICES = (
    Voice(lambda sound: sound, 13, 1.0),
    Voice(lambda sound: sound**3 / np.float32(0.06) - sound, 5, 0.01),
    Voice(lambda sound: sound**2 / np.float32(0.25), 5, 0.01),
)
PARTS = sum(voice.parts for voice in VOICES)
STEADY = 0.9996**2
"""What a block leaves of the path's power as it was: half of it changes in half a minute."""
SMOOTHING = 0.8
"""Of the spectrum of what is not echo, from block to block."""
PRIOR_DECAY_DB = 30.0
"""How much weaker the end of the path is expected to be than its beginning,"""
PRIOR_BOOST = 4.0
"""and how much more power than was seen, since its shape is not known."""
PRIOR_BLOCKS = 8
"""Blocks of speech after which the level of the echo is known well enough."""
LEVEL_MEMORY = 0.99
"""Of the levels that the prior is made of, from block to block of speech."""
SPEECH_POWER = 1e-5
"""Power of a block from which on the coach is heard."""
MATCH_MEMORY = 0.94
"""Of how well the prediction fits, from block to block: half a second."""
CHANGED = -0.2
"""What is left is this much like the prediction, with the opposite sign, where the path has changed."""
REST_BLOCKS = 30
"""How long a path is left alone after it was given up."""
FLOOR = 1e-9


class EchoPath:
    """The path as it is known so far."""

    def __init__(self) -> None:
        bins = BLOCK_SAMPLES + 1
        self._played = np.zeros((len(VOICES), 2 * BLOCK_SAMPLES), np.float32)
        self._spectra = np.zeros((PARTS, bins), np.complex64)
        self._path = np.zeros((PARTS, bins), np.complex64)
        self._doubt = np.zeros((PARTS, bins), np.float32)
        """Expected power of the path's error."""
        self._rest = np.full(bins, FLOOR, np.float32)
        """Spectrum of what is not echo."""
        self._heard_power = self._played_power = 0.0
        self._blocks_of_speech = 0
        self._alike = self._predicted = 0.0
        self._patience = 0

    @property
    def learning(self) -> bool:
        """Whether enough was heard to begin."""
        return self._blocks_of_speech >= PRIOR_BLOCKS

    def remove(self, heard: Samples, played: Samples) -> Samples:
        """Give a block of what was heard without the echo of what was played."""
        self._take(played)
        self._weigh(heard, played)
        if not self.learning:
            return heard
        echo = np.fft.irfft((self._spectra * self._path).sum(0))[BLOCK_SAMPLES:].astype(np.float32)
        left: Samples = heard - echo
        self._learn(left)
        self._watch(left, echo)
        return left if left @ left < 4 * float(heard @ heard) else heard

    def doubt(self) -> None:
        """Take the path for unknown again, and learn it anew from where it is."""
        ratio = self._heard_power / (self._played_power + FLOOR)
        self._doubt[:] = (PRIOR_BOOST * ratio * PRIOR)[:, None]
        self._patience = REST_BLOCKS

    def shift(self, samples: int) -> None:
        """Go on with a reference that comes so many samples later: the path begins that much earlier."""
        responses = np.fft.irfft(self._path, axis=1)[:, :BLOCK_SAMPLES].astype(np.float32)
        moved = [_shift(responses[rows].ravel(), samples) for rows in ROWS]
        parts = np.concatenate(moved).reshape(PARTS, BLOCK_SAMPLES)
        self._path = np.fft.rfft(np.pad(parts, ((0, 0), (0, BLOCK_SAMPLES))), axis=1).astype(np.complex64)
        self.doubt()

    def _take(self, played: Samples) -> None:
        """Lay the newest block before the ones that are still under way, each voice by itself."""
        bent = np.stack([voice.bend(played) for voice in VOICES])
        self._played = np.concatenate([self._played[:, BLOCK_SAMPLES:], bent], axis=1)
        newest = np.fft.rfft(self._played, axis=1)
        self._spectra[1:] = self._spectra[:-1]
        self._spectra[[rows.start for rows in ROWS]] = newest

    def _weigh(self, heard: Samples, played: Samples) -> None:
        """Follow both levels while the coach speaks; they say what to expect of the path."""
        power = float(played @ played) / BLOCK_SAMPLES
        if power < SPEECH_POWER:
            return
        self._heard_power = LEVEL_MEMORY * self._heard_power + float(heard @ heard) / BLOCK_SAMPLES
        self._played_power = LEVEL_MEMORY * self._played_power + power
        self._blocks_of_speech += 1
        if self._blocks_of_speech == PRIOR_BLOCKS:
            self.doubt()

    def _learn(self, left: Samples) -> None:
        error = np.fft.rfft(np.concatenate([np.zeros_like(left), left])).astype(np.complex64)
        self._rest = SMOOTHING * self._rest + (1 - SMOOTHING) * _power(error)
        played = _power(self._spectra)
        expected = 0.5 * (played * self._doubt).sum(0) + self._rest + np.float32(FLOOR)
        gain = self._doubt / expected
        step = np.fft.irfft(gain * self._spectra.conj() * error, axis=1)
        step[:, BLOCK_SAMPLES:] = 0  # a part of the path is no longer than a block
        self._path += np.fft.rfft(step, axis=1).astype(np.complex64)
        surer = self._doubt * (1 - 0.5 * gain * played)
        self._doubt = np.float32(STEADY) * surer + np.float32(1 - STEADY) * _power(self._path)

    def _watch(self, left: Samples, echo: Samples) -> None:
        """Doubt a path whose prediction is found in what is left; a person's voice is unlike it."""
        self._alike = MATCH_MEMORY * self._alike + float(left @ echo)
        self._predicted = MATCH_MEMORY * self._predicted + float(echo @ echo)
        self._patience -= 1
        if self._patience < 0 and self._alike < CHANGED * self._predicted:
            self.doubt()


def _rows() -> list[slice]:
    """Give the rows of each voice's parts."""
    ends = np.cumsum([voice.parts for voice in VOICES]).tolist()
    return [slice(end - voice.parts, end) for end, voice in zip(ends, VOICES, strict=True)]


def _prior() -> Samples:
    """Give the power that is expected of each part, if all of it is known to be 1."""
    longest = max(voice.parts for voice in VOICES)
    shape = 10 ** (-PRIOR_DECAY_DB / 10 * np.arange(longest) / longest)
    each = [voice.share * shape[: voice.parts] / shape.sum() for voice in VOICES]
    return np.concatenate(each).astype(np.float32)


def _shift(response: Samples, samples: int) -> Samples:
    moved = np.zeros_like(response)
    kept = len(response) - abs(samples)
    if kept > 0:
        source, target = max(samples, 0), max(-samples, 0)
        moved[target : target + kept] = response[source : source + kept]
    return moved


ROWS = _rows()
PRIOR = _prior()


def _power(spectrum: np.ndarray) -> Samples:
    power: Samples = spectrum.real**2 + spectrum.imag**2
    return power
