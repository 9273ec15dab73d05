"""What the speaker asks of a voice, whichever it is."""

from typing import Protocol

from voicecoach.sound.audio import AudioClip


class Synthesizer(Protocol):
    """Turns one line of text into one clip."""

    @property
    def voice(self) -> str:
        """What the clip depends on besides its text: engine, version, voice and rate, for the cache's key."""
        ...

    def synthesize(self, text: str) -> AudioClip:
        """Speak `text`. Raises SpeakingError when the voice cannot be used."""
        ...
