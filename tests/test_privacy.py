"""Nothing leaves the machine: what is built upon may not tell of it either."""

import os
import subprocess
import sys

HEAR = """
import numpy as np
from voicecoach.commands.parts import load_grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk
ears = Moonshine(load_grammar("en"))
noise = np.random.default_rng(0).standard_normal(CHUNK_SAMPLES).astype(np.float32)
for place in range(60):
    ears.hear(AudioChunk(place * CHUNK_SAMPLES, noise), frozenset({"stop"}))
"""


def test_a_recogniser_keeps_no_number_of_this_machine_and_nothing_to_send(tmp_path):
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "ORT_DISABLE_TELEMETRY": "0"}
    subprocess.run([sys.executable, "-c", HEAR], env={**os.environ, **home}, check=True)
    assert list(tmp_path.rglob("*")) == []
