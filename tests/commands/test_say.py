"""`voicecoach say`, as far as it needs no loudspeaker."""

import subprocess
import sys

import numpy as np
import pytest

from tests.disks import full_disk
from voicecoach.commands.say import speak, write
from voicecoach.errors import SpeakingError
from voicecoach.settings import load_settings
from voicecoach.sound.recording import read_recording


def test_a_line_is_written_as_a_session_would_play_it(tmp_path):
    out = tmp_path / "line.wav"
    command = [sys.executable, "-m", "voicecoach", "say", "Hold for ten seconds.", "--out", str(out)]
    subprocess.run(command, check=True, timeout=60)
    samples = read_recording(out)
    assert 1.2 < len(samples) / 16_000 < 2
    assert 0.1 < np.abs(samples).max() <= 1


def test_it_is_as_loud_as_the_settings_say():
    loud, soft = (
        speak(load_settings(volume=volume, night_volume=volume), ["Hold."]) for volume in (1.0, 0.25)
    )
    assert np.abs(soft).max() == pytest.approx(np.abs(loud).max() / 4, rel=0.05)


def test_a_full_disk_is_told_and_says_which_file(tmp_path):
    with full_disk(), pytest.raises(SpeakingError, match=r"line\.wav: cannot be written .*--out"):
        write(tmp_path / "line.wav", np.ones(16_000, np.float32))
