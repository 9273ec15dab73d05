"""The voice of pyttsx3 and espeak-ng: one line of text becomes one trimmed and levelled clip.

pyttsx3 itself lives in worker.py's process; here is who asks it, and asks again when it failed.
"""

import json
import select
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import IO

import numpy as np

from voicecoach.errors import SoundError, SpeakingError
from voicecoach.sound.audio import AudioClip, Samples
from voicecoach.sound.recording import read_recording
from voicecoach.speaking.levelling import level, trim

RENDER_VERSION = 2
"""Raised when rendering, trimming or levelling change, so that kept clips are made anew."""

VOICES = {"en": "en-us", "ko": "ko"}
"""espeak-ng's voice for a language whose own name it does not go by."""

ANSWER_SECONDS = 5.0
"""A line takes about 12 ms, a start 40 ms; a worker that is silent this long hangs."""
TRIES = 3
"""A process that hung, ended or left no sound is replaced by another."""
LINE_BYTES = 1_000_000
"""Room for a line of 20 seconds."""
LEAST_SOUND = 0.001
"""A line that is never louder, full scale being 1, has not been spoken."""


class Pyttsx3:
    """A Synthesizer; its process is started with the first line."""

    def __init__(self, language: str, rate_wpm: int, voice: str | None = None) -> None:
        self._name = voice or VOICES.get(language, language)
        self._rate_wpm = rate_wpm
        self._process: subprocess.Popen[str] | None = None
        versions = "+".join(_version(package) for package in ("pyttsx3", "espeakng-loader"))
        self.voice = f"pyttsx3 {versions} {self._name} {rate_wpm} wpm, render {RENDER_VERSION}"

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
            f"The voice '{self._name}' cannot speak '{text}': {reason or 'it made no sound'}."
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
        if not select.select([_pipe(process.stdout)], [], [], ANSWER_SECONDS)[0]:
            return f"it gave no answer within {ANSWER_SECONDS:g} s"
        answer = _pipe(process.stdout).readline()
        return str(json.loads(answer).get("error", "")) if answer else "its process ended"

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "voicecoach.speaking.worker", self._name, str(self._rate_wpm)]
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


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
