"""What a room still sounds of is made softer, and what is said in it is not."""

import numpy as np
import pytest

from tests.sound.echoes import babble, path, power_db, through
from tests.sound.noises import noise
from voicecoach.sound.audio import RATE_HZ, samples_of
from voicecoach.sound.reverberation import soften_reverberation

ROOM = path(seed=4, delay_samples=0, seconds=1.2)
"""A tiled one: it takes 1.2 s to fall by 60 dB."""


@pytest.fixture(scope="module")
def word():
    """A word of half a second, and the silence after it."""
    return np.concatenate([babble(0.5, seed=3), np.zeros(samples_of(1.0), np.float32)])


def test_what_a_tiled_room_still_sounds_of_is_softer(word):
    heard = through(word, ROOM)
    after = slice(samples_of(0.6), samples_of(1.2))
    softened = soften_reverberation(heard)
    assert softened.dtype == np.float32
    assert power_db(softened[after]) < power_db(heard[after]) - 8


def test_a_word_without_a_room_is_hardly_softer_and_stays_at_its_place(word):
    softened = soften_reverberation(word)
    said = word[: samples_of(0.5)]
    assert power_db(softened[: len(said)]) > power_db(said) - 6
    assert int(np.argmax(np.correlate(softened, said, "valid"))) == 0


def test_a_word_in_a_tiled_room_is_more_like_the_word(word):
    heard = through(word, ROOM)

    def likeness(sound):
        loud, wanted = (np.abs(np.fft.rfft(each.reshape(-1, 400))) for each in (sound, word))
        return np.corrcoef(loud.ravel(), wanted.ravel())[0, 1]

    assert likeness(soften_reverberation(heard)) > likeness(heard)


@pytest.mark.parametrize("count", [0, 1, 511, 512, 1025, RATE_HZ + 1])
def test_a_sound_of_any_length_keeps_it(count):
    assert len(soften_reverberation(noise(2.0)[:count])) == count


def test_silence_stays_silence():
    assert not soften_reverberation(np.zeros(RATE_HZ, np.float32)).any()
