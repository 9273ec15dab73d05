"""Getting lost devices back: one attempt after the other, while time goes on; it never waits.

Both directions are tried at once; where that fails, the loudspeaker alone, so that the coach can say
that it cannot hear. While it has the loudspeaker, the microphone is probed alone, so that no attempt
cuts a word.
"""

from collections.abc import Callable

from voicecoach.errors import SoundError
from voicecoach.sound.attempt import Attempt
from voicecoach.sound.audio import Samples
from voicecoach.sound.connection import Connection
from voicecoach.sound.line import Line, Way

FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 8.0
"""Between two attempts; each time twice as long."""


class Recovery:
    """The attempts after one loss; seconds are whatever clock the caller has."""

    def __init__(self, open_line: Callable[[Way], Line], now: float) -> None:
        """Begin; `open_line` starts a line that goes the way that it is told."""
        self._open_line = open_line
        self._attempt: Attempt | None = None
        self._way = Way.BOTH
        self._next = now
        self._wait = FIRST_WAIT_SECONDS
        self._speaker: Connection | None = None

    def poll(self, now: float, *, speaking: bool) -> Line | None:
        """Take the next step; gives a line whose microphone is heard and whose loudspeaker plays, else None.

        While the coach is `speaking`, and there is a loudspeaker, it is not taken away.
        """
        try:
            if self._speaker is not None:
                self._speaker.forget()
            if self._attempt is not None and self._attempt.look(now):
                return self._succeed(self._attempt.line, now, speaking=speaking)
        except SoundError:
            self._fail(now)
        if self._attempt is None and now >= self._next:
            self._begin(Way.BOTH if self._speaker is None else Way.MICROPHONE, now)
        return None

    def _begin(self, way: Way, now: float) -> None:
        self._way, self._attempt = way, Attempt(self._open_line(way), now)

    def _succeed(self, line: Line, now: float, *, speaking: bool) -> Line | None:
        if self._way is Way.BOTH:
            self._attempt = None
            return line
        if self._way is Way.LOUDSPEAKER and line.opened is not None:
            self._speaker, self._attempt = Connection(line, line.opened), None
        elif self._way is Way.MICROPHONE and not speaking:
            self.close()
            self._begin(Way.BOTH, now)
        return None

    def _fail(self, now: float) -> None:
        """After both the loudspeaker alone is tried; after that, later again."""
        way, had_one = self._way, self._attempt is not None
        if way is not Way.MICROPHONE:
            self.close()
        elif self._attempt is not None:
            self._attempt.close()
            self._attempt = None
        self._next = now + self._wait
        if way is Way.BOTH and had_one:
            self._begin(Way.LOUDSPEAKER, now)
        else:
            self._wait = min(2 * self._wait, LONGEST_WAIT_SECONDS)

    def play(self, samples: Samples) -> None:
        """Let the loudspeaker say it, where there is one."""
        if self._speaker is not None:
            self._speaker.play(samples)

    def hush(self) -> None:
        """Be silent at once."""
        if self._speaker is not None:
            self._speaker.hush()

    def close(self) -> None:
        """Give up what is open."""
        for each in (self._attempt, self._speaker):
            if each is not None:
                each.close()
        self._attempt = self._speaker = None
