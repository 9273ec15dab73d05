"""A rehearsal without sound, for speed: exact words in place of voices, and lengths that are estimated.

Everything else is the real thing: the loop, the grammar, the session, the record. What was said is
understood as it was written, so nothing here tells anything about hearing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Transcript
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, AudioClip, Samples, samples_of
from voicecoach.sound.timeline import Timeline

SECONDS_A_LETTER = 0.06
"""About what espeak-ng takes at 160 words a minute; Korean letters are syllables."""
SECONDS_A_SYLLABLE = 0.17
_FIRST_SYLLABLE = "가"

SILENT_CHUNK: Samples = np.zeros(CHUNK_SAMPLES, np.float32)


def silence_of(text: str) -> AudioClip:
    """Give silence as long as `text` takes to speak."""
    syllables = sum(letter >= _FIRST_SYLLABLE for letter in text)
    seconds = syllables * SECONDS_A_SYLLABLE + (len(text) - syllables) * SECONDS_A_LETTER
    return AudioClip(np.zeros(samples_of(max(seconds, 0.2)), np.float32))


class TextVoice:
    """A Synthesizer whose clips are silent and as long as the words would be."""

    voice = "text"

    def synthesize(self, text: str) -> AudioClip:
        """Give silence for a line of text."""
        return silence_of(text)


class TextRoom:
    """A room in which nothing sounds and only time goes by: where the person speaks, and the microphone."""

    def __init__(self) -> None:
        """Open the room."""
        self.position = 0
        self.delay_samples = 0
        self.player = Timeline()
        """Where the coach's silent clips are placed, and never rendered."""

    def put(self, clip: AudioClip, start: int) -> None:
        """Let a clip of the person be silent."""

    def read(self) -> AudioChunk:
        """Let the next chunk of time go by."""
        chunk = AudioChunk(self.position, SILENT_CHUNK)
        self.position = chunk.end
        return chunk

    def close(self) -> None:
        """Leave the room."""


@dataclass(slots=True)
class TextRecognizer:
    """A Recognizer that is told what will be said, and understands all that is live as it begins."""

    grammar: Grammar
    name: str = "text"
    _coming: list[tuple[str, int, int]] = field(default_factory=list, init=False)
    _begun: list[tuple[str, int, int, bool]] = field(default_factory=list, init=False)

    def expect(self, text: str, start: int, end: int) -> None:
        """Learn that `text` is said from `start` to `end`, in samples."""
        self._coming.append((text, start, end))

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; an utterance is given when it is over."""
        begun = [said for said in self._coming if said[1] < chunk.end]
        for text, start, end in begun:
            known = self.grammar.understand(text, live) is not None
            self._begun.append((text, start, end, known))
        self._coming = [said for said in self._coming if said not in begun]
        over = [said for said in self._begun if said[2] <= chunk.end]
        self._begun = [said for said in self._begun if said not in over]
        return [Transcript(text, start, end, 1.0, known) for text, start, end, known in over]

    def finish(self) -> Sequence[Transcript]:
        """Nothing is open that could be decided."""
        return []
