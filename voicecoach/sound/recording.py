"""Recordings: any file that libsndfile reads becomes mono float32 at RATE_HZ."""

from pathlib import Path

import numpy as np
import soundfile
import soxr

from voicecoach.errors import SoundError
from voicecoach.sound.audio import RATE_HZ, Samples


def read_recording(path: Path) -> Samples:
    """Read a WAV, FLAC or Ogg file of any rate and number of channels. Raises SoundError."""
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (OSError, soundfile.SoundFileError) as error:
        raise SoundError(
            f"{path}: cannot be read as a recording ({error}); it has to be a WAV, FLAC or Ogg file."
        ) from error
    mono = samples.mean(axis=1)
    if rate != RATE_HZ:
        mono = soxr.resample(mono, rate, RATE_HZ)
    return np.ascontiguousarray(mono, np.float32)
