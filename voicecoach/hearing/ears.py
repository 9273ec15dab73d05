"""The ears: what is live now goes to the recogniser, and what it stands by becomes an intent.

While the coach is heard only the safety intents are live, and they only where its voice is removed well
enough; elsewhere one is heard in its pauses (half duplex). What was live when the words began decides,
so a word that begins in a prompt is judged as one.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.company import Company
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Intent, Recognizer, Transcript
from voicecoach.sound.audio import QUIET_ROOM, AudioChunk
from voicecoach.sound.clipping import Clipping
from voicecoach.sound.interjection import Span
from voicecoach.sound.own_voice import OwnVoice

Utterance = Intent | Transcript
"""What was understood, or the transcript of what was not."""

log = logging.getLogger(__name__)

NOTHING: frozenset[str] = frozenset()


def turned_up(chunk: AudioChunk, gain_db: float) -> AudioChunk:
    """Give a chunk that much louder, within full scale."""
    if not gain_db:
        return chunk
    louder = np.clip(chunk.samples * np.float32(10 ** (gain_db / 20)), -1, 1)
    return replace(chunk, samples=louder)


def hushed(chunk: AudioChunk) -> AudioChunk:
    """Give a quiet room in place of a chunk."""
    return replace(chunk, samples=np.take(QUIET_ROOM, np.arange(chunk.start, chunk.end), mode="wrap"))


@dataclass(slots=True)
class Ears:
    """One recogniser and the grammar that says what its words mean."""

    recognizer: Recognizer
    grammar: Grammar
    safety: frozenset[str]
    """Intents that are heard while the coach speaks."""
    own_voice: OwnVoice = field(default_factory=OwnVoice)
    is_late: Callable[[], bool] = lambda: False
    """Tells whether the recogniser hangs or is far behind."""
    gain_db: float = 0.0
    """By how many decibels the microphone is turned up, for a voice that is soft in it."""
    clipping: Clipping = field(default_factory=Clipping, init=False)
    company: Company = field(default_factory=Company, init=False)
    _broken: bool = field(default=False, init=False)

    def hear(self, chunk: AudioChunk, live: frozenset[str], spoke_until: int) -> list[Utterance]:
        """Take the next chunk.

        `live` names the intents that the session has a row for; `spoke_until` is where the coach's
        last word ended or will end, in samples, as it was placed.
        """
        self.clipping.hear(chunk.samples)
        cleaned = self.own_voice.clean(turned_up(chunk, self.gain_db))
        understood = self._understand(
            self._recognize(cleaned, self._open(chunk.start, live, spoke_until)), live
        )
        if any(isinstance(each, Intent) for each in understood):
            self.own_voice.interjection.forget()
        self._keep_company(understood, self.quiet_from(spoke_until))
        return understood

    def _keep_company(self, heard: Sequence[Utterance], quiet_from: int) -> None:
        """Learn how much is said that is no command; what the coach spoke into may be the coach."""
        for each in heard:
            if isinstance(each, Transcript) and each.final:
                self.company.hear(max(each.start, quiet_from), each.end)

    def is_talk(self, said: Transcript) -> bool:
        """Tell whether what was not understood is others' talk, and nobody's attempt at a command."""
        return not said.raised and self.company.talks(said.end)

    def _recognize(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        if self._broken:
            return []
        try:
            # What is deaf hears nothing: a recogniser gets used to a voice, and would to the coach's.
            return self.recognizer.hear(chunk if live else hushed(chunk), live)
        except VoicecoachError:
            raise
        except Exception:  # whatever it died of, the person on the floor must be told that nobody hears
            log.exception("The recogniser %s has failed.", self.recognizer.name)
            self._broken = True
            return []

    @property
    def trouble(self) -> Literal["recogniser", "clipped"] | None:
        """Why nothing can be understood: the recogniser failed or is late, or the level is far too high."""
        if self._broken or self.is_late():
            return "recogniser"
        return "clipped" if self.clipping.clipped else None

    @property
    def talked_over(self) -> bool:
        """Whether someone speaks over the coach, and what they say is not yet decided."""
        return self.own_voice.interjection.span is not None

    @property
    def unheeded(self) -> Span | None:
        """What was said over the coach and is over with the last chunk, and was not understood."""
        return self.own_voice.unheeded

    def finish(self, live: frozenset[str]) -> list[Utterance]:
        """Decide on what is still open at the end of a recording."""
        return self._understand(self.recognizer.finish(), live)

    def quiet_from(self, spoke_until: int) -> int:
        """Give the place from which on words are no longer said over the coach's."""
        return spoke_until + self.own_voice.settle_samples

    def _open(self, place: int, live: frozenset[str], spoke_until: int) -> frozenset[str]:
        if place >= self.quiet_from(spoke_until):
            return live
        deaf = not self.own_voice.trusted and self.own_voice.is_heard(place)
        return NOTHING if deaf else live & self.safety

    def _understand(self, transcripts: Sequence[Transcript], live: frozenset[str]) -> list[Utterance]:
        return [self._meaning(transcript, live) for transcript in transcripts]

    def _meaning(self, said: Transcript, live: frozenset[str]) -> Utterance:
        if not said.accepted or self.own_voice.is_alone(said.start):
            return replace(said, accepted=False)
        intent = self.grammar.understand(said.text, live, said.confidence, said.start, said.end)
        return intent if intent is not None else said
