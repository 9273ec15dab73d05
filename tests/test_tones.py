"""The cue tones: made by their script, soft and short."""

import subprocess
import sys
from itertools import combinations
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
import soundfile

AUDIO = Path(__file__).parent.parent / "audio"
LONGEST_SECONDS = {"heard": 0.25, "not_understood": 0.25, "go": 0.25, "halfway": 0.25, "done": 0.8}
TONES = {name: AUDIO / f"tone_{name}.wav" for name in LONGEST_SECONDS}


def test_the_script_makes_exactly_the_tones_that_are_here(tmp_path):
    copy(AUDIO / "make_tones.py", tmp_path)
    subprocess.run([sys.executable, str(tmp_path / "make_tones.py")], check=True)
    made = {path.name: path.read_bytes() for path in tmp_path.glob("*.wav")}
    assert made == {path.name: path.read_bytes() for path in AUDIO.glob("tone_*.wav")}
    assert set(made) == {path.name for path in TONES.values()}


@pytest.mark.parametrize("name", TONES)
def test_a_tone_is_short_soft_and_makes_no_click(name):
    info = soundfile.info(TONES[name])
    assert (info.samplerate, info.channels, info.subtype) == (16_000, 1, "PCM_16")
    assert info.duration <= LONGEST_SECONDS[name]
    sound, rate_hz = soundfile.read(TONES[name])
    assert 0.1 < np.abs(sound).max() < 0.3
    assert np.abs(sound[[0, -1]]).max() < 0.01
    swell = np.abs(sound[: rate_hz // 500]).max()  # the first 2 ms
    assert swell < np.abs(sound).max() / 3


@pytest.mark.parametrize(("one", "other"), list(combinations(TONES, 2)))
def test_no_tone_is_like_another(one, other):
    first, second = (soundfile.read(TONES[name])[0] for name in (one, other))
    likeness = np.abs(np.correlate(first, second, "full")).max()
    assert likeness / np.linalg.norm(first) / np.linalg.norm(second) < 0.8
