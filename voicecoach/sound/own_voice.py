"""The coach's own voice in what the microphone hears: taken away where that works, and known where not.

Everything that listens while the coach speaks asks here whether it may. Knows no words.
"""

from dataclasses import dataclass, field, replace
from typing import Literal

from voicecoach.sound.audio import AudioChunk, samples_of
from voicecoach.sound.echo import EchoRemover
from voicecoach.sound.echo_path import SPEECH_POWER
from voicecoach.sound.interjection import Interjection, Span

Removal = Literal["auto", "on", "off"]
"""Whether to remove the echo: where it is measured to work, always, or never."""

SETTLE_SAMPLES = samples_of(0.3)
"""How long after the coach's last sound the room still carries it."""


@dataclass(slots=True)
class OwnVoice:
    """One microphone and one loudspeaker, for a session."""

    removal: Removal = "auto"
    remover: EchoRemover = field(default_factory=EchoRemover)
    device_delay: int = 0
    """How much later than placed a clip comes back, as the devices tell it, in samples."""
    interjection: Interjection = field(default_factory=Interjection, init=False)
    """Whoever speaks over the coach."""
    unheeded: Span | None = field(default=None, init=False)
    """What was said over the coach and is over with the last chunk: who listens knows whether it heard it."""
    _judged_from: int = field(default=0, init=False)
    """Since when one knows how loud the coach is without a break."""
    sounded_until: int = field(default=0, init=False)
    """Where the last sound that the loudspeaker was given ends; what it reached the room with comes later."""

    def clean(self, chunk: AudioChunk) -> AudioChunk:
        """Give the chunk as it would be without the coach.

        Without `played` there is nothing to go by, and what a lost device gives is no sound of a room.
        """
        judged_from, self._judged_from = self._judged_from, chunk.end
        if chunk.played is None or chunk.lost:
            return chunk
        if float((chunk.played**2).mean()) >= SPEECH_POWER:
            self.sounded_until = chunk.end
        if self.removal == "off":
            return chunk
        cleaned = replace(chunk, samples=self.remover.remove(chunk.samples, chunk.played))
        known = self.remover.trusted and self.is_heard(chunk.start)
        expected_rms = self.remover.expected_rms if known else 0.0
        if expected_rms:
            self._judged_from = judged_from
        self.unheeded = self.interjection.hear(chunk.start, chunk.end, self.remover.bare_rms, expected_rms)
        return cleaned

    @property
    def trusted(self) -> bool:
        """Whether one can listen while the coach speaks."""
        return self.removal == "on" or (self.removal == "auto" and self.remover.trusted)

    @property
    def settle_samples(self) -> int:
        """How long after its last sample was placed the coach is still heard."""
        measured = self.remover.delay_samples or 0.0
        return round(max(measured, self.device_delay)) + SETTLE_SAMPLES

    def is_alone(self, start: int) -> bool:
        """Tell whether what began at `start`, over the coach, is no louder than what is left of the coach."""
        return start >= self._judged_from and self.interjection.hinted_until < start

    def is_heard(self, place: int) -> bool:
        """Tell whether the coach is still heard at `place`: a pause between two sentences may be silent."""
        return place < self.sounded_until + self.settle_samples
