"""The timeline: clips are placed by sample and mixed; whoever plays takes it block by block."""

from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import RATE_HZ, AudioClip, Samples

FADE_SAMPLES = RATE_HZ * 5 // 1000
"""How fast sound is cut off, or made louder: 5 ms make no click."""

DUCKED = 10 ** (-12 / 20)
"""How loud the coach still is while a person speaks over it."""

KNEE = 0.9
"""Below this level the limiter leaves the sound as it is."""


@dataclass(slots=True)
class Timeline:
    """A Player in memory: it holds what will sound, and forgets what has."""

    volume: float = 1.0
    """1 plays clips as they are; what would pass full scale is bent under it."""
    ducked: bool = field(default=False, init=False)
    """Whether to make room for someone who speaks: everything is 12 dB quieter, from the next block on."""
    busy_until: int = field(default=0, init=False)
    """Where the last clip ends, in samples."""
    _clips: list[tuple[int, Samples]] = field(default_factory=list, init=False)
    _gain: float | None = field(default=None, init=False)
    """What everything was multiplied by at the end of the last block."""

    def place(self, clip: AudioClip, start: int) -> None:
        """Play `clip` with its first sample at `start`, mixed with whatever is there."""
        self._clips.append((start, clip.samples))
        self.busy_until = max(self.busy_until, start + len(clip.samples))

    def silence(self, at: int) -> None:
        """Drop everything that would sound at or after `at`, but for a fade of 5 ms."""
        self._clips = [(start, _cut(samples, at - start)) for start, samples in self._clips if start < at]
        self.busy_until = min(self.busy_until, at)

    def postpone(self, at: int, by: int) -> int:
        """Let everything that begins at `at` or later begin `by` samples later; gives where the rest ends."""
        ends = max((start + len(samples) for start, samples in self._clips if start < at), default=at)
        self._clips = [(start + by if start >= at else start, samples) for start, samples in self._clips]
        if self.busy_until > ends:
            self.busy_until += by
        return ends

    def render(self, start: int, count: int) -> Samples:
        """Give what is heard from `start` on, `count` samples, and forget what lies before."""
        block = np.zeros(count, np.float32)
        for begin, samples in self._clips:
            first, last = max(begin, start), min(begin + len(samples), start + count)
            if first < last:
                block[first - start : last - start] += samples[first - begin : last - begin]
        self._clips = [(begin, s) for begin, s in self._clips if begin + len(s) > start + count]
        return limit(self._turn_up(block))

    def _turn_up(self, block: Samples) -> Samples:
        wanted = self.volume * (DUCKED if self.ducked else 1.0)
        gain = np.full(len(block), wanted, np.float32)
        if self._gain not in {None, wanted}:
            ramp = gain[:FADE_SAMPLES]
            ramp[:] = np.linspace(self._gain, wanted, len(ramp), dtype=np.float32)
        self._gain = wanted
        return block * gain


def _cut(samples: Samples, length: int) -> Samples:
    if length >= len(samples):
        return samples
    kept = samples[: length + FADE_SAMPLES].copy()
    tail = kept[length:]
    tail *= np.linspace(1, 0, len(tail), dtype=np.float32)
    return kept


def limit(block: Samples) -> Samples:
    """Bend what is louder than the knee so that it never passes full scale."""
    size = np.abs(block)
    if size.size == 0 or size.max() <= KNEE:
        return block
    over = np.maximum(size - KNEE, 0) / (1 - KNEE)
    bent: Samples = np.copysign(np.minimum(size, KNEE) + (1 - KNEE) * np.tanh(over), block)
    return bent.astype(np.float32)
