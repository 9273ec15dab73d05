"""Clips kept on disk, so that a session speaks at once; a cache that fails is never in the way."""

import contextlib
import hashlib
import io
import logging
import os
import tempfile
import time
from pathlib import Path

import soundfile

from voicecoach.errors import SpeakingError
from voicecoach.sound.audio import RATE_HZ, AudioClip
from voicecoach.speaking.synthesizer import Synthesizer

MOST_BYTES = 200_000_000
"""About five hours of speech; the clips used longest ago go first."""
TIDIED = 0.9
"""How full a tidied cache is, so that not every new clip has to tidy."""
RECENT_CLIPS = 64
SHORT_SECONDS = 2.0
"""What is held in memory besides: numbers and short answers come again and again. A longer clip is read
again in milliseconds; with those, a session's clips took 12 MB instead of 2."""
FORGOTTEN_SECONDS = 3600.0
"""A half-written file this old is nobody's any more."""
CHECK_BYTES = 1_000_000
"""Room for a minute of speech, the least with which keeping clips is of use."""

log = logging.getLogger(__name__)


class CachedSynthesizer:
    """A Synthesizer that asks another one only for what it has not kept."""

    def __init__(self, inner: Synthesizer, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self.voice = inner.voice
        self._inner = inner
        self._folder = folder
        self._most_bytes = most_bytes
        self._bytes: int | None = None  # measured with the first clip that is kept
        self._recent: dict[str, AudioClip] = {}
        self._warned = False

    def synthesize(self, text: str) -> AudioClip:
        """Give the clip of `text`, kept or new. Raises SpeakingError when the voice cannot be used."""
        clip = self._recent.pop(text, None) or _read(self._path(text)) or self._make(text)
        if clip.seconds <= SHORT_SECONDS:
            self._recent[text] = clip
        if len(self._recent) > RECENT_CLIPS:
            del self._recent[next(iter(self._recent))]
        return clip

    def has(self, text: str) -> bool:
        """Tell whether the clip of `text` is kept on disk."""
        return self._path(text).is_file()

    def check(self) -> None:
        """Raise SpeakingError where clips cannot be kept."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder) as file:
                file.write(bytes(CHECK_BYTES))
        except OSError as error:
            raise SpeakingError(
                f"{self._folder}: speech cannot be kept there ({error.strerror});"
                " make the folder writable, free some space, or choose another with VOICECOACH_CACHE."
            ) from error

    def tidy(self) -> None:
        """Drop half-written files, and the clips used longest ago where there are more than may be."""
        now = time.time()
        for path, stat in _files(self._folder, "*.part"):
            if now - stat.st_mtime > FORGOTTEN_SECONDS:
                path.unlink(missing_ok=True)
        clips = sorted(_files(self._folder, "*.flac"), key=lambda file: file[1].st_mtime)
        size = sum(stat.st_size for _, stat in clips)
        bound = self._most_bytes * TIDIED if size > self._most_bytes else size
        for path, stat in clips:
            if size <= bound:
                break
            path.unlink(missing_ok=True)
            size -= stat.st_size
        self._bytes = size

    def _path(self, text: str) -> Path:
        key = hashlib.sha256(f"{self.voice}\n{text}".encode()).hexdigest()
        return self._folder / f"{key[:32]}.flac"

    def _make(self, text: str) -> AudioClip:
        clip = self._inner.synthesize(text)
        try:
            self._keep(self._path(text), _encode(clip))
        except OSError as error:
            if not self._warned:
                log.warning(
                    "%s: speech cannot be kept there (%s); it is made anew each time", self._folder, error
                )
            self._warned = True
        return clip

    def _keep(self, path: Path, data: bytes) -> None:
        """Write a clip whole or not at all, and see to the bound."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(path, data)
        self._bytes = None if self._bytes is None else self._bytes + len(data)
        if self._bytes is None or self._bytes > self._most_bytes:
            self.tidy()


def _files(folder: Path, pattern: str) -> list[tuple[Path, os.stat_result]]:
    """List files with their size and age; another process may take some away meanwhile."""
    found = []
    for path in folder.glob(pattern):
        with contextlib.suppress(FileNotFoundError):
            found.append((path, path.stat()))
    return found


def _read(path: Path) -> AudioClip | None:
    """Read a kept clip; None where there is none, or it is damaged (FLAC's checksums tell)."""
    try:
        samples, rate = soundfile.read(io.BytesIO(path.read_bytes()), dtype="float32")
    except (OSError, soundfile.SoundFileError):
        return None
    with contextlib.suppress(OSError):  # a cache that can only be read is still of use
        os.utime(path)  # used just now
    return AudioClip(samples) if rate == RATE_HZ and samples.ndim == 1 and len(samples) else None


def _encode(clip: AudioClip) -> bytes:
    """Encode in memory: what libsndfile cannot write to a full disk does not end as an OSError."""
    buffer = io.BytesIO()
    soundfile.write(buffer, clip.samples, RATE_HZ, format="FLAC", subtype="PCM_16")
    return buffer.getvalue()


def _write(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
