"""Scenes with an echo, made of noise that is shaped and paced like speech."""

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ

QUIET = 10 ** (-65 / 20)


def babble(seconds: float, seed: int, rms: float = 0.1) -> np.ndarray:
    """Make syllables: pink noise in bursts of a tenth of a second, with pauses between sentences."""
    made = np.random.default_rng(seed)
    count = round(seconds * RATE_HZ)
    spectrum = np.fft.rfft(made.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / RATE_HZ)
    pink = np.fft.irfft(spectrum * (hertz > 80) / np.sqrt(1 + (hertz / 500) ** 2), count)
    syllables = np.repeat(made.uniform(0.1, 1, count // 1600 + 1) ** 2, 1600)[:count]
    speaks = np.repeat(made.random(count // 8000 + 1) < 0.85, 8000)[:count]
    sound = pink * syllables * speaks
    return (sound * rms / np.sqrt((sound[speaks] ** 2).mean())).astype(np.float32)


def path(seed: int = 3, delay_samples: int = 500, seconds: float = 0.2) -> np.ndarray:
    """Make a room: a direct sound and a tail that dies away."""
    count = round(seconds * RATE_HZ)
    tail = np.random.default_rng(seed).standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail[0] = 6.0
    return np.concatenate([np.zeros(delay_samples), tail / np.sqrt((tail**2).sum())])


def through(sound: np.ndarray, response: np.ndarray) -> np.ndarray:
    """Let a sound go through a room."""
    size = len(sound) + len(response)
    heard = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size)
    return heard[: len(sound)].astype(np.float32)


def silence(count: int) -> np.ndarray:
    """Make the silence of a room."""
    return (QUIET * np.random.default_rng(99).standard_normal(count)).astype(np.float32)


def power_db(sound: np.ndarray) -> float:
    """Give a level in dB of full scale."""
    return 10 * float(np.log10((sound.astype(float) ** 2).mean() + 1e-15))


def blocks(count: int, size: int = CHUNK_SAMPLES):
    """Give the slices of a sound, block by block."""
    return [slice(at, min(at + size, count)) for at in range(0, count, size)]
