"""Samples over a line, on one whose microphone hears its own loudspeaker."""

import numpy as np
import pytest

from tests.sound.noises import find, noise
from voicecoach.errors import SoundError
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ
from voicecoach.sound.card import AHEAD_BLOCKS
from voicecoach.sound.connection import Connection
from voicecoach.sound.exchange import Exchange
from voicecoach.sound.line import Block, Opened
from voicecoach.sound.sounddevice import Shape

SHAPES = [Shape(16_000, 1, 1), Shape(44_100, 1, 2), Shape(48_000, 2, 2)]
BLOCK = 256


class Loop:
    """A line without a process: each block that is played is what the next one hears."""

    missed = lost = 0
    effort = 0.0

    def __init__(self, shape, until=10**6):
        self.exchange = Exchange(bytes(4 * shape.block * shape.outputs), AHEAD_BLOCKS)
        self.shape, self.until = shape, until
        self.heard = bytes(4 * shape.block * shape.inputs)
        self.give, self.hush = self.exchange.give, self.exchange.hush

    def take(self, _patience):
        self.until -= 1
        if self.until < 0:
            return None
        heard, played = self.heard, self.exchange.swap(self.heard)
        both = np.frombuffer(played, np.float32).reshape(-1, self.shape.outputs)[:, :1]
        self.heard = np.repeat(both, self.shape.inputs, axis=1).tobytes()
        return Block(heard, played)


def connect(shape, **more):
    return Connection(Loop(shape, **more), Opened(shape, latency_seconds=0.016))


def live(connection, sound):
    """Play the sound; gives what was heard and what was played meanwhile, from the same beginning on."""
    both = []
    for start in range(0, len(sound), CHUNK_SAMPLES):
        both.append(connection.hear())
        connection.play(sound[start : start + CHUNK_SAMPLES])
    return np.concatenate(both, axis=1)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_what_is_played_comes_back_as_late_as_the_connection_says(shape):
    clip, sound = noise(0.3), np.zeros(2 * RATE_HZ, np.float32)
    sound[4000 : 4000 + len(clip)] = clip
    connection = connect(shape)
    heard, played = live(connection, sound)
    place, likeness = find(clip, heard)
    assert place == pytest.approx(4000 + connection.delay_samples, abs=2)
    assert likeness > 0.9
    assert find(clip, played)[0] == pytest.approx(place - BLOCK, abs=2)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_hush_is_heard_within_a_block_and_what_follows_is_at_its_place(shape):
    loud, after = noise(2.0, seed=1), noise(0.2, seed=2)
    connection = connect(shape)
    _, before = live(connection, loud[: 50 * CHUNK_SAMPLES])
    assert np.abs(before[-1000:]).max() > 0.1
    connection.hush()
    sound = np.zeros(RATE_HZ, np.float32)
    sound[: len(after)] = after
    _, played = live(connection, sound)
    late = AHEAD_BLOCKS * BLOCK
    resampled = round(0.041 * RATE_HZ)  # what is told was played then comes that much later
    silent = played[resampled + BLOCK : late - RATE_HZ // 50]
    assert len(silent) > 4 * BLOCK
    assert np.abs(silent).max() < 1e-4
    assert find(after, played)[0] == pytest.approx(late, abs=2)


def test_a_line_that_gives_nothing_any_more_is_told():
    connection = connect(SHAPES[0], until=10)
    with pytest.raises(SoundError, match="gave nothing for"):
        live(connection, noise(1.0))
