"""When a Vosk recogniser is emptied, and what it hears again then; what it is given is only written down."""

import numpy as np
import pytest

from voicecoach.hearing.vosk_lane import EMPTIED_SAMPLES, MOST_SAMPLES, NOISE, REPLAYED_SAMPLES, Lane
from voicecoach.hearing.vosk_result import LIMITS
from voicecoach.sound.audio import samples_of

UTTERANCE_SAMPLES = samples_of(2.0)
WITH_NOISE_SAMPLES = UTTERANCE_SAMPLES + len(NOISE)
FULL = MOST_SAMPLES // WITH_NOISE_SAMPLES + 1
"""So many utterances are too much,"""
ENOUGH = EMPTIED_SAMPLES // WITH_NOISE_SAMPLES + 1
"""and so many enough where nobody speaks just then."""


class Given:
    """In the place of Vosk's recogniser: keeps what it hears until it is emptied."""

    def __init__(self) -> None:
        self.heard: list[np.ndarray] = []
        self.emptied = 0

    def AcceptWaveform(self, sound: bytes) -> int:  # noqa: N802 - Vosk's name
        self.heard.append(np.frombuffer(sound, "<i2"))
        return 0

    def Result(self) -> str:  # noqa: N802 - Vosk's name
        return '{"alternatives": []}'

    def FinalResult(self) -> str:  # noqa: N802 - Vosk's name
        self.heard.clear()
        self.emptied += 1
        return self.Result()


@pytest.fixture
def given():
    return Given()


@pytest.fixture
def lane(given):
    return Lane(given, {}, LIMITS)


def say(lane: Lane, count: int) -> None:
    """Let the lane hear utterances, each as loud as its number."""
    for number in range(1, count + 1):
        lane.find(np.full(UTTERANCE_SAMPLES, number / 100, np.float32), str)


def test_up_to_a_minute_it_keeps_all_that_it_hears(lane, given):
    say(lane, FULL - 1)
    assert given.emptied == 0
    assert sum(map(len, given.heard)) == (FULL - 1) * WITH_NOISE_SAMPLES


def test_after_a_minute_it_is_emptied_and_hears_the_last_seconds_again_in_their_order(lane, given):
    say(lane, FULL)
    assert given.emptied == 1
    again = np.concatenate(given.heard)
    count = REPLAYED_SAMPLES // WITH_NOISE_SAMPLES
    assert len(again) == count * WITH_NOISE_SAMPLES
    loud = again[::WITH_NOISE_SAMPLES] / 32767
    assert loud == pytest.approx([number / 100 for number in range(FULL - count + 1, FULL + 1)], abs=1e-3)


def test_the_minute_begins_anew_then(lane, given):
    say(lane, 2 * FULL - 1)
    assert given.emptied == 1
    say(lane, 1)
    assert given.emptied == 2


def test_the_last_utterance_is_heard_again_however_long(lane, given):
    lane.find(np.zeros(MOST_SAMPLES, np.float32), str)
    assert given.emptied == 1
    assert sum(map(len, given.heard)) == MOST_SAMPLES + len(NOISE)


def test_where_nobody_speaks_it_is_emptied_earlier(lane, given):
    say(lane, ENOUGH - 1)
    assert not lane.rest()
    assert given.emptied == 0
    say(lane, 1)
    assert lane.rest()
    assert given.emptied == 1
    assert not lane.rest()
