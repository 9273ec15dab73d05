"""Noise to play and to find again: it is like no other noise, and its place is exact to the sample."""

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ

ALIKE = 0.5
"""Noise is like other noise to less than 0.1; a server that is short of time leaves some out."""


def noise(seconds, seed=0):
    """Noise within the band that everything on the way lets through."""
    samples = np.random.default_rng(seed).standard_normal(round(seconds * RATE_HZ))
    return (0.2 * np.convolve(samples, np.hanning(9) / 4, "same")).astype(np.float32)


def find(clip, sound):
    """Where `clip` begins in `sound`, in samples, and how like it is what is found there."""
    size = 1 << (len(sound) + len(clip)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(clip, size))
    place = int(np.fft.irfft(spectrum)[: len(sound) - len(clip)].argmax())
    there = sound[place : place + len(clip)]
    return place, np.corrcoef(clip, there)[0, 1] if there.any() else 0.0


def chunks(device, seconds):
    """The next so many seconds, without a gap."""
    read = [device.read() for _ in range(round(seconds * RATE_HZ / CHUNK_SAMPLES))]
    assert [chunk.start for chunk in read] == [read[0].start + CHUNK_SAMPLES * n for n in range(len(read))]
    return read


def listen(device, seconds):
    return np.concatenate([chunk.samples for chunk in chunks(device, seconds)])
