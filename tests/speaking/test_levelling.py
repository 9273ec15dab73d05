"""Trimming and levelling."""

import numpy as np
import pytest

from voicecoach.sound.audio import RATE_HZ
from voicecoach.speaking.levelling import EDGE_SAMPLES, PEAK, SPEECH_LUFS, level, loudness_of, trim


def tone(seconds, size):
    return (size * np.sin(2 * np.pi * 200 * np.arange(round(seconds * RATE_HZ)) / RATE_HZ)).astype(np.float32)


def silence(seconds):
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def test_silence_at_both_ends_is_cut_but_for_a_little():
    sound = tone(0.5, 0.2)
    cut = trim(np.concatenate((silence(0.4), sound, silence(0.7))))
    assert len(cut) == pytest.approx(len(sound) + 2 * EDGE_SAMPLES, abs=4)


def test_a_pause_within_stays():
    cut = trim(np.concatenate((tone(0.2, 0.2), silence(0.5), tone(0.2, 0.2))))
    assert len(cut) == pytest.approx(0.9 * RATE_HZ, abs=2 * EDGE_SAMPLES)


@pytest.mark.parametrize("size", [0.001, 0.1, 0.9])
def test_loud_and_soft_become_the_same(size):
    assert loudness_of(level(tone(0.7, size))) == pytest.approx(SPEECH_LUFS, abs=0.05)


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.39, 0.41])
def test_a_number_is_as_loud_as_a_sentence_although_it_is_shorter_than_the_meters_block(seconds):
    assert np.abs(level(tone(seconds, 0.1))).max() == pytest.approx(
        np.abs(level(tone(2, 0.1))).max(), rel=0.02
    )


@pytest.mark.parametrize("nothing", [silence(0), silence(0.1), silence(1), tone(1, 1e-6)])
def test_what_is_no_sound_stays_as_it_is(nothing):
    np.testing.assert_array_equal(level(nothing), nothing)


def test_pauses_do_not_count_as_soft_speech():
    without = level(tone(0.5, 0.1))
    with_pause = level(np.concatenate((tone(0.25, 0.1), silence(2), tone(0.25, 0.1))))
    assert np.abs(with_pause).max() == pytest.approx(np.abs(without).max(), rel=0.05)


def test_peaks_stay_under_the_limiter():
    clicks = silence(1)
    clicks[::320] = 0.5
    assert np.abs(level(clicks)).max() == pytest.approx(PEAK, rel=1e-5)


@pytest.mark.parametrize("samples", [silence(0), silence(0.001), silence(1)])
def test_silence_stays_silence(samples):
    assert not level(trim(samples)).any()
