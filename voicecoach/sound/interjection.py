"""Someone who speaks over the coach, told by loudness alone.

How loud the coach alone would be is known, and a person is louder: in three rooms with echoes of 0 to
+10 dB, 720 of 720 words were noticed, and nothing in 18 minutes of the coach alone. That says that someone
makes a sound, and never what it is: a cough is one too. Knows no words.
"""

from dataclasses import dataclass, field

from voicecoach.sound.audio import samples_of

LOUDER = 4.5
"""A person is so many times louder than what is left of the coach just then (docs/echo.md has the curve),"""
BLOCKS = 3
"""for so many blocks without a pause; fewer are knocks and the edges of words."""
GOES_ON = 3.5
"""While it goes on, this much louder is enough."""
HINTS = 2
"""Blocks of it without which nobody spoke."""
PATIENCE_SAMPLES = samples_of(1.1)
"""How long after its end a word is decided on, at the latest: Vosk takes up to 0.9 s, Moonshine in a tiled
bathroom 1.0 s. Who is told before that was not understood is answered in the middle of it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where someone spoke over the coach, in samples."""

    start: int
    end: int


@dataclass(slots=True)
class Interjection:
    """What is being said over the coach, if anything."""

    span: Span | None = field(default=None, init=False)
    """Where it is until now; None while nobody speaks."""
    hinted_until: int = field(default=-1, init=False)
    """Where it was last louder than the coach alone, if only a little: a television leaves no more."""
    _loud: int = field(default=0, init=False)
    _hints: int = field(default=0, init=False)
    _heeded_until: int = field(default=0, init=False)

    def hear(self, start: int, end: int, rms: float, coach_rms: float) -> Span | None:
        """Take a block: how loud it is, and how loud the coach alone would be where he speaks, else 0.

        Gives what was said, once, when it is over and could have been understood.
        """
        goes_on = 0 < GOES_ON * coach_rms < rms
        self._hints = self._hints + 1 if goes_on else 0
        if self._hints >= HINTS:
            self.hinted_until = end
        loud = 0 < LOUDER * coach_rms < rms and start >= self._heeded_until
        self._loud = self._loud + 1 if loud else 0
        if self.span is None:
            if self._loud >= BLOCKS:
                self.span = Span(start - (BLOCKS - 1) * (end - start), end)
            return None
        if goes_on:
            self.span = Span(self.span.start, end)
        if end < self.span.end + PATIENCE_SAMPLES:
            return None
        said, self.span = self.span, None
        return said

    def forget(self) -> None:
        """Take what was said for understood; its last sounds are no new word."""
        if self.span is not None:
            self._heeded_until = self.span.end + PATIENCE_SAMPLES
        self.span = None
