"""Writing sound to a file while it happens."""

from pathlib import Path

import numpy as np
import soundfile

from voicecoach.errors import SoundError
from voicecoach.sound.audio import RATE_HZ, Samples


class StereoRecorder:
    """A WAV file with the coach on the left and the person on the right."""

    def __init__(self, path: Path) -> None:
        """Begin the file. Raises SoundError where it cannot be written."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = soundfile.SoundFile(path, "w", RATE_HZ, 2, "PCM_16")
        except (OSError, soundfile.SoundFileError) as error:
            raise SoundError(
                f"{path}: the recording cannot be written; choose another folder ({error})."
            ) from error

    def write(self, coach: Samples, person: Samples) -> None:
        """Add two blocks of the same length. Raises SoundError, for example when the disk is full."""
        try:
            self._file.write(np.column_stack((coach, person)))
        except (OSError, soundfile.SoundFileError) as error:
            raise SoundError(
                f"{self.path}: the recording cannot go on; is the disk full? ({error})"
            ) from error

    def close(self) -> None:
        """End the file."""
        self._file.close()
