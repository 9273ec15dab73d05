"""Bad input, through the program as a user starts it: a line a problem, exit code 2, no traceback."""

import subprocess
import sys
from pathlib import Path

import pytest

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
