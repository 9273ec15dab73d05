"""`voicecoach doctor` as a user starts it: on a sound card made of software, and with things taken away."""

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.disks import full_disk, without_privileges
from voicecoach.doctor import storage_facts

ROOT = Path(__file__).parent.parent.parent
NOWHERE = "/proc/voicecoach"
"""A folder that nobody can make, whatever their rights."""


def doctor(*arguments, env=None):
    command = [sys.executable, "-m", "voicecoach", "doctor", *arguments]
    env = {**os.environ, **(env or {})}
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=env)


def line(done, name):
    (found,) = [each for each in done.stdout.splitlines() if each[2:].startswith(f"{name}: ")]
    return found


@pytest.fixture
def no_devices(tmp_path):
    """The environment of a machine with PortAudio, but no sound device and no sound server."""
    nothing = {"PULSE_SERVER": f"unix:{tmp_path}/none", "XDG_RUNTIME_DIR": ""}
    return {"ALSA_CONFIG_PATH": "/usr/share/alsa/alsa.conf", **nothing}


@contextmanager
def hum(folder):
    """Let the card hear a quiet room: its own silence is digital."""
    noise = 0.002 * np.random.default_rng(0).standard_normal(48_000 * 40)
    soundfile.write(folder / "hum.wav", noise, 48_000)
    with subprocess.Popen(["paplay", "--device=speaker", str(folder / "hum.wav")]) as player:
        yield
        player.terminate()


def test_on_a_card_whose_microphone_hears_its_loudspeaker_all_is_measured(sound_card, tmp_path):
    sound_card.pactl("load-module", "module-remap-source", "source_name=ear", "master=speaker.monitor")
    sound_card.pactl("set-default-source", "ear")
    with hum(tmp_path):
        done = doctor("system", "sound", "--json")
    assert done.returncode == 0, done.stdout
    told = json.loads(done.stdout)
    assert told["hands_free"]
    checks = {check["name"]: check for check in told["checks"]}
    assert checks["sound server"]["figures"]["server"] == "pulseaudio"
    assert checks["microphone"]["ok"]
    playback = checks["playback heard"]["figures"]
    assert playback["chirps"] >= 4
    assert -6 < playback["level_db"] < 3
    assert 50 < playback["delay_ms"] < 500
    assert abs(checks["clock"]["figures"]["drift_ppm"]) < 60


def test_without_devices_each_is_told(no_devices):
    done = doctor("sound", env=no_devices)
    assert done.returncode == 1
    assert line(done, "PortAudio").startswith("✓")
    assert "plug one in" in line(done, "microphone")
    assert "plug one in" in line(done, "loudspeaker")


def test_without_portaudio_the_package_is_named(tmp_path):
    library = tmp_path / "sounddevice.py"
    library.write_text('raise OSError("PortAudio library not found")\n')  # what sounddevice does
    done = doctor("sound", env={"PYTHONPATH": f"{tmp_path}:{ROOT}"})
    assert done.returncode == 1
    assert "apt install libportaudio2" in line(done, "PortAudio")
    assert len(done.stdout.splitlines()) == 1


def test_without_a_model_the_recogniser_says_where_to_get_it(tmp_path):
    done = doctor("hearing", "--recognizer", "vosk", "--model", str(tmp_path))
    assert done.returncode == 1
    assert "model" in line(done, "recogniser")


def test_the_recogniser_understands_the_self_test_and_its_time_is_measured():
    done = doctor("voice", "hearing", "--recognizer", "moonshine")
    assert line(done, "self-test").startswith("✓")
    assert "% of the time" in line(done, "speed")


def test_folders_in_which_nothing_can_be_written_are_told():
    done = doctor("storage", env={"VOICECOACH_CACHE": NOWHERE})
    assert done.returncode == 0, done.stderr
    assert "VOICECOACH_CACHE" in line(done, "clips")
    done = doctor("storage", env={"VOICECOACH_DATA": NOWHERE})
    assert done.returncode == 1
    assert "VOICECOACH_DATA" in line(done, "journal")


def test_a_folder_that_can_only_be_read_and_a_full_disk_are_told(tmp_path):
    tmp_path.chmod(0o555)
    with without_privileges():
        assert storage_facts.gather(tmp_path / "cache").problem == "Permission denied"
    tmp_path.chmod(0o755)
    assert not storage_facts.gather(tmp_path / "cache").problem
    with full_disk():
        assert storage_facts.gather(tmp_path / "cache").problem == "File too large"


def test_the_result_is_said_on_the_loudspeaker(sound_card):
    command = [sys.executable, "-m", "voicecoach", "doctor", "storage", "--speak"]
    with sound_card.record() as hear, subprocess.Popen(command, stdout=subprocess.DEVNULL) as speaking:
        assert any(np.abs(hear(0.5)).max() > 0.05 for _ in range(60))
        assert speaking.wait(30) == 0


@pytest.mark.usefixtures("sound_card")
def test_the_devices_are_listed_with_those_that_are_used():
    command = [sys.executable, "-m", "voicecoach", "devices"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert any("← microphone and loudspeaker" in each for each in done.stdout.splitlines())
