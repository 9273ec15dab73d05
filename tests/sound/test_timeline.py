"""Clips by the sample."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.sound.audio import AudioClip
from voicecoach.sound.timeline import DUCKED, FADE_SAMPLES, KNEE, Timeline


def clip(length, size=0.5):
    return AudioClip(np.full(length, size, np.float32))


def test_a_clip_sounds_exactly_where_it_was_placed():
    timeline = Timeline()
    timeline.place(clip(100), 1000)
    heard = timeline.render(0, 2000)
    assert np.flatnonzero(heard).tolist() == list(range(1000, 1100))
    assert timeline.busy_until == 1100


def test_clips_are_mixed():
    timeline = Timeline()
    timeline.place(clip(100, 0.25), 0)
    timeline.place(clip(100, 0.5), 50)
    assert timeline.render(0, 200)[[0, 49, 50, 99, 100, 149, 150]].tolist() == [
        0.25, 0.25, 0.75, 0.75, 0.5, 0.5, 0,
    ]  # fmt: skip


@given(
    clips=st.lists(st.tuples(st.integers(0, 900), st.integers(0, 300), st.floats(-0.3, 0.3)), max_size=6),
    blocks=st.lists(st.integers(1, 400), min_size=1),
)
def test_however_it_is_cut_into_blocks_it_sounds_the_same(clips, blocks):
    whole, cut = Timeline(), Timeline()
    for start, length, size in clips:
        whole.place(clip(length, size), start)
        cut.place(clip(length, size), start)
    position, parts = 0, []
    for count in blocks:
        parts.append(cut.render(position, count))
        position += count
    np.testing.assert_array_equal(np.concatenate(parts), whole.render(0, position))


def test_silence_fades_within_five_milliseconds_and_makes_no_click():
    timeline = Timeline()
    timeline.place(clip(1000), 0)
    timeline.place(clip(1000), 700)
    timeline.silence(600)
    heard = timeline.render(0, 2000)
    assert (heard[:600] == 0.5).all()
    assert np.abs(np.diff(heard[600:])).max() < 0.01
    assert not heard[600 + FADE_SAMPLES :].any()
    assert timeline.busy_until == 600


def test_silence_after_the_end_changes_nothing():
    timeline = Timeline()
    timeline.place(clip(100), 0)
    timeline.silence(100)
    assert (timeline.render(0, 100) == 0.5).all()


def test_what_has_sounded_is_forgotten():
    timeline = Timeline()
    for start in range(0, 100_000, 100):
        timeline.place(clip(100), start)
        timeline.render(start, 100)
        assert len(timeline._clips) == 0


@pytest.mark.parametrize("volume", [1.0, 2.0, 50.0])
def test_nothing_ever_passes_full_scale(volume):
    timeline = Timeline(volume)
    for _ in range(3):
        timeline.place(clip(500, -0.9), 0)
    heard = timeline.render(0, 500)
    assert np.abs(heard).max() <= 1
    assert (heard < 0).all()


def test_up_to_the_knee_the_sound_is_left_as_it_is():
    timeline = Timeline()
    ramp = np.linspace(-KNEE, KNEE, 500, dtype=np.float32)
    timeline.place(AudioClip(ramp), 0)
    np.testing.assert_array_equal(timeline.render(0, 500), ramp)


def test_another_volume_comes_without_a_click():
    timeline = Timeline()
    timeline.place(clip(2000, 0.3), 0)
    before = timeline.render(0, 512)
    timeline.volume = 2.0
    after = timeline.render(512, 512)
    assert after[-1] == pytest.approx(0.6)
    assert np.abs(np.diff(np.concatenate((before, after)))).max() < 0.01


def test_the_first_block_already_has_its_volume():
    timeline = Timeline(0.5)
    timeline.place(clip(10), 0)
    assert timeline.render(0, 10).tolist() == [0.25] * 10


def test_it_makes_room_for_someone_who_speaks_at_once_and_without_a_click():
    timeline = Timeline()
    timeline.place(clip(3000, 0.4), 0)
    before = timeline.render(0, 512)
    timeline.ducked = True
    after = timeline.render(512, 512)
    assert after[FADE_SAMPLES:].tolist() == pytest.approx([0.4 * DUCKED] * (512 - FADE_SAMPLES))
    assert np.abs(np.diff(np.concatenate((before, after)))).max() < 0.01
    timeline.ducked = False
    assert timeline.render(1024, 512)[-1] == pytest.approx(0.4)


def test_what_has_not_begun_can_be_put_off_and_what_sounds_goes_on():
    timeline = Timeline()
    timeline.place(clip(1000), 0)
    timeline.place(clip(100), 2000)
    timeline.postpone(500, 700)
    assert timeline.busy_until == 2800
    heard = np.flatnonzero(timeline.render(0, 4000)).tolist()
    assert heard == [*range(1000), *range(2700, 2800)]
