"""A simulated room: what is put into it comes out of its microphone, with a little noise.

It knows both sides, so that an echo of the coach, reverberation and noise can be laid between them
(`acoustics`) without its users noticing.
"""

from pathlib import Path
from typing import Protocol, Self

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, QUIET_RMS, AudioChunk, AudioClip, Samples
from voicecoach.sound.recorder import StereoRecorder
from voicecoach.sound.timeline import Timeline


class Acoustics(Protocol):
    """What a room does to sound on its way to the microphone."""

    def hear(self, person: Samples, coach: Samples, start: int) -> Samples:
        """Give what the microphone hears of the next block of both."""
        ...


class SimulatedRoom:
    """A microphone and a loudspeaker in memory; time goes on with each `read`."""

    def __init__(
        self, recording: Path | None = None, acoustics: Acoustics | None = None, seed: int = 0
    ) -> None:
        """Open the room; with `recording`, both sides are written there. Raises SoundError."""
        self.player = Timeline()
        """Where the coach's clips are placed."""
        self.delay_samples = 0
        """What devices add: there are none, and those of a laboratory do not tell."""
        self.position = 0
        """Where the room is on the sample clock."""
        self._person = Timeline()
        self._acoustics = acoustics
        self._noise = np.random.default_rng(seed)
        self._recorder = StereoRecorder(recording) if recording else None

    def put(self, clip: AudioClip, start: int) -> None:
        """Let the person make a sound at `start`."""
        self._person.place(clip, start)

    def read(self) -> AudioChunk:
        """Let the next chunk of time go by, and give what the microphone heard of it."""
        person = self._person.render(self.position, CHUNK_SAMPLES)
        coach = self.player.render(self.position, CHUNK_SAMPLES)
        if self._recorder:
            self._recorder.write(coach, person)
        heard = self._acoustics.hear(person, coach, self.position) if self._acoustics else person
        noise = self._noise.standard_normal(CHUNK_SAMPLES, dtype=np.float32) * np.float32(QUIET_RMS)
        chunk = AudioChunk(self.position, (heard + noise).astype(np.float32), played=coach)
        self.position = chunk.end
        return chunk

    def close(self) -> None:
        """Leave the room and end its recording."""
        if self._recorder:
            self._recorder.close()
            self._recorder = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
