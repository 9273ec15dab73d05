"""A second opinion on what a recogniser proposes: what the other does not hear too was not said.

Vosk puts whatever it hears into the words of its grammar, and is sure of it; Moonshine holds the same sound
against free decoding and against words that sound near. It can only take away, never add; about stop, pause
and pain it need not be sure, only hear nothing else that is likelier.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.lives import Lives
from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.hearing.verdict import Verdict
from voicecoach.sound.audio import AudioChunk, Samples, samples_of

BEFORE_SAMPLES = samples_of(0.35)
AFTER_SAMPLES = samples_of(0.2)
"""What is listened to around the words, as far as it was heard."""
KEPT_SAMPLES = samples_of(15.0)
"""How much sound is kept: more than the longest utterance and the wait for its transcript."""


class Judge(Protocol):
    """Who is asked: PhraseSearch, with the same grammar."""

    def decide(self, samples: Samples, live: frozenset[str]) -> Verdict:
        """Decide what of the intents `live` was said in `samples` (mono, 16 kHz)."""
        ...


@dataclass(slots=True)
class SecondOpinion:
    """A Recognizer that asks a judge before it stands by what another recogniser accepts."""

    first: Recognizer
    judge: Judge
    grammar: Grammar
    safety: frozenset[str] = frozenset()
    """Intents whose phrases stand where the judge hears nothing likelier, however unsure."""
    name: str = field(init=False)
    _lives: Lives = field(default_factory=Lives, init=False)
    _kept: deque[AudioChunk] = field(default_factory=deque, init=False)

    def __post_init__(self) -> None:
        """Go by the first one's name: events tell who proposes."""
        self.name = self.first.name

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; give what both heard, and what the first did not stand by anyway."""
        self._lives.add(chunk.start, live)
        self._kept.append(chunk)
        while self._kept[0].end < chunk.end - KEPT_SAMPLES:
            self._kept.popleft()
        return [self._consider(told) for told in self.first.hear(chunk, live)]

    def finish(self) -> Sequence[Transcript]:
        """Decide on what is still open, at the end of a recording."""
        return [self._consider(told) for told in self.first.finish()]

    def _consider(self, told: Transcript) -> Transcript:
        if not told.accepted:
            return told
        verdict = self.judge.decide(self._around(told), self._lives.at(told.start))
        confidence = min(told.confidence, verdict.confidence)
        return replace(told, accepted=self._stands(told, verdict), confidence=confidence)

    def _around(self, told: Transcript) -> Samples:
        """Give the sound of the words, and a little on both sides."""
        first = self._kept[0].start
        begin, end = told.start - BEFORE_SAMPLES - first, told.end + AFTER_SAMPLES - first
        return np.concatenate([chunk.samples for chunk in self._kept])[max(0, begin) : max(0, end)]

    def _stands(self, told: Transcript, verdict: Verdict) -> bool:
        proposed, heard = (self.grammar.understand(text) for text in (told.text, verdict.text))
        if proposed is None or heard is None or (heard.name, heard.slots) != (proposed.name, proposed.slots):
            return False
        return verdict.accepted or proposed.name in self.safety
