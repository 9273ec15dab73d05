"""The sound card, on a real sound server, and the words for when there is none."""

import os
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import soundfile

from voicecoach.errors import SoundError
from voicecoach.sound import sounddevice
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioClip
from voicecoach.sound.sounddevice import Device, FullDuplex, Shape, choose_device, pick, play_file, shapes

ALIKE = 0.5
"""Noise is like other noise to less than 0.1; a server that is short of time leaves some out."""
LOOPBACK = ["module-loopback", "source=speaker.monitor", "sink=micpipe", "latency_msec=20"]
MICROPHONE = Device(0, "USB microphone", inputs=1, outputs=0, rate_hz=44_100)
SPEAKER = Device(1, "HDMI", inputs=0, outputs=2, rate_hz=48_000)
HEADSET = Device(2, "Headset", inputs=1, outputs=2, rate_hz=16_000)


def noise(seconds, seed=0):
    """Noise within the band that everything on the way lets through."""
    samples = np.random.default_rng(seed).standard_normal(round(seconds * RATE_HZ))
    return (0.2 * np.convolve(samples, np.hanning(9) / 4, "same")).astype(np.float32)


def find(clip, sound):
    """Where `clip` begins in `sound`, in samples, and how like it is what is found there."""
    size = 1 << (len(sound) + len(clip)).bit_length()
    spectrum = np.fft.rfft(sound, size) * np.conj(np.fft.rfft(clip, size))
    place = int(np.fft.irfft(spectrum)[: len(sound) - len(clip)].argmax())
    return place, np.corrcoef(clip, sound[place : place + len(clip)])[0, 1]


def listen(device, seconds):
    chunks = [device.read() for _ in range(round(seconds * RATE_HZ / CHUNK_SAMPLES))]
    assert [chunk.start for chunk in chunks] == [
        chunks[0].start + CHUNK_SAMPLES * n for n in range(len(chunks))
    ]
    return np.concatenate([chunk.samples for chunk in chunks])


def test_what_is_said_into_the_microphone_is_read(sound_card, tmp_path):
    said = noise(1.0)
    soundfile.write(tmp_path / "said.wav", said, RATE_HZ)

    def speak(device):
        listen(device, 0.2)
        speaking = threading.Thread(target=sound_card.feed, args=[tmp_path / "said.wav"])
        speaking.start()
        heard = listen(device, 2.0)
        speaking.join()
        return heard

    assert find(said, undisturbed(speak))[1] > ALIKE


def undisturbed(run):
    """What a run over the device gives, in which neither the loop nor the sound server was late.

    Both share the machine with whatever else runs there; each loss is counted.
    """
    for _ in range(8):
        with FullDuplex() as device:
            result = run(device)
            if device.stumbles == 0:
                return result
    pytest.fail("this machine is too busy to play and record at the same time")


def test_clips_are_played_at_their_places(sound_card):
    first, second = noise(0.2, seed=1), noise(0.2, seed=2)

    def play(device):
        with sound_card.record() as hear:
            hear(0.1)  # the recorder is awake
            start = device.read().end
            device.player.place(AudioClip(first), start + 1000)
            device.player.place(AudioClip(second), start + 1000 + RATE_HZ)
            listen(device, 2.0)
            return hear(2.0)

    recorded = undisturbed(play)
    (place, likeness), (later, also) = find(first, recorded), find(second, recorded)
    assert min(likeness, also) > ALIKE
    # exact on a quiet machine; the software card itself slips by a block of its own on a busy one
    assert later - place == pytest.approx(RATE_HZ, abs=RATE_HZ // 20)


@pytest.mark.full  # real time on a busy machine
def test_what_is_played_comes_back_as_late_as_the_device_says_every_time(sound_card):
    sound_card.pactl("load-module", *LOOPBACK)
    clips = {RATE_HZ * second: noise(0.2, seed=second) for second in (1, 2, 3)}

    def play(device):
        for place, clip in clips.items():
            device.player.place(AudioClip(clip), place)
        return listen(device, 4.0), device.delay_samples

    heard, told = undisturbed(play)
    delays = [find(clip, heard)[0] - place for place, clip in clips.items()]
    assert max(delays) - min(delays) < RATE_HZ // 50  # the loopback, too, keeps up as well as it can
    assert delays == pytest.approx([told] * len(delays), abs=RATE_HZ // 10)


LISTENING = """
from voicecoach.sound.sounddevice import FullDuplex
with FullDuplex() as device:
    print("ready" if device.read() else "", flush=True)
    while device.read():
        pass
"""


@pytest.mark.full  # real time on a busy machine
def test_a_sound_server_that_ends_is_told_and_the_program_ends_within_seconds(sound_card):
    # in a process of its own: what libpulse leaves behind would wait for ever in the next test
    process = subprocess.Popen(
        [sys.executable, "-c", LISTENING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "ready\n"
    sound_card.unplug()
    begin = time.monotonic()
    _, errors = process.communicate(timeout=30)
    assert time.monotonic() - begin < 5
    assert "SoundError: The microphone gives no sound any more" in errors


@pytest.mark.full  # real time on a busy machine
def test_a_microphone_that_falls_silent_is_told(sound_card):
    with FullDuplex() as device:
        listen(device, 0.2)
        sound_card.pactl("suspend-source", "mic", "1")
        with pytest.raises(SoundError, match="no sound any more"):
            listen(device, 10)


def test_two_channels_become_one_and_one_becomes_two(sound_card, monkeypatch):
    monkeypatch.setattr(sounddevice, "CHANNELS", ((2, 2),))
    sound_card.pactl("load-module", *LOOPBACK)
    clip = noise(0.3)

    def play(device):
        device.player.place(AudioClip(clip), RATE_HZ)
        return listen(device, 2.0)

    assert find(clip, undisturbed(play))[1] > ALIKE


@pytest.mark.usefixtures("sound_card")
def test_a_device_is_found_by_a_part_of_its_name():
    assert choose_device("PULS", "inputs").name == "pulse"
    with pytest.raises(SoundError, match=r"no microphone named 'nonsense'; there are: .*pulse"):
        FullDuplex(microphone="nonsense")
    with pytest.raises(SoundError, match=r"no loudspeaker named 'nonsense'"):
        FullDuplex(loudspeaker="nonsense")


def test_devices_that_cannot_be_opened_are_told_with_the_reason(sound_card):
    sound_card.unplug()
    with pytest.raises(SoundError, match=r"'pulse'.* cannot be opened together .*; close what else"):
        FullDuplex("pulse", "pulse")


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


def test_a_machine_without_portaudio_is_told_what_to_install(tmp_path):
    lacking = "raise OSError('PortAudio library not found')\n"  # as sounddevice does without the library
    (tmp_path / "sounddevice.py").write_text(lacking)
    program = "from voicecoach.sound.sounddevice import FullDuplex; FullDuplex()"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert "SoundError: PortAudio is not installed; on Debian: sudo apt install libportaudio2" in done.stderr
