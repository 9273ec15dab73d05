"""The sound devices: which there are, which is taken, and the words for when there is none."""

import os
import subprocess
import sys

import pytest
import soundfile

from tests.sound.noises import ALIKE, find, noise
from voicecoach.errors import SoundError
from voicecoach.sound.full_duplex import FullDuplex
from voicecoach.sound.sounddevice import Device, Shape, choose_device, open_stream, pick, play_file, shapes

RATE_HZ = 16_000
MICROPHONE = Device(0, "USB microphone", inputs=1, outputs=0, rate_hz=44_100)
SPEAKER = Device(1, "HDMI", inputs=0, outputs=2, rate_hz=48_000)
HEADSET = Device(2, "Headset", inputs=1, outputs=2, rate_hz=16_000)


@pytest.mark.usefixtures("sound_card")
def test_a_device_is_found_by_a_part_of_its_name():
    assert choose_device("PULS", "inputs").name == "pulse"
    with pytest.raises(SoundError, match=r"no microphone named 'nonsense'; there are: .*pulse"):
        FullDuplex(microphone="nonsense")
    with pytest.raises(SoundError, match=r"no loudspeaker named 'nonsense'"):
        FullDuplex(loudspeaker="nonsense")


def test_devices_that_cannot_be_opened_are_told_with_the_reason(sound_card):
    source, sink = choose_device("pulse", "inputs"), choose_device("pulse", "outputs")
    sound_card.unplug()
    with pytest.raises(SoundError, match=r"'pulse'.* cannot be opened together .*; close what else"):
        open_stream(source, sink, lambda _heard, _disturbed: b"")
    with pytest.raises(SoundError, match=r"The loudspeaker 'pulse' cannot be opened \("):
        open_stream(None, sink, lambda _heard, _disturbed: b"")


def test_a_sound_card_without_devices_is_told_by_its_process(sound_card):
    sound_card.unplug()
    with pytest.raises(SoundError, match="There is no microphone; plug one in"):
        FullDuplex()


def test_a_recording_is_played_to_its_end(sound_card, tmp_path):
    said = noise(0.5)
    soundfile.write(tmp_path / "said.wav", said, RATE_HZ)
    with sound_card.record() as hear:
        hear(0.1)  # the recorder is awake
        play_file(tmp_path / "said.wav")
        assert find(said, hear(1.5))[1] > ALIKE


def test_the_usual_device_is_taken_where_none_is_named():
    devices = [MICROPHONE, SPEAKER, HEADSET]
    assert pick(devices, None, "inputs", 2) is HEADSET
    assert pick(devices, None, "outputs", 1) is SPEAKER
    assert pick(devices, None, "outputs", -1) is SPEAKER
    assert pick(devices, "head", "outputs", 1) is HEADSET


@pytest.mark.parametrize(("direction", "what"), [("inputs", "microphone"), ("outputs", "loudspeaker")])
def test_a_machine_without_devices_is_told_so(direction, what):
    with pytest.raises(SoundError, match=f"There is no {what}; plug one in"):
        pick([], None, direction, -1)


def test_devices_are_opened_at_their_own_rate_first_and_with_no_more_channels_than_they_have():
    tried = shapes(MICROPHONE, SPEAKER)
    assert tried[:3] == [Shape(44_100, 1, 1), Shape(44_100, 1, 2), Shape(48_000, 1, 1)]
    assert all(shape.inputs == 1 for shape in tried)
    assert {shape.rate_hz for shape in shapes(HEADSET, HEADSET)} == {16_000, 48_000, 44_100}


def test_one_direction_alone_is_opened_with_no_channel_of_the_other():
    assert shapes(None, SPEAKER)[0] == Shape(48_000, 0, 1)
    assert shapes(MICROPHONE, None)[0] == Shape(44_100, 1, 0)


def test_a_machine_without_portaudio_is_told_what_to_install(tmp_path):
    lacking = "raise OSError('PortAudio library not found')\n"  # as sounddevice does without the library
    (tmp_path / "sounddevice.py").write_text(lacking)
    program = "from voicecoach.sound.full_duplex import FullDuplex; FullDuplex()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert "SoundError: PortAudio is not installed; on Debian: sudo apt install libportaudio2" in done.stderr
