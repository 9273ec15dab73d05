"""Chirps through simulated rooms."""

import numpy as np
import pytest

from voicecoach.doctor.chirp import FEWEST, find_echoes, make_chirp
from voicecoach.doctor.listening import CHIRPS, judge, listen_to
from voicecoach.sound.acoustics import Clock
from voicecoach.sound.audio import RATE_HZ, samples_of
from voicecoach.sound.room import SimulatedRoom

SECOND = RATE_HZ


class Echo:
    """A room that gives the coach back: so much softer, so late, by a clock of its own."""

    def __init__(self, gain, delay_samples=0, drift_ppm=0.0, noise=0.0):
        self.gain, self.noise = gain, noise
        self.late = np.zeros(delay_samples, np.float32)
        self.clock = Clock(drift_ppm) if drift_ppm else None
        self.random = np.random.default_rng(1)

    def hear(self, person, coach, start):
        del start
        self.late = np.concatenate((self.late, coach))
        now, self.late = np.split(self.late, [len(person)])
        now = self.clock.push(now) if self.clock else now
        noise = self.noise * self.random.standard_normal(len(person))
        return (person + self.gain * now + noise).astype(np.float32)


def heard_in(echo):
    with SimulatedRoom(acoustics=echo) as room:
        return listen_to(room, room.player)


@pytest.mark.parametrize(("gain", "level_db"), [(1.0, 0), (0.1, -20), (0.01, -40)])
def test_the_chirps_are_as_loud_as_they_come_back(gain, level_db):
    heard = heard_in(Echo(gain))
    assert heard.echoes.heard == CHIRPS
    assert heard.echoes.level_db == pytest.approx(level_db, abs=0.5)


@pytest.mark.parametrize("delay", [0, 137, samples_of(0.12), samples_of(0.6)])
def test_the_delay_is_found_to_the_sample(delay):
    heard = heard_in(Echo(0.2, delay))
    assert heard.echoes.delay_seconds * RATE_HZ == pytest.approx(delay, abs=0.6)


@pytest.mark.parametrize("drift_ppm", [-200.0, 0.0, 30.0, 100.0])
def test_two_clocks_are_told_apart(drift_ppm):
    heard = heard_in(Echo(0.2, 2000, drift_ppm))
    assert heard.echoes.drift_ppm == pytest.approx(drift_ppm, abs=6)


def test_a_jump_of_the_devices_is_no_drift():
    chirp = make_chirp().samples
    heard = np.zeros(10 * SECOND, np.float32)
    places = [SECOND * number for number in range(1, 8)]
    for place in places:
        late = place + (500 if place < 4 * SECOND else 900)
        heard[late : late + len(chirp)] += 0.2 * chirp
    heard += 1e-4 * np.random.default_rng(0).standard_normal(len(heard)).astype(np.float32)
    assert find_echoes(heard, places).drift_ppm == pytest.approx(0, abs=3)


def test_a_chirp_is_found_in_noise_that_is_louder():
    heard = heard_in(Echo(0.05, 500, noise=0.02))
    assert heard.echoes.heard == CHIRPS
    assert heard.echoes.delay_seconds * RATE_HZ == pytest.approx(500, abs=2)
    assert heard.noise_db == pytest.approx(20 * np.log10(0.02), abs=0.5)


def test_noise_alone_is_no_chirp():
    assert heard_in(Echo(0.0, noise=0.1)).echoes.heard < FEWEST


def test_a_microphone_that_is_muted_is_dead():
    heard = judge(np.zeros(9 * SECOND, np.float32), [2 * SECOND])
    assert heard.dead
    assert heard.echoes.heard == 0


def test_a_microphone_that_is_too_loud_clips():
    loud = np.clip(3 * np.sin(np.arange(9 * SECOND)), -1, 1).astype(np.float32)
    assert judge(loud, []).clipped > 0.5


def test_a_recording_that_ends_at_once_is_nothing():
    assert find_echoes(np.zeros(0, np.float32), [0, 100]).heard == 0
    assert find_echoes(make_chirp().samples, [0]).heard == 0
