"""Whether the microphone is driven beyond its range, so that nothing can be understood in it.

One loud word is no trouble, and neither is a slammed door; a level that is set wrong is.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, Samples

FULL = 0.99
"""From here on a sample is taken for cut off."""
SHARE = 0.02
"""So much of a chunk has to be cut off for it to be spoilt; music mastered loud has less."""
WINDOW_CHUNKS = 2 * RATE_HZ // CHUNK_SAMPLES
"""How many chunks are looked at,"""
SPOILT = WINDOW_CHUNKS // 2
"""and how many of them may be spoilt."""


@dataclass(slots=True)
class Clipping:
    """The last two seconds of a microphone."""

    _spoilt: deque[bool] = field(default_factory=lambda: deque(maxlen=WINDOW_CHUNKS), init=False)
    clipped: bool = field(default=False, init=False)
    """Whether it is so now; until two seconds without it have gone by."""

    def hear(self, samples: Samples) -> None:
        """Take the next chunk."""
        self._spoilt.append(float((np.abs(samples) >= FULL).mean()) >= SHARE)
        count = sum(self._spoilt)
        self.clipped = count > 0 if self.clipped else count > SPOILT
