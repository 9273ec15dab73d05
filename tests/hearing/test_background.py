"""Someone who talks all the time, and a voice that is louder."""

import numpy as np

from voicecoach.hearing.background import (
    BEGINNING_WINDOWS,
    FRAME_SAMPLES,
    JUMP,
    MEMORY_WINDOWS,
    TALKING_WINDOWS,
    Talk,
    lift,
    loudness,
)
from voicecoach.sound.audio import RATE_HZ

TONE = np.sin(np.arange(RATE_HZ) * 0.3).astype(np.float32)


def talk(*levels):
    heard = Talk()
    for level in levels:
        heard.add(level, spoken=level > 0)
    return heard


def frames(*gains):
    """A tone, frame by frame as loud as it says."""
    return TONE[: len(gains) * FRAME_SAMPLES] * np.repeat(np.float32(gains), FRAME_SAMPLES)


def test_the_loudness_of_a_tone_is_the_root_of_half_its_square():
    assert np.isclose(loudness(0.5 * TONE), 0.5 / np.sqrt(2), atol=0.001)


def test_in_a_quiet_room_nobody_has_to_speak_up():
    assert talk(*[0.3] * (MEMORY_WINDOWS // 3)).loudest == 0
    assert not talk(*[0.3] * (MEMORY_WINDOWS // 3)).is_topped(0.9)


def test_who_talks_half_of_the_time_is_topped_by_a_jump_over_the_loudest_word():
    heard = talk(*[0.1, 0.2, 0.0] * MEMORY_WINDOWS)
    assert heard.loudest == 0.2
    assert not heard.is_topped(0.2 * JUMP * 0.99)
    assert heard.is_topped(0.2 * JUMP * 1.01)


def test_talk_that_is_over_is_forgotten():
    silence = [0.0] * (TALKING_WINDOWS // 2 + BEGINNING_WINDOWS + 1)
    assert talk(*[0.2] * TALKING_WINDOWS, *silence).loudest == 0


def test_a_long_sentence_is_no_talk():
    assert talk(*[0.2] * (TALKING_WINDOWS // 2 - 1), *[0.0] * BEGINNING_WINDOWS).loudest == 0


def test_a_loud_word_is_topped_again_three_seconds_later():
    heard = talk(*[0.2] * TALKING_WINDOWS, 0.8, *[0.2] * (MEMORY_WINDOWS + BEGINNING_WINDOWS))
    assert heard.loudest == 0.2


def test_a_soft_beginning_is_not_taken_for_talk():
    assert talk(*[0.2] * TALKING_WINDOWS, *[0.4] * BEGINNING_WINDOWS).loudest == 0.2


def test_the_sound_is_cut_to_what_is_loud():
    lifted = lift(frames(*[0.1] * 20, *[0.9] * 10, *[0.1] * 20), 0.3)
    assert len(lifted) == (10 + 2 * 2) * FRAME_SAMPLES  # two frames at either side may belong to it
    assert np.abs(lifted).max() > 0.8


def test_the_talk_between_two_words_fades():
    lifted = lift(frames(*[0.9] * 10, *[0.2] * 20, *[0.9] * 10), 0.3)
    assert len(lifted) == 40 * FRAME_SAMPLES
    assert np.abs(lifted[18 * FRAME_SAMPLES : 22 * FRAME_SAMPLES]).max() < 0.03


def test_where_nothing_is_loud_nothing_is_cut():
    soft = frames(*[0.1] * 10)
    assert lift(soft, 0.3) is soft
    assert len(lift(soft[:10], 0.0)) == 10
