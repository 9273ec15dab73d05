"""Keys of a terminal, for who has a keyboard at hand or a USB button that types: a door like any other.

It knows no session; a key means the first of its intents that is live.
"""

import os
import select
import signal
import sys
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from voicecoach.hearing.recognizer import Intent

MEANINGS: dict[str, tuple[str, ...]] = {
    " ": ("resume", "pause"),
    "s": ("stop",),
    "p": ("pain",),
    "n": ("next",),
    "q": ("finish", "stop"),
}
"""Space pauses and goes on, q ends."""


@dataclass(slots=True)
class Keys:
    """A door for the keys that were typed into a file descriptor, and for a request to end."""

    descriptor: int
    _signal: int | None = field(default=None, init=False)

    def end(self, number: int, _frame: FrameType | None) -> None:
        """Take the signal that asks to end; the next look into this door ends the session.

        It must not raise here: Python runs this wherever it is, and in a callback of the sound library
        an exception is only printed and then forgotten.
        """
        self._signal = number

    def take(self, live: frozenset[str], at: int) -> Sequence[Intent]:
        """Give what the next key means among `live`, as if it was heard at `at` (samples).

        Raises SystemExit where the session was asked to end.
        """
        if self._signal is not None:
            raise SystemExit(128 + self._signal)
        for key in self._typed():  # the first that means something: what is live may be another after it
            meaning = next((each for each in MEANINGS.get(key, ()) if each in live), None)
            if meaning is not None:
                name = "space" if key == " " else key
                return (Intent(meaning, text=f"({name})", start=at, end=at),)
        return ()

    def _typed(self) -> str:
        if not select.select([self.descriptor], [], [], 0)[0]:
            return ""
        try:
            return os.read(self.descriptor, 16).decode("ascii", "ignore").lower()
        except OSError:  # the terminal was closed
            return ""


@contextmanager
def open_keys() -> Iterator[tuple[Keys, ...]]:
    """Let keys count one by one while the session lasts; none where there is no terminal.

    However it ends, the terminal is as it was: a request to terminate becomes an ordinary end.
    """
    if not sys.stdin.isatty():
        yield ()
        return
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    keys = Keys(descriptor)
    asked = signal.signal(signal.SIGTERM, keys.end)
    try:
        tty.setcbreak(descriptor)
        yield (keys,)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
        signal.signal(signal.SIGTERM, asked)
