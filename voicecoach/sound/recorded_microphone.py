"""A recording as the microphone: the same loop on a file, without devices."""

from pathlib import Path

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, samples_of
from voicecoach.sound.recorder import StereoRecorder
from voicecoach.sound.recording import read_recording
from voicecoach.sound.timeline import Timeline

TAIL_SECONDS = 2.0
"""Silence after the recording's end, so that its last word is decided on."""


class RecordedMicrophone:
    """Gives a recording chunk by chunk; what the coach says meanwhile goes into session.wav beside it."""

    def __init__(self, path: Path, recording: Path) -> None:
        """Read `path`, and begin to write both sides to `recording`. Raises SoundError."""
        samples = read_recording(path)
        self.player = Timeline()
        self.delay_samples = 0
        """How much later than placed a clip comes back: a recording has no devices."""
        self._samples = np.concatenate((samples, np.zeros(samples_of(TAIL_SECONDS), np.float32)))
        self._recorder = StereoRecorder(recording)
        self._position = 0

    def read(self) -> AudioChunk | None:
        """Give the next chunk, None after the recording's end."""
        heard = self._samples[self._position : self._position + CHUNK_SAMPLES]
        if len(heard) < CHUNK_SAMPLES:
            return None
        played = self.player.render(self._position, CHUNK_SAMPLES)
        self._recorder.write(played, heard)
        chunk = AudioChunk(self._position, heard, played=played)
        self._position = chunk.end
        return chunk

    def close(self) -> None:
        """End the recording of both sides."""
        self._recorder.close()
