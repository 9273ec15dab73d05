import numpy as np
import pytest

from bench.clock import errors, find_clicks
from tests.sound.noises import noise
from voicecoach.sound.audio import RATE_HZ, samples_of


def test_each_click_is_found_where_it_is():
    click, sound = noise(0.1), np.zeros(samples_of(5), np.float32)
    for second in (0.5, 1.5, 2.52):
        sound[samples_of(second) : samples_of(second) + len(click)] += click
    assert find_clicks(sound, click) == pytest.approx([0.5, 1.5, 2.52], abs=1 / RATE_HZ)


def test_what_comes_later_and_later_adds_up():
    furthest, median, worst, after = errors("a loop", [5.0, 6.001, 7.002], [0.0, 1.0, 2.0])
    assert [round(each.value) for each in (furthest, median, worst, after)] == [2, 1, 1, 30]


def test_a_single_slip_of_the_card_does_not_count_for_all_that_follows():
    heard = [0.0, 1.0, 2.1, 3.1, 4.1, 5.1, 6.1]
    furthest, median, _, after = errors("a loop", heard, [float(second) for second in range(7)])
    assert (round(furthest.value), round(median.value), round(after.value)) == (100, 0, 0)
