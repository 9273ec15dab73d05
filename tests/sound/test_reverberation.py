"""What a room still sounds of is made softer, and what is said in it is not."""

import numpy as np
import pytest

from tests.sound.echoes import babble, path, power_db, through
from tests.sound.noises import noise
from voicecoach.sound.audio import RATE_HZ, samples_of
from voicecoach.sound.reverberation import UTTERANCES, Tiles

ROOM = path(seed=4, delay_samples=0, seconds=1.2)
"""A tiled one: it takes 1.2 s to fall by 60 dB."""


@pytest.fixture(scope="module")
def word():
    """Five syllables of a tenth of a second with as long between them, and the silence after them."""
    said = babble(1.0, seed=3) * (np.arange(RATE_HZ) % 3200 < 1600)
    return np.concatenate([said, np.zeros(samples_of(1.0))]).astype(np.float32)


def test_what_a_tiled_room_still_sounds_of_is_softer(word):
    heard = through(word, ROOM)
    after = slice(samples_of(1.0), samples_of(1.6))
    softened = Tiles().soften(heard)
    assert softened.dtype == np.float32
    assert power_db(softened[after]) < power_db(heard[after]) - 8


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_a_word_in_a_room_with_carpets_is_left_as_it_is(word, seconds):
    heard = through(word, path(seed=4, delay_samples=0, seconds=seconds)) if seconds else word
    assert Tiles().soften(heard) is heard


def test_a_word_stays_at_its_place(word):
    heard = through(word, ROOM)
    likeness = np.correlate(Tiles().soften(heard), heard[:RATE_HZ], "valid")
    assert np.argmax(likeness) == 0


def test_a_word_in_a_tiled_room_is_more_like_the_word(word):
    heard = through(word, ROOM)

    def likeness(sound):
        loud, wanted = (np.abs(np.fft.rfft(each.reshape(-1, 400))) for each in (sound, word))
        return np.corrcoef(loud.ravel(), wanted.ravel())[0, 1]

    assert likeness(Tiles().soften(heard)) > likeness(heard)


@pytest.mark.parametrize("count", [0, 1, 511, 512, 1025, RATE_HZ + 1])
def test_a_sound_of_any_length_keeps_it(count):
    assert len(Tiles().soften(noise(2.0)[:count])) == count


def test_silence_stays_silence():
    assert not Tiles().soften(np.zeros(RATE_HZ, np.float32)).any()


def test_one_utterance_does_not_make_a_room_tiled(word):
    tiles, heard = Tiles(), through(word, ROOM)
    for _ in range(UTTERANCES):
        tiles.soften(word)
    assert tiles.soften(heard) is heard


def test_silence_tells_nothing_of_a_room(word):
    tiles, heard = Tiles(), through(word, ROOM)
    for _ in range(UTTERANCES):
        tiles.soften(np.zeros(RATE_HZ, np.float32))
    assert tiles.soften(heard) is not heard
