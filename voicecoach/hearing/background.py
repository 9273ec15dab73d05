"""Someone who talks all the time, such as a television, and a voice that is louder than that.

What is said in the foreground is told by its level alone: it jumps over what was heard in the last
seconds. It knows no words. Pure.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import Samples, samples_of

JUMP = 1.5
"""How much louder than the loudest of the talk a voice in the foreground begins: 3.5 dB. It goes on while it
is louder at all: with 2 dB less as many words were heard over people who read, with 4.5 dB less fewer."""
OUTSTANDING = 2.25
"""How much louder than the talk its loudest window is: 7 dB. A loud word in what one voice reads was 2.1
times as loud, and taken for an answer; of 39 words over people who read 10 dB below the softest was 2.6."""
MEMORY_WINDOWS = 94
"""Three seconds of windows of 32 ms, of which the loudest is known."""
TALKING_WINDOWS = 188
"""Six seconds: longer than any sentence that is meant for us. With three, a loud word in a long order was
taken for another voice, and 196 of 200 orders were found instead of 200."""
BEGINNING_WINDOWS = 10
"""The last third of a second is no talk yet: whoever speaks up may have begun softly."""
TALKING = 0.5
"""The share of these six seconds with speech in them from which on someone talks all the time."""
FRAME_SAMPLES = samples_of(0.01)
SPREAD_FRAMES = 2
"""A loud frame keeps so many before and after it: soft sounds beside loud ones belong to the word."""
FADED = 0.1
"""What is left of the talk between the words (-20 dB)."""


def loudness(window: Samples) -> float:
    """Give the root of the mean square."""
    return float(np.sqrt(np.mean(np.square(window, dtype=np.float64))))


@dataclass(slots=True)
class Talk:
    """The levels of the speech in the last seconds."""

    _levels: deque[float] = field(default_factory=lambda: deque(maxlen=TALKING_WINDOWS + BEGINNING_WINDOWS))
    _raised: deque[float] = field(default_factory=lambda: deque(maxlen=TALKING_WINDOWS + BEGINNING_WINDOWS))
    """The same of a voice in the foreground."""

    def add(self, level: float, *, spoken: bool, raised: bool = False) -> None:
        """Take the next window: how loud it is, whether it is speech, and whether of the foreground."""
        heard = level if spoken else 0.0
        self._levels.append(0.0 if raised else heard)
        self._raised.append(heard if raised else 0.0)

    def take_in(self) -> None:
        """Take what seemed to be in the foreground for talk, too."""
        self._levels.extend([max(pair) for pair in zip(self._levels, self._raised, strict=True)])
        self._raised.extend([0.0] * len(self._raised))

    @property
    def loudest(self) -> float:
        """Give the level that it stays below; 0 where nobody talks all the time."""
        talk = list(self._levels)[:-BEGINNING_WINDOWS]
        talks = sum(level > 0 for level in talk) >= TALKING * TALKING_WINDOWS
        return max(talk[-MEMORY_WINDOWS:]) if talks else 0.0

    def is_topped(self, level: float) -> bool:
        """Whether somebody speaks up over it."""
        return 0 < JUMP * self.loudest < level


def lift(sound: Samples, level: float) -> Samples:
    """Give the sound from the first to the last frame louder than `level`; softer ones in between fade."""
    count = len(sound) // FRAME_SAMPLES
    frames = sound[: count * FRAME_SAMPLES].reshape(count, FRAME_SAMPLES)
    loud = np.sqrt(np.mean(np.square(frames), axis=1)) > level
    if not loud.any():
        return sound
    kept = np.convolve(loud, np.ones(2 * SPREAD_FRAMES + 1), "same") > 0
    first, last = int(np.argmax(kept)), count - int(np.argmax(kept[::-1]))
    gains = np.convolve(np.pad(np.where(kept, 1.0, FADED), 1, "edge"), np.ones(3) / 3, "valid")
    lifted = frames[first:last] * gains[first:last, None]
    return np.asarray(lifted.ravel(), np.float32)
