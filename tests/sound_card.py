"""A sound card made of software: a real server; its loudspeaker can be recorded, its microphone fed."""

import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SCRIPT = Path(__file__).parent / "virtual_sound_card"
FORMAT = ["--rate=16000", "--channels=1", "--format=s16le", "--raw", "--latency-msec=20"]


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
        with subprocess.Popen(
            ["parec", "--device=speaker.monitor", *FORMAT], stdout=subprocess.PIPE
        ) as recorder:

            def hear(seconds: float) -> np.ndarray:
                data = recorder.stdout.read(2 * round(seconds * 16_000))
                return np.frombuffer(data, np.int16).astype(np.float32) / 32768

            try:
                yield hear
            finally:
                recorder.terminate()

    @contextmanager
    def hung(self) -> Iterator[None]:
        """Let the sound server hang meanwhile."""
        subprocess.run(["kill", "-STOP", self._pid()], check=True)
        try:
            yield
        finally:
            subprocess.run(["kill", "-CONT", self._pid()], check=True)

    def plug_in(self) -> None:
        """Start the sound server again."""
        subprocess.run([SCRIPT, "up", self.folder], check=True)

    def _pid(self) -> str:
        return (self.folder / "pid").read_text().strip()

    def environment(self) -> dict[str, str]:
        """What a program needs to know to use it."""
        told = (self.folder / "env.sh").read_text()
        return dict(re.findall(r"^export (\w+)=(.*)$", told, re.MULTILINE))

    def tape(self, source: str) -> "Tape":
        """Begin to record a source, with the time at which its sound came."""
        return Tape(["parec", f"--device={source}", *FORMAT])

    def unplug(self) -> None:
        """End the sound server at once."""
        subprocess.run(["kill", "-KILL", self._pid()], check=True)


class Tape:
    """A recording that knows when it began, on the monotonic clock, to a few milliseconds."""

    def __init__(self, command: list[str]) -> None:
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self._pieces: list[bytes] = []
        self.began = float("inf")
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        samples = 0
        while piece := self._process.stdout.read1(4096):
            self._pieces.append(piece)
            samples += len(piece) // 2
            self.began = min(self.began, time.monotonic() - samples / 16_000)  # the least delay is the truest

    def samples(self) -> np.ndarray:
        """What has been recorded so far, at 16 kHz."""
        data = b"".join(self._pieces)
        return np.frombuffer(data[: len(data) // 2 * 2], np.int16).astype(np.float32) / 32768

    def close(self) -> None:
        self._process.terminate()
        self._reading.join()
        self._process.stdout.close()
        self._process.wait()


@contextmanager
def start_card(folder: Path) -> Iterator[SoundCard]:
    """Start a card with its files in `folder`."""
    subprocess.run([SCRIPT, "up", folder], check=True)
    try:
        yield SoundCard(folder)
    finally:
        subprocess.run([SCRIPT, "down", folder], check=False, capture_output=True)
