"""The ears: what is live now goes to the recogniser, and what it stands by becomes an intent.

While the coach is heard only the safety intents are live, and they only where its voice is removed well
enough; elsewhere one is heard in its pauses (half duplex). What was live when the words began decides,
so a word that begins in a prompt is judged as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Intent, Recognizer, Transcript
from voicecoach.sound.audio import AudioChunk
from voicecoach.sound.interjection import Span
from voicecoach.sound.own_voice import OwnVoice

Utterance = Intent | Transcript
"""What was understood, or the transcript of what was not."""

NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class Ears:
    """One recogniser and the grammar that says what its words mean."""

    recognizer: Recognizer
    grammar: Grammar
    safety: frozenset[str]
    """Intents that are heard while the coach speaks."""
    own_voice: OwnVoice = field(default_factory=OwnVoice)

    def hear(self, chunk: AudioChunk, live: frozenset[str], spoke_until: int) -> list[Utterance]:
        """Take the next chunk.

        `live` names the intents that the session has a row for; `spoke_until` is where the coach's
        last word ended or will end, in samples, as it was placed.
        """
        cleaned = self.own_voice.clean(chunk)
        heard = self.recognizer.hear(cleaned, self._open(chunk.start, live, spoke_until))
        understood = self._understand(heard, live)
        if any(isinstance(each, Intent) for each in understood):
            self.own_voice.interjection.forget()
        return understood

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
        if not said.accepted:
            return said
        intent = self.grammar.understand(said.text, live, said.confidence, said.start, said.end)
        return intent if intent is not None else said
