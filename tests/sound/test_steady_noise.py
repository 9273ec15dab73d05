"""Steady noise is made softer where it is loud beside the voice, and nothing else is touched."""

import numpy as np
import pytest

from tests.sound.noises import noise
from voicecoach.sound.audio import RATE_HZ, Samples, samples_of
from voicecoach.sound.steady_noise import LEAST_GAIN, soften_noise

BEFORE, WORD = slice(0, samples_of(0.8)), slice(samples_of(1.0), samples_of(1.5))


def voiced(seconds: float = 2.0) -> Samples:
    """Something like half a second of a vowel, in silence."""
    at = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    vowel = sum(np.sin(2 * np.pi * 150 * k * at) / k for k in range(1, 20))
    sound: Samples = (0.1 * vowel * ((at >= 1.0) & (at < 1.5))).astype(np.float32)
    return sound


def rms(sound: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(sound))))


def test_loud_noise_is_made_softer_and_the_voice_in_it_is_not() -> None:
    sound = voiced() + 0.5 * noise(2.0)
    softened = soften_noise(sound)
    assert softened.shape == sound.shape
    assert softened.dtype == np.float32
    assert rms(softened[BEFORE]) == pytest.approx(LEAST_GAIN * rms(sound[BEFORE]), rel=0.25)
    assert rms(softened[WORD]) > 0.9 * rms(voiced()[WORD])


def test_the_voice_stays_at_its_place() -> None:
    softened = soften_noise(voiced() + 0.5 * noise(2.0))
    likeness = np.correlate(softened, voiced()[WORD], "valid")
    assert abs(int(np.argmax(likeness)) - WORD.start) <= 1


@pytest.mark.parametrize("level", [0.0, 0.005], ids=["silence", "faint noise"])
def test_what_hides_nothing_is_left_as_it_is(level: float) -> None:
    sound = voiced() + np.float32(level) * noise(2.0)
    assert soften_noise(sound) is sound


@pytest.mark.parametrize("count", [0, 1, 511, 1023, 1024, 1025, 16_001])
def test_a_sound_of_any_length_keeps_it(count: int) -> None:
    assert len(soften_noise(noise(2.0)[:count])) == count
