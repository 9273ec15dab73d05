"""A room for tests: speech and silence reach a recogniser, one after another, on one sample clock."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, Samples, samples_of

SILENCE: Samples = np.zeros(samples_of(1.5), np.float32)
BEFORE = 6 * CHUNK_SAMPLES

Told = list[tuple[int, Transcript]]
"""What was told, and at which place."""


@dataclass
class Room:
    """Who listens, and where on the clock."""

    recognizer: Recognizer
    place: int = 0

    def sounds(self, samples: Samples, live: frozenset[str]) -> Told:
        """Let something sound, and give what was told and when."""
        found = []
        for at in range(0, len(samples) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES):
            chunk = AudioChunk(self.place, samples[at : at + CHUNK_SAMPLES])
            self.place = chunk.end
            found += [(self.place, told) for told in self.recognizer.hear(chunk, live)]
        return found

    def says(self, speech: Samples, live: frozenset[str]) -> Told:
        """Say something, a fifth of a second from now."""
        return self.sounds(np.concatenate([SILENCE[:BEFORE], speech, SILENCE]), live)


def accepted(told: Sequence[tuple[int, Transcript]]) -> list[str]:
    return [each.text for _, each in told if each.accepted]
