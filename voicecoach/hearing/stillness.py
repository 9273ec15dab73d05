"""Where nothing happens: stretches of steady sound that a recogniser need not be troubled with.

It knows levels and no words. A chunk counts as still when it is no louder than the room has been of late,
and nothing was for a while; so a voice is never cut, and in an unsteady room nothing is still.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import QUIET_RMS, RATE_HZ, AudioChunk, samples_of

QUIET_ROOM = np.random.default_rng(0).normal(0, QUIET_RMS, RATE_HZ).astype(np.float32)
"""A second of a quiet bedroom, for who is to hear nothing: of digital silence no recogniser has learned."""
LOUDER = 10 ** (6 / 10)
"""What has so much more power than the room's quiet moments may be a voice (6 dB)."""
INAUDIBLE = 1e-9
"""Power of what is no sound at all (-90 dB of full scale)."""
LINGER_SAMPLES = samples_of(1.5)
"""How long after the last louder chunk it still listens: longer than any pause that ends an utterance."""
BEFORE_SAMPLES = samples_of(0.5)
"""What is heard again from before a louder chunk: words begin softly."""
ROOM_SAMPLES = samples_of(10.0)
"""How far back the room's quiet moments are looked for."""
QUIET_SHARE = 0.1
KEPT_SAMPLES = samples_of(60.0)
"""How far back places are known; no utterance is longer."""


@dataclass(slots=True)
class Stillness:
    """Lets through what may be speech, with what lay just before it."""

    _powers: deque[tuple[int, float]] = field(default_factory=deque)
    _before: deque[AudioChunk] = field(default_factory=deque)
    _open_until: int | None = None

    def hear(self, chunk: AudioChunk) -> list[AudioChunk]:
        """Take the next chunk; give those that are to be heard now, in order, each once."""
        if self._open_until is None:
            self._open_until = chunk.start + LINGER_SAMPLES  # the room is not known yet
        if self._is_louder(chunk):
            self._open_until = chunk.end + LINGER_SAMPLES
        self._before.append(chunk)
        if chunk.start < self._open_until:
            heard = list(self._before)
            self._before.clear()
            return heard
        while self._before[0].end <= chunk.end - BEFORE_SAMPLES:
            self._before.popleft()
        return []

    def _is_louder(self, chunk: AudioChunk) -> bool:
        power = float(np.mean(np.square(chunk.samples))) if len(chunk.samples) else 0.0
        self._powers.append((chunk.end, power))
        while self._powers[0][0] <= chunk.end - ROOM_SAMPLES:
            self._powers.popleft()
        ordered = sorted(power for _, power in self._powers)
        return power > max(LOUDER * ordered[int(QUIET_SHARE * len(ordered))], INAUDIBLE)


@dataclass(slots=True)
class Tape:
    """What was let through, end to end, and where each part of it lay on the sample clock."""

    _parts: deque[tuple[int, int]] = field(default_factory=deque)
    """Where a part begins on the tape, and where it lay; parts follow each other."""
    _length: int = 0
    _end: int = 0

    def add(self, chunk: AudioChunk) -> None:
        """Take the next chunk that was let through."""
        if not self._parts or chunk.start != self._end:
            self._parts.append((self._length, chunk.start))
        self._length += len(chunk.samples)
        self._end = chunk.end
        while len(self._parts) > 1 and self._parts[1][0] < self._length - KEPT_SAMPLES:
            self._parts.popleft()

    def place(self, sample: int) -> int:
        """Give where a sample of the tape lay on the sample clock."""
        begin, place = next((part for part in reversed(self._parts) if part[0] <= sample), self._parts[0])
        return place + sample - begin
