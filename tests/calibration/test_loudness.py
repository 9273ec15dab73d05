"""How loud a word is in a microphone, and what follows from it."""

import numpy as np
import pytest

from voicecoach.calibration.loudness import MOST_DB, WANTED_DB, WORD_CHUNKS, gain_for, level_db, word_in
from voicecoach.sound.audio import CHUNK_SAMPLES


def test_the_level_of_a_sound_is_its_power_against_full_scale():
    assert level_db(np.ones(CHUNK_SAMPLES, np.float32)) == pytest.approx(0, abs=0.01)
    assert level_db(np.full(CHUNK_SAMPLES, 0.1, np.float32)) == pytest.approx(-20, abs=0.01)
    assert level_db(np.zeros(CHUNK_SAMPLES, np.float32)) < -80


def test_a_word_is_as_loud_as_its_louder_part_and_a_click_is_none():
    quiet = [-70.0] * 100
    word = [-48.0] * WORD_CHUNKS
    assert word_in([*quiet, *word, *quiet]) == -48
    assert word_in([*quiet, -10.0, -10.0, *quiet]) is None


def test_where_nobody_speaks_there_is_no_word():
    assert word_in([-60.0] * 200) is None
    assert word_in([]) is None


def test_who_is_soft_is_turned_up_and_who_is_loud_is_left():
    assert gain_for([WANTED_DB - 12] * 3) == 12
    assert gain_for([WANTED_DB + 12] * 3) == 0
    assert gain_for([]) == 0


def test_one_word_at_another_loudness_changes_little_and_a_microphone_is_never_turned_up_without_end():
    assert gain_for([WANTED_DB - 12, WANTED_DB - 12, WANTED_DB - 40]) == 12
    assert gain_for([WANTED_DB - 60]) == MOST_DB
