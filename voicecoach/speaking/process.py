"""A voice in a process of its own: one line of text becomes one trimmed and levelled clip.

The engine itself lives in worker.py's process; here is who asks it, and asks again when it failed.
"""

import json
import select
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np

from voicecoach.errors import SoundError, SpeakingError
from voicecoach.sound.audio import AudioClip, Samples
from voicecoach.sound.recording import read_recording
from voicecoach.speaking.levelling import level, trim

RENDER_VERSION = 4
"""Raised when rendering, trimming or levelling change, so that kept clips are made anew."""

TRIES = 3
"""A process that hung, ended or left no sound is replaced by another."""
LINE_BYTES = 1_000_000
"""Room for a line of 20 seconds."""
LEAST_SOUND = 0.001
"""A line that is never louder, full scale being 1, has not been spoken."""


@dataclass(slots=True)
class ProcessVoice:
    """A Synthesizer; its process is started with the first line."""

    engine: str
    """Which of worker.py's engines speaks."""
    name: str
    """The engine's voice: a name, or the path of a model."""
    rate_wpm: int
    version: str
    """What the clips depend on besides, such as the versions of packages."""
    answer_seconds: float
    """A worker that is silent for longer hangs."""
    _process: subprocess.Popen[str] | None = field(default=None, init=False)

    @property
    def voice(self) -> str:
        """What the clip depends on besides its text."""
        return f"{self.engine} {self.version} {self.name} {self.rate_wpm} wpm, render {RENDER_VERSION}"

    def synthesize(self, text: str) -> AudioClip:
        """Speak `text`. Raises SpeakingError when the voice cannot be used."""
        if not text.strip():
            raise SpeakingError("There is nothing to say: the line is empty.")
        try:
            with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
                return self._try(text, Path(folder) / "line.wav")
        except OSError as error:
            raise SpeakingError(f"Speech needs room for temporary files and a process: {error}.") from error

    def _try(self, text: str, path: Path) -> AudioClip:
        reason = ""
        for _ in range(TRIES):
            path.write_bytes(bytes(LINE_BYTES))  # on a full disk it is told here; pyttsx3 would hang
            reason = self._render(text, path)
            samples = _sound(path)
            if not reason and np.abs(samples).max(initial=0) > LEAST_SOUND:
                return AudioClip(level(trim(samples)))
            self.close()
        raise SpeakingError(
            f"The voice '{self.name}' cannot speak '{text}': {reason or 'it made no sound'}."
            " Choose another voice, or reinstall voicecoach."
        )

    def close(self) -> None:
        """End the process; the next line starts another."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None

    def __del__(self) -> None:
        self.close()

    def _render(self, text: str, path: Path) -> str:
        """Have one file written; gives the reason where it could not be."""
        process = self._process or self._start()
        try:
            _pipe(process.stdin).write(json.dumps({"text": text, "path": str(path)}) + "\n")
            _pipe(process.stdin).flush()
        except OSError:
            return "its process ended"
        if not select.select([_pipe(process.stdout)], [], [], self.answer_seconds)[0]:
            return f"it gave no answer within {self.answer_seconds:g} s"
        answer = _pipe(process.stdout).readline()
        return str(json.loads(answer).get("error", "")) if answer else "its process ended"

    def _start(self) -> subprocess.Popen[str]:
        worker = [sys.executable, "-m", "voicecoach.speaking.worker"]
        command = [*worker, self.engine, self.name, str(self.rate_wpm)]
        quiet = subprocess.DEVNULL
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=quiet, text=True)  # noqa: S603 - our own module
        return self._process


def _sound(path: Path) -> Samples:
    """Read what was rendered; nothing where it was not."""
    try:
        return read_recording(path)
    except SoundError:
        return np.zeros(0, np.float32)


def _pipe(stream: IO[str] | None) -> IO[str]:
    if stream is None:  # Popen was told to make it
        raise SpeakingError("The voice's process has no pipe; start voicecoach again.")
    return stream
