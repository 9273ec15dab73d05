"""Somebody who is far too soft in the microphone: the calibration turns it up, and then hears them."""

import numpy as np
import pytest

from voicecoach.calibration.outcome import QUIET, TIMES
from voicecoach.calibration.trials import Trials
from voicecoach.commands.stage import set_up
from voicecoach.content.models import Content
from voicecoach.rehearsal.person import SimulatedPerson
from voicecoach.rehearsal.script import PERSONS, load_script
from voicecoach.settings import load_settings
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.room import SimulatedRoom

SOFT_DB = 18.0


class Muffled:
    """A place whose microphone is set much too low."""

    def __init__(self):
        self.place = Acoustics()

    def hear(self, person, coach, start):
        return self.place.hear(person, coach, start) * np.float32(10 ** (-SOFT_DB / 20))


@pytest.fixture(scope="module")
def trials():
    settings = load_settings(lang="en", recognizer="moonshine")
    script = load_script(PERSONS / "en_calibrate.toml")
    with SimulatedRoom(None, Muffled()) as room:
        stage = set_up(settings, script, PERSONS, "morning", room)
        lying = SimulatedPerson(script, room, stage.speak)
        trials = Trials(Content.load("en"), stage.ears, stage.speaker, lying, (lying,))
        trials.run()
    return trials


def test_the_microphone_is_turned_up_by_what_is_missing(trials):
    assert SOFT_DB - 8 < trials.outcome.gain_db < SOFT_DB + 4
    assert trials.ears.gain_db == trials.outcome.gain_db


def test_after_that_stop_and_pain_are_heard(trials):
    assert trials.outcome.problems == []
    assert trials.outcome.heard[QUIET, "pain"] == TIMES
