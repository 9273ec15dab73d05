"""The simulated room, and what it records."""

from dataclasses import dataclass, field

import numpy as np
import pytest
import soundfile

from tests.disks import full_disk
from voicecoach.errors import SoundError
from voicecoach.sound.audio import CHUNK_SAMPLES, QUIET_RMS, RATE_HZ, AudioClip, Samples
from voicecoach.sound.recorder import StereoRecorder
from voicecoach.sound.room import SimulatedRoom


def words(length=3000):
    return AudioClip(np.full(length, 0.5, np.float32))


def listen(room, chunks):
    return np.concatenate([room.read().samples for _ in range(chunks)])


def test_time_goes_on_chunk_by_chunk():
    room = SimulatedRoom()
    starts = [room.read().start for _ in range(4)]
    assert starts == [0, CHUNK_SAMPLES, 2 * CHUNK_SAMPLES, 3 * CHUNK_SAMPLES]
    assert room.position == 4 * CHUNK_SAMPLES


def test_the_person_is_heard_where_they_speak():
    room = SimulatedRoom()
    room.put(words(), 1000)
    loud = np.flatnonzero(listen(room, 10) > 0.25)
    assert (loud[0], loud[-1], len(loud)) == (1000, 3999, 3000)


def test_the_room_is_quiet_but_never_digitally_silent():
    heard = listen(SimulatedRoom(), 50)
    assert np.sqrt((heard**2).mean()) == pytest.approx(QUIET_RMS, rel=0.05)


def test_the_same_seed_is_the_same_room():
    np.testing.assert_array_equal(listen(SimulatedRoom(seed=3), 5), listen(SimulatedRoom(seed=3), 5))
    assert (listen(SimulatedRoom(seed=3), 1) != listen(SimulatedRoom(seed=4), 1)).any()


def test_without_acoustics_the_microphone_does_not_hear_the_coach():
    room = SimulatedRoom()
    room.player.place(words(), 0)
    assert np.abs(listen(room, 5)).max() < 0.01


@dataclass
class Echo:
    """A wall that gives the coach back at half its loudness, 100 samples late."""

    late: Samples = field(default_factory=lambda: np.zeros(100, np.float32))

    def hear(self, person, coach, start):
        del start
        sound = np.concatenate((self.late, coach))
        self.late = sound[-100:]
        return person + 0.5 * sound[: len(person)]


def test_an_echo_can_be_laid_between_the_two():
    room = SimulatedRoom(acoustics=Echo())
    room.player.place(words(), 700)
    heard = listen(room, 10)
    assert np.flatnonzero(np.abs(heard - 0.25) < 0.05).tolist() == list(range(800, 3800))


def test_both_sides_are_recorded_the_coach_left_and_the_person_right(tmp_path):
    path = tmp_path / "new folder" / "session.wav"
    with SimulatedRoom(recording=path) as room:
        room.player.place(words(), 500)
        room.put(words(), 5000)
        listen(room, 20)
    sound, rate_hz = soundfile.read(path)
    assert (rate_hz, sound.shape) == (RATE_HZ, (20 * CHUNK_SAMPLES, 2))
    assert np.flatnonzero(sound[:, 0]).tolist() == list(range(500, 3500))
    assert np.flatnonzero(sound[:, 1]).tolist() == list(range(5000, 8000))


def test_a_recording_that_cannot_be_written_is_told_before_the_session(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SoundError, match=r"session\.wav: .* choose another folder"):
        SimulatedRoom(recording=tmp_path / "file" / "session.wav")


def test_a_disk_that_fills_up_is_told(tmp_path):
    recorder = StereoRecorder(tmp_path / "session.wav")
    block = np.zeros(CHUNK_SAMPLES, np.float32)
    recorder.write(block, block)
    minute = np.zeros(60 * RATE_HZ, np.float32)
    with full_disk(after_bytes=20_000), pytest.raises(SoundError, match="is the disk full"):
        recorder.write(minute, minute)
    recorder.close()
