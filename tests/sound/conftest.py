"""A sound card made of software, for the tests that need one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

SCRIPT = Path(__file__).parent.parent / "virtual_sound_card"


@dataclass
class SoundCard:
    """The card's sound server, reached by what the environment says."""

    folder: Path

    def pactl(self, *arguments: str) -> str:
        done = subprocess.run(["pactl", *arguments], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def feed(self, wav: Path) -> None:
        """Let the microphone hear a recording, to its end."""
        subprocess.run(["paplay", "--device=micpipe", str(wav)], check=True)

    @contextmanager
    def record(self) -> Iterator[Callable[[float], np.ndarray]]:
        """Record the loudspeaker; gives what waits for the next so many seconds of it, at 16 kHz."""
        format_ = ["--rate=16000", "--channels=1", "--format=s16le", "--raw", "--latency-msec=20"]
        with subprocess.Popen(
            ["parec", "--device=speaker.monitor", *format_], stdout=subprocess.PIPE
        ) as recorder:

            def hear(seconds: float) -> np.ndarray:
                data = recorder.stdout.read(2 * round(seconds * 16_000))
                return np.frombuffer(data, np.int16).astype(np.float32) / 32768

            yield hear
            recorder.terminate()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Let the sound server hang meanwhile."""
        subprocess.run(["kill", "-STOP", self._pid()], check=True)
        yield
        subprocess.run(["kill", "-CONT", self._pid()], check=True)

    def plug_in(self) -> None:
        """Start the sound server again."""
        subprocess.run([SCRIPT, "up", self.folder], check=True)

    def _pid(self) -> str:
        return (self.folder / "pid").read_text().strip()

    def unplug(self) -> None:
        """End the sound server at once."""
        subprocess.run(["kill", "-KILL", self._pid()], check=True)


@pytest.fixture
def sound_card(tmp_path, monkeypatch):
    if not (shutil.which("pulseaudio") and shutil.which("pactl")):
        pytest.skip("pulseaudio is not installed: apt install pulseaudio pulseaudio-utils libasound2-plugins")
    subprocess.run([SCRIPT, "up", tmp_path], check=True)
    for name, value in re.findall(r"^export (\w+)=(.*)$", (tmp_path / "env.sh").read_text(), re.MULTILINE):
        monkeypatch.setenv(name, value)
    import sounddevice  # noqa: PLC0415 - not where there is no PortAudio

    sounddevice._terminate()
    sounddevice._initialize()  # it looks for devices once
    yield SoundCard(tmp_path)
    subprocess.run([SCRIPT, "down", tmp_path], check=False, capture_output=True)


@pytest.fixture
def busy():
    """Gives what keeps every core busy meanwhile."""

    @contextmanager
    def loop() -> Iterator[None]:
        command = [sys.executable, "-c", "while True: pass"]
        busy = [subprocess.Popen(command) for _ in range(2 * (os.cpu_count() or 1))]
        yield
        for process in busy:
            process.kill()
            process.wait()

    return loop
