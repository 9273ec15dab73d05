import sys

import numpy as np
import pytest
import soundfile

from tests.sound.echoes import babble, blocks, power_db
from voicecoach.errors import SoundError
from voicecoach.sound.acoustics import PERSON_RMS, ROOMS, Acoustics
from voicecoach.sound.audio import RATE_HZ, AudioClip
from voicecoach.sound.room import SimulatedRoom

PERSON_DB = 20 * np.log10(PERSON_RMS)


def heard(acoustics, person, coach, size=512):
    parts = [acoustics.hear(person[part], coach[part], part.start) for part in blocks(len(person), size)]
    return np.concatenate(parts)


@pytest.fixture(scope="module")
def speech():
    return babble(8, seed=4)


@pytest.fixture(scope="module")
def nobody(speech):
    return np.zeros_like(speech)


@pytest.mark.parametrize("room", [None, *ROOMS])
def test_a_person_arrives_at_the_level_of_a_person(room, speech, nobody):
    arrived = heard(Acoustics(room), speech, nobody)
    assert power_db(arrived) == pytest.approx(power_db(speech) - 15, abs=1)


@pytest.mark.parametrize("room", [None, *ROOMS])
@pytest.mark.parametrize("echo_db", [0, 10])
def test_the_echo_is_as_loud_as_was_asked_for(room, echo_db, speech, nobody):
    person = heard(Acoustics(room), speech, nobody)
    echo = heard(Acoustics(room, echo_db=echo_db), nobody, speech)
    assert power_db(echo) - power_db(person) == pytest.approx(echo_db, abs=1)


def test_without_an_echo_the_coach_is_not_heard(speech, nobody):
    assert not heard(Acoustics("living"), nobody, speech).any()


def test_a_loudspeaker_adds_as_much_as_was_asked_for(speech, nobody):
    clean = heard(Acoustics(echo_db=0), nobody, speech)
    bent = heard(Acoustics(echo_db=0, distortion_db=-30), nobody, speech)
    share = (bent @ clean) / (clean @ clean)
    assert power_db(bent - share * clean) - power_db(share * clean) == pytest.approx(-30, abs=3)


@pytest.mark.parametrize("ppm", [50.0, -50.0])
def test_the_echo_of_another_clock_comes_later_and_later(ppm):
    coach = np.zeros(20 * RATE_HZ, np.float32)
    coach[[RATE_HZ, 19 * RATE_HZ]] = 0.5
    echo = heard(Acoustics(echo_db=0, drift_ppm=ppm), np.zeros_like(coach), coach)
    first = int(np.abs(echo[: 10 * RATE_HZ]).argmax())
    second = 10 * RATE_HZ + int(np.abs(echo[10 * RATE_HZ :]).argmax())
    assert second - first - 18 * RATE_HZ == pytest.approx(18 * RATE_HZ * ppm * 1e-6, abs=1)


def test_a_loudspeaker_that_runs_empty_falls_back():
    coach = np.zeros(20 * RATE_HZ, np.float32)
    coach[[RATE_HZ, 19 * RATE_HZ]] = 0.5
    echo = heard(Acoustics(echo_db=0, drift_ppm=-1000), np.zeros_like(coach), coach)
    places = np.flatnonzero(np.abs(echo) > 0.3 * np.abs(echo).max())
    apart = places[places > 10 * RATE_HZ][0] - places[0] - 18 * RATE_HZ
    assert apart == pytest.approx(-18 * RATE_HZ * 0.001 + 1600 * (apart > 0), abs=2)


def test_the_delay_of_the_devices_is_as_asked_for():
    click = np.zeros(RATE_HZ, np.float32)
    click[100] = 0.5
    echo = heard(Acoustics(echo_db=0, delay_ms=250), np.zeros_like(click), click)
    assert int(np.abs(echo).argmax()) == 100 + 4000


def test_noise_goes_on_and_on_at_its_level(tmp_path, nobody):
    soundfile.write(tmp_path / "fan.wav", np.random.default_rng(1).standard_normal(RATE_HZ) * 0.01, RATE_HZ)
    noise = heard(Acoustics(noise=tmp_path / "fan.wav", snr_db=12), nobody, nobody)
    assert power_db(noise) == pytest.approx(PERSON_DB - 12, abs=1)
    np.testing.assert_allclose(noise[:RATE_HZ], noise[RATE_HZ : 2 * RATE_HZ], atol=1e-6)


def test_the_same_arguments_give_the_same_sound_however_it_is_cut(tmp_path, speech):
    soundfile.write(tmp_path / "fan.wav", np.random.default_rng(1).standard_normal(RATE_HZ) * 0.01, RATE_HZ)
    knobs = {"echo_db": 5, "noise": tmp_path / "fan.wav", "drift_ppm": 30, "distortion_db": -25, "seed": 7}
    coach = babble(8, seed=6)
    whole = heard(Acoustics("bedroom", **knobs), speech, coach)
    again = heard(Acoustics("bedroom", **knobs), speech, coach)
    other = heard(Acoustics("bedroom", **knobs), speech, coach, size=777)
    np.testing.assert_array_equal(whole, again)
    np.testing.assert_allclose(whole, other, atol=2e-4)
    assert (heard(Acoustics("bedroom", **{**knobs, "seed": 8}), speech, coach) != whole).any()


def test_a_simulated_room_can_have_walls(speech):
    with SimulatedRoom(acoustics=Acoustics("living", echo_db=5)) as room:
        room.player.place(AudioClip(speech), 0)
        sound = np.concatenate([room.read().samples for _ in range(200)])
    assert power_db(sound) == pytest.approx(PERSON_DB + 5 + power_db(speech) + 20, abs=2)


def test_an_unknown_room_names_the_known_ones():
    with pytest.raises(SoundError, match="no room 'cellar'; choose one of living, bedroom, bathroom"):
        Acoustics("cellar")


def test_nobody_lies_behind_a_wall():
    with pytest.raises(SoundError, match=r"Nobody can lie 9 m from the microphone of the bathroom"):
        Acoustics("bathroom", 9)


def test_a_missing_library_is_told_with_what_to_do(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyroomacoustics", None)
    with pytest.raises(SoundError, match=r"pip install 'voicecoach\[lab\]'"):
        Acoustics("living", 1.23)


def test_noise_without_sound_is_refused(tmp_path):
    soundfile.write(tmp_path / "nothing.wav", np.zeros(100), RATE_HZ)
    with pytest.raises(SoundError, match="there is no sound in it"):
        Acoustics(noise=tmp_path / "nothing.wav")
