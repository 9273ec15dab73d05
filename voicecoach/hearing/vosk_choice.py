"""Where a number is asked for, both of Vosk's recognisers answer to one utterance: which of them counts.

Pure: transcripts in, transcripts out; time is a place on the sample clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from voicecoach.hearing.recognizer import Transcript
from voicecoach.sound.audio import samples_of

PATIENCE_SAMPLES = samples_of(0.4)
"""How long an answer waits for the other recogniser's."""


@dataclass(slots=True)
class Choice:
    """Holds answers until it is clear which is the better one."""

    is_number: Callable[[str], bool]
    """Whether a text is a number."""
    _held: list[tuple[int, Transcript]] = field(default_factory=list, init=False)
    _answered: int = field(default=0, init=False)
    """Where the words ended that have been answered to."""

    def hold(self, transcript: Transcript, now: int) -> None:
        """Take one answer, unless there was a better one to the same words."""
        if transcript.start >= self._answered:
            self._held.append((now, transcript))

    def release(self, now: int | None) -> list[Transcript]:
        """Give what is decided: a number that is believed, both answers, or one that has waited.

        With None all is decided now.
        """
        late = any(now is None or came + PATIENCE_SAMPLES <= now for came, _ in self._held)
        if not (late or len(self._held) > 1 or any(self._is_sure(each) for _, each in self._held)):
            return []
        told = self._better([transcript for _, transcript in self._held])
        self._held.clear()
        self._answered = max(each.end for each in told)
        return told

    def _is_sure(self, transcript: Transcript) -> bool:
        return transcript.accepted and self.is_number(transcript.text)

    def _better(self, transcripts: list[Transcript]) -> list[Transcript]:
        """Of those that overlap keep one: the number that is believed, then what else is, then the surer."""
        kept: list[Transcript] = []
        for each in sorted(
            transcripts, key=lambda it: (not self._is_sure(it), not it.accepted, -it.confidence)
        ):
            if all(each.end <= other.start or other.end <= each.start for other in kept):
                kept.append(each)
        return sorted(kept, key=lambda it: it.start)
