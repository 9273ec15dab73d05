"""What the hearing benches share: labelled recordings, and feeding them to a recogniser as a stream."""

import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.recording import read_recording

BEFORE, AFTER = samples_of(0.5), samples_of(1.5)
"""Silence around each recording in the stream; the longest wait of any recogniser fits in."""
FRAME = 512
"""Samples in a frame of which the loudest is compared when noise is mixed in."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One file of the set."""

    path: Path
    label: str
    """What is said; empty where nothing is to be understood."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a recogniser made of one recording."""

    transcripts: tuple[Transcript, ...]
    told_at: tuple[int, ...]
    """For each transcript, how much of the sound was needed, as a place on the sample clock."""
    waits: tuple[float, ...]
    """For each transcript, seconds from the words' end to the answer: sound waited for and computing."""
    computed: float
    """Seconds of computing for the whole recording."""
    seconds: float
    """Length of the sound, with the silence around it."""

    @property
    def best(self) -> Transcript | None:
        """Give the transcript that the recogniser is surest of."""
        with_text = [each for each in self.transcripts if each.text]
        return max(with_text, key=lambda each: (each.accepted, each.confidence), default=None)

    @property
    def accepted(self) -> list[Transcript]:
        """Give what the recogniser stands by."""
        return [each for each in self.transcripts if each.accepted]


def recordings(voices: Path, kind: str) -> list[Recording]:
    with (voices / "manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [Recording(voices / row["path"], row["label"]) for row in rows if row["kind"] == kind]


@dataclass(slots=True)
class Stream:
    """A recogniser that hears one recording after another on one sample clock."""

    recognizer: Recognizer
    live: frozenset[str]
    place: int = 0
    computed: float = 0.0
    heard: float = field(default=0.0)

    def hear(self, samples: Samples) -> Heard:
        """Feed a recording with silence around it and give what was decided."""
        silence = [np.zeros(count, np.float32) for count in (BEFORE, AFTER)]
        sound = np.concatenate([silence[0], samples, silence[1]])
        transcripts: list[Transcript] = []
        told: list[int] = []
        waits: list[float] = []
        before = self.computed
        for chunk in self._chunks(sound):
            began = time.process_time()
            found = self.recognizer.hear(chunk, self.live)
            took = time.process_time() - began
            self.computed += took
            transcripts += found
            told += [chunk.end for _ in found]
            waits += [(chunk.end - each.end) / RATE_HZ + took for each in found]
        seconds = len(sound) / RATE_HZ
        self.heard += seconds
        return Heard(tuple(transcripts), tuple(told), tuple(waits), self.computed - before, seconds)

    def _chunks(self, sound: Samples) -> Iterator[AudioChunk]:
        whole = -(-len(sound) // CHUNK_SAMPLES) * CHUNK_SAMPLES
        sound = np.pad(sound, (0, whole - len(sound)))
        for at in range(0, whole, CHUNK_SAMPLES):
            yield AudioChunk(self.place, sound[at : at + CHUNK_SAMPLES])
            self.place += CHUNK_SAMPLES


def mix(speech: Samples, noise: Samples, snr_db: float, generator: np.random.Generator) -> Samples:
    """Add noise as Picovoice's benchmark does: by the loudest frame of each, then back to full scale."""
    start = int(generator.integers(0, max(1, len(noise) - len(speech))))
    part = np.resize(noise[start:], len(speech))
    scale = np.sqrt(_loudest(speech) / (_loudest(part) * 10 ** (snr_db / 10)))
    mixed = speech + scale * part
    return np.asarray(mixed / max(1.0, float(np.abs(mixed).max())), np.float32)


def _loudest(sound: Samples) -> float:
    whole = len(sound) // FRAME * FRAME
    return float((sound[:whole].reshape(-1, FRAME) ** 2).sum(1).max())


def load(recording: Recording) -> Samples:
    return read_recording(recording.path)
