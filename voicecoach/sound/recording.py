"""Recordings: any file that libsndfile reads becomes mono float32 at RATE_HZ."""

from pathlib import Path

import numpy as np
import soundfile
import soxr

from voicecoach.errors import SoundError
from voicecoach.sound.audio import RATE_HZ, Samples

LONGEST_SECONDS = 4 * 3600
"""More is a mistake, or a file that lies about its length: all of it is held in memory."""

LOUDEST = 1000.0
"""60 dB above full scale."""


def read_recording(path: Path) -> Samples:
    """Read a WAV, FLAC or Ogg file of any rate and number of channels. Raises SoundError.

    What is no sound in it, as a damaged file of floats has it, is silence.
    """
    if path.is_dir() or not path.exists():
        what = "is a folder" if path.is_dir() else "is not there"
        raise SoundError(f"{path}: cannot be read as a recording (it {what}); is the name right?")
    try:
        samples, rate = _read(path)
    except (OSError, MemoryError, soundfile.SoundFileError) as error:
        raise SoundError(
            f"{path}: cannot be read as a recording ({error}); it has to be a WAV, FLAC or Ogg file."
        ) from error
    with np.errstate(over="ignore", invalid="ignore"):
        mono = samples.mean(axis=1)
    mono[~(np.abs(mono) <= LOUDEST)] = 0
    if rate != RATE_HZ:
        mono = soxr.resample(mono, rate, RATE_HZ)
    return np.ascontiguousarray(mono, np.float32)


def _read(path: Path) -> tuple[Samples, int]:
    with soundfile.SoundFile(path) as file:
        if file.frames > LONGEST_SECONDS * file.samplerate:
            raise SoundError(f"{path}: is longer than {LONGEST_SECONDS // 3600} hours; cut it.")
        return file.read(dtype="float32", always_2d=True), file.samplerate
