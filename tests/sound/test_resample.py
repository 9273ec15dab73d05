"""Streams between the device's rate and ours."""

import numpy as np
import pytest

from voicecoach.sound.audio import RATE_HZ
from voicecoach.sound.resample import HEARD, PLAYED, Resampler

LATEST_SECONDS = {HEARD: 0.062, PLAYED: 0.022}


def stream(resampler, samples, block):
    return [
        resampler.push(samples[begin : begin + block]) for begin in range(0, len(samples) - block + 1, block)
    ]


def sine(hertz, rate_hz, seconds=2.0):
    return np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate_hz)) / rate_hz).astype(np.float32)


@pytest.mark.parametrize(
    ("from_hz", "to_hz", "quality"),
    [
        (44_100, RATE_HZ, HEARD),
        (48_000, RATE_HZ, HEARD),
        (RATE_HZ, 44_100, PLAYED),
        (RATE_HZ, 48_000, PLAYED),
    ],
)
@pytest.mark.parametrize("block", [160, 353, 768])
def test_sound_keeps_its_place_its_pitch_and_its_loudness(from_hz, to_hz, quality, block):
    got = np.concatenate(stream(Resampler(from_hz, to_hz, quality), sine(1000, from_hz), block))
    wanted = sine(1000, to_hz)[: len(got)]
    middle = slice(to_hz // 10, len(got) - 10)
    np.testing.assert_allclose(got[middle], wanted[middle], atol=0.002)


@pytest.mark.parametrize(("rate_hz", "quality"), [(44_100, HEARD), (48_000, HEARD)])
def test_what_is_heard_is_at_most_some_milliseconds_late(rate_hz, quality):
    given = taken = 0
    for block in stream(Resampler(rate_hz, RATE_HZ, quality), sine(300, rate_hz), 768):
        given, taken = given + 768, taken + len(block)
        assert given / rate_hz - taken / RATE_HZ < LATEST_SECONDS[quality]


@pytest.mark.parametrize("rate_hz", [44_100, 48_000])
def test_what_is_played_is_at_most_some_milliseconds_late(rate_hz):
    given = taken = 0
    for block in stream(Resampler(RATE_HZ, rate_hz, PLAYED), sine(300, RATE_HZ), 512):
        given, taken = given + 512, taken + len(block)
        assert given / RATE_HZ - taken / rate_hz < LATEST_SECONDS[PLAYED]


def test_what_we_cannot_hear_does_not_come_in_as_something_else():
    got = np.concatenate(stream(Resampler(48_000, RATE_HZ), sine(11_000, 48_000), 768))
    assert np.abs(got[2000:-2000]).max() < 0.001


def test_our_own_rate_goes_through_untouched():
    samples = sine(440, RATE_HZ)
    assert Resampler(RATE_HZ, RATE_HZ).push(samples) is samples
