"""The real voice: its process, its rates, and what happens to it."""

import json
import os
import signal
import subprocess
import sys
import tempfile

import numpy as np
import pytest

from tests.disks import full_disk
from voicecoach.errors import SpeakingError
from voicecoach.sound.audio import RATE_HZ
from voicecoach.speaking.levelling import EDGE_SAMPLES, PEAK, SPEECH_LUFS, loudness_of
from voicecoach.speaking.pyttsx3 import pyttsx3

LINE = "Hold for ten seconds."
LINES = ["One", "Ten", LINE, "Bring one knee up, then the other, and keep your shoulders down."]

VOICED_POWER = 0.01


@pytest.fixture
def voice():
    voice = pyttsx3("en", 160)
    yield voice
    voice.close()


def pitch_hz(samples):
    """The commonest period of the voiced frames."""
    found = []
    for begin in range(0, len(samples) - 1024, 512):
        frame = samples[begin : begin + 1024]
        if (frame**2).mean() > VOICED_POWER:
            echo = np.correlate(frame, frame, "full")[1023:]
            found.append(RATE_HZ / (40 + echo[40:250].argmax()))
    return float(np.median(found))


def test_a_line_begins_and_ends_with_its_sound(voice):
    samples = voice.synthesize(LINE).samples
    assert samples.dtype == np.float32
    assert 1.2 * RATE_HZ < len(samples) < 2.0 * RATE_HZ
    sounding = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    assert sounding[0] <= 2 * EDGE_SAMPLES
    assert len(samples) - sounding[-1] <= 2 * EDGE_SAMPLES


@pytest.mark.parametrize("line", LINES)
def test_every_line_is_as_loud_as_every_other_and_never_clips(voice, line):
    samples = voice.synthesize(line).samples
    assert loudness_of(samples) == pytest.approx(SPEECH_LUFS, abs=0.1)
    assert np.abs(samples).max() <= PEAK + 1e-6


def test_a_number_is_over_within_its_second(voice):
    assert all(voice.synthesize(str(n)).seconds < 0.8 for n in range(1, 21))


@pytest.mark.parametrize(("rate_wpm", "seconds"), [(120, 2.03), (160, 1.58), (240, 1.08)])
def test_every_process_speaks_at_the_rate_it_was_told(rate_wpm, seconds):
    for _ in range(8):
        voice = pyttsx3("en", rate_wpm)
        spoken = [voice.synthesize(LINE).seconds for _ in range(3)]
        voice.close()
        assert spoken == pytest.approx([seconds] * 3, abs=0.06)


def test_a_long_line_is_there_to_its_end_each_time(voice):
    long = " ".join(LINES * 4)
    spoken = [voice.synthesize(long).seconds for _ in range(10)]
    assert max(spoken) - min(spoken) < 0.1
    assert min(spoken) > 20


def test_the_simulated_person_has_another_voice():
    coach, person = pyttsx3("en", 160), pyttsx3("en", 160, "en-us+f3")
    assert pitch_hz(person.synthesize(LINE).samples) > 1.3 * pitch_hz(coach.synthesize(LINE).samples)
    assert coach.voice != person.voice


def test_korean_is_spoken():
    assert 0.5 < pyttsx3("ko", 160).synthesize("무릎을 가슴으로 당기세요.").seconds < 4


@pytest.mark.parametrize("name", ["nonsense", "en-us+nonsense"])
def test_a_voice_that_does_not_exist_is_told_and_no_other_speaks_instead(name):
    with pytest.raises(SpeakingError, match=r"has no voice .*nonsense.* Choose another"):
        pyttsx3("en", 160, name).synthesize(LINE)


@pytest.mark.parametrize("nothing", ["", "  \n"])
def test_an_empty_line_is_refused(voice, nothing):
    with pytest.raises(SpeakingError, match="nothing to say"):
        voice.synthesize(nothing)


@pytest.mark.parametrize("line", ["-", "..."])
def test_a_line_without_any_sound_is_told(voice, line):
    with pytest.raises(SpeakingError, match="made no sound"):
        voice.synthesize(line)


def test_a_process_that_died_is_replaced(voice):
    before = voice.synthesize(LINE).seconds
    process = voice._process
    process.kill()
    process.wait()
    assert voice.synthesize(LINE).seconds == pytest.approx(before, abs=0.06)
    assert voice._process.pid != process.pid


def test_a_process_that_hangs_is_ended_and_replaced(voice):
    voice.answer_seconds = 0.5
    voice.synthesize(LINE)
    process = voice._process
    os.kill(process.pid, signal.SIGSTOP)
    assert voice.synthesize(LINE).seconds > 1
    assert process.returncode == -signal.SIGKILL


def test_a_machine_without_room_for_temporary_files_is_told(voice, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(SpeakingError, match="temporary files"):
        voice.synthesize(LINE)
    monkeypatch.undo()
    with full_disk(after_bytes=10_000), pytest.raises(SpeakingError, match="temporary files"):
        voice.synthesize(LINE)


def test_the_process_answers_in_json_and_nothing_else(tmp_path):
    jobs = [{"text": LINE, "path": str(tmp_path / f"{n}.wav")} for n in range(3)]
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach.speaking.worker", "pyttsx3", "en-us", "160"],
        input="".join(json.dumps(job) + "\n" for job in jobs),
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert answers == [{"ok": True}] * 3
    assert all((tmp_path / f"{n}.wav").stat().st_size > 40_000 for n in range(3))


BREATHES = """
import sys
from voicecoach.speaking.pyttsx3_engine import open_engine

render = open_engine("en-us+f3", 160)
from pyttsx3.drivers import _espeak as espeak
espeak.dll.espeak_ng_SetRandSeed(int(sys.argv[1]))  # what espeak-ng does by the clock when it begins
render("One", sys.argv[2])
"""


def test_a_voice_that_breathes_says_a_line_the_same_in_every_process(tmp_path):
    clips = [tmp_path / f"{seed}.wav" for seed in (1, 2)]
    for clip in clips:
        subprocess.run([sys.executable, "-c", BREATHES, clip.stem, str(clip)], check=True, timeout=30)
    assert clips[0].read_bytes() == clips[1].read_bytes()
