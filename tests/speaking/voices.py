"""A voice for tests: every letter sounds for a tenth of a second."""

from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import RATE_HZ, AudioClip

LETTER = RATE_HZ // 10


@dataclass
class SpellingVoice:
    """A Synthesizer that remembers what it was asked for."""

    voice: str = "spelling"
    asked: list[str] = field(default_factory=list)

    def synthesize(self, text: str) -> AudioClip:
        self.asked.append(text)
        time = np.arange(LETTER * len(text)) / RATE_HZ
        return AudioClip((0.3 * np.sin(2 * np.pi * 300 * time)).astype(np.float32))
