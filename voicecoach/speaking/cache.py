"""Clips kept on disk, so that a session speaks at once. A cache that fails is slower, and never in the way."""

import hashlib
import logging
import os
import tempfile
from pathlib import Path

import soundfile

from voicecoach.errors import SpeakingError
from voicecoach.sound.audio import RATE_HZ, AudioClip
from voicecoach.speaking.synthesizer import Synthesizer

MOST_BYTES = 200_000_000
"""About five hours of speech; the clips used longest ago go first."""

log = logging.getLogger(__name__)


class CachedSynthesizer:
    """A Synthesizer that asks another one only for what it has not kept."""

    def __init__(self, inner: Synthesizer, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.voice = inner.voice
        self._inner = inner
        self._folder = folder
        self._most_bytes = most_bytes
        self._recent: dict[str, AudioClip] = {}
        self._warned = False

    def synthesize(self, text: str) -> AudioClip:
        """Give the clip of `text`, kept or new. Raises SpeakingError when the voice cannot be used."""
        if text not in self._recent:
            path = self._path(text)
            self._recent[text] = _read(path) or self._make(text, path)
        return self._recent[text]

    def has(self, text: str) -> bool:
        """Tell whether the clip of `text` is kept on disk."""
        return self._path(text).is_file()

    def check(self) -> None:
        """Raise SpeakingError where clips cannot be kept."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder):
                pass
        except OSError as error:
            raise SpeakingError(
                f"{self._folder}: speech cannot be kept there ({error.strerror});"
                " make the folder writable, free some space, or choose another with VOICECOACH_CACHE."
            ) from error

    def tidy(self) -> None:
        """Drop the clips used longest ago until the folder is within its bound."""
        clips = sorted(self._folder.glob("*.flac"), key=lambda path: path.stat().st_mtime, reverse=True)
        size = 0
        for path in clips:
            size += path.stat().st_size
            if size > self._most_bytes:
                path.unlink(missing_ok=True)

    def _path(self, text: str) -> Path:
        key = hashlib.sha256(f"{self.voice}\n{text}".encode()).hexdigest()
        return self._folder / f"{key[:32]}.flac"

    def _make(self, text: str, path: Path) -> AudioClip:
        clip = self._inner.synthesize(text)
        try:
            _write(path, clip)
        except (OSError, soundfile.SoundFileError) as error:
            if not self._warned:
                log.warning("%s: speech cannot be kept there (%s); it is made anew each time", self._folder, error)
            self._warned = True
        return clip


def _read(path: Path) -> AudioClip | None:
    """Read a kept clip; None where there is none, or it is damaged."""
    try:
        samples, rate = soundfile.read(path, dtype="float32")
        os.utime(path)  # used just now
    except (OSError, soundfile.SoundFileError):
        return None
    return AudioClip(samples) if rate == RATE_HZ and samples.ndim == 1 and len(samples) else None


def _write(path: Path, clip: AudioClip) -> None:
    """Write a clip whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            soundfile.write(file, clip.samples, RATE_HZ, format="FLAC", subtype="PCM_16")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
