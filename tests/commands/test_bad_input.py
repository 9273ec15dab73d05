"""Bad input, through the program as a user starts it: a line a problem, exit code 2, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.disks import full_disk

NOTHING = "/nowhere/at/all"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["rehearse", "handstands"], "no routine 'handstands'"),
        (["rehearse", "--routine", f"{NOTHING}.toml"], "cannot be read"),
        (["rehearse", "--person", f"{NOTHING}.toml"], "cannot be read"),
        (["rehearse", "--lang", "xx"], "no language 'xx'"),
        (["rehearse", "--recognizer", "parrot"], "recognizer"),
        (["rehearse", "--lang", "ko", "--recognizer", "moonshine"], "English only"),
        (["rehearse", "--recognizer", "vosk", "--model", NOTHING], "no Vosk model"),
        (["listen", f"{NOTHING}.wav"], "cannot be read as a recording"),
        (["listen", "--state", "flying", f"{NOTHING}.wav"], "no state 'flying'"),
        (["listen", "--grammar", f"{NOTHING}.toml", "x.wav"], NOTHING),
        (["doctor", "liver"], "system, storage, voice, hearing, sound"),
        (["say", "Hello.", "--voice", "nonsense"], "has no voice"),
        (["say", "Hello.", "--voice", "joe", "--lang", "ko"], "does not speak 'ko'"),
        (["say", "Hello.", "--voice", f"{NOTHING}.onnx"], "no voice of Piper's"),
        (["say", "", "--out", "x.wav"], "nothing to say"),
        (["say", "Hello.", "--out", f"{NOTHING}.wav"], "cannot be written"),
        (["validate", f"{NOTHING}.toml"], "cannot be read"),
        (["run", "--microphone", f"{NOTHING}.wav"], "--out"),
    ],
)
def test_a_mistake_is_told_in_a_line(tmp_path: Path, arguments: list[str], told: str) -> None:
    command = [sys.executable, "-m", "voicecoach", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert all(line.startswith("voicecoach: ") for line in done.stderr.splitlines())


def told_by(*arguments: str, **env: str) -> str:
    """Run the program to its failure, and give what it told: whole lines, exit code 2, no traceback."""
    command = [sys.executable, "-m", "voicecoach", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **env})
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_cache_in_which_nothing_can_be_written_is_told_by_setup() -> None:
    told = told_by("setup", "--no-download", VOICECOACH_CACHE="/proc/voicecoach")
    assert told.startswith("voicecoach: /proc/voicecoach/clips: speech cannot be kept there")
    assert "VOICECOACH_CACHE" in told


def test_a_full_disk_is_told_by_setup_and_by_say(tmp_path: Path) -> None:
    with full_disk():
        assert "cannot be kept" in told_by("setup", "--no-download", VOICECOACH_CACHE=str(tmp_path))
        told = told_by("say", "Hello.", "--out", str(tmp_path / "x.wav"), VOICECOACH_CACHE=str(tmp_path))
    assert told.startswith("voicecoach: ")


def test_a_machine_without_portaudio_is_told_which_package_to_get(tmp_path: Path) -> None:
    library = tmp_path / "sounddevice.py"
    library.write_text('raise OSError("PortAudio library not found")\n')  # what sounddevice does
    root = Path(__file__).parent.parent.parent
    for command in (["say", "Hello."], ["devices"], ["run", "morning", "--data", str(tmp_path)]):
        told = told_by(*command, PYTHONPATH=f"{tmp_path}:{root}")
        assert "PortAudio is not installed; on Debian: sudo apt install libportaudio2" in told, command
