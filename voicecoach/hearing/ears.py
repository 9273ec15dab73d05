"""The ears: what is live now goes to the recogniser, and what it stands by becomes an intent.

While the coach speaks, and a moment after, only the safety intents are live (half duplex); what was
live when the words began decides, so a word that begins in a prompt is judged as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Intent, Recognizer, Transcript
from voicecoach.sound.audio import AudioChunk, samples_of

SETTLE_SAMPLES = samples_of(0.3)
"""How long after the coach's last word the normal lane stays deaf: the room still carries it."""

Utterance = Intent | Transcript
"""What was understood, or the transcript of what was not."""


@dataclass(slots=True)
class Ears:
    """One recogniser and the grammar that says what its words mean."""

    recognizer: Recognizer
    grammar: Grammar
    safety: frozenset[str]
    """Intents that are heard while the coach speaks."""

    def hear(self, chunk: AudioChunk, live: frozenset[str], spoke_until: int) -> list[Utterance]:
        """Take the next chunk.

        `live` names the intents that the session has a row for; `spoke_until` is where the coach's
        last word ended or will end, in samples.
        """
        quiet = chunk.start >= spoke_until + SETTLE_SAMPLES
        heard = self.recognizer.hear(chunk, live if quiet else live & self.safety)
        return self._understand(heard, live)

    def finish(self, live: frozenset[str]) -> list[Utterance]:
        """Decide on what is still open at the end of a recording."""
        return self._understand(self.recognizer.finish(), live)

    def _understand(self, transcripts: Sequence[Transcript], live: frozenset[str]) -> list[Utterance]:
        return [self._meaning(transcript, live) for transcript in transcripts]

    def _meaning(self, said: Transcript, live: frozenset[str]) -> Utterance:
        if not said.accepted:
            return said
        intent = self.grammar.understand(said.text, live, said.confidence, said.start, said.end)
        return intent if intent is not None else said
