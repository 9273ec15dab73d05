"""What tests of live sound share."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.sound_card import start_card


@pytest.fixture
def sound_card(tmp_path, monkeypatch):
    if not (shutil.which("pulseaudio") and shutil.which("pactl")):
        pytest.skip("pulseaudio is not installed: apt install pulseaudio pulseaudio-utils libasound2-plugins")
    with start_card(tmp_path) as card:
        for name, value in card.environment().items():
            monkeypatch.setenv(name, value)
        import sounddevice  # noqa: PLC0415 - not where there is no PortAudio

        sounddevice._terminate()
        sounddevice._initialize()  # it looks for devices once
        yield card


@pytest.fixture
def busy():
    """Gives what keeps every core busy meanwhile."""

    @contextmanager
    def loop() -> Iterator[None]:
        usual = ["nice", "-n", str(-os.getpriority(os.PRIO_PROCESS, 0))]  # whoever tests sound goes first
        command = [*usual, sys.executable, "-c", "while True: pass"]
        busy = [subprocess.Popen(command) for _ in range(2 * (os.cpu_count() or 1))]
        yield
        for process in busy:
            process.kill()
            process.wait()

    return loop
