"""What the hearing benches share: labelled recordings, and feeding them to a recogniser as a stream.

A folder of one's own is read too: with a file labels.csv (columns path and label), or with a folder for each
thing said, named after it, such as pain_worse/. An empty label, or a name that begins with _, says that
nothing in it is meant for the coach.
"""

import csv
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np

from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.recording import read_recording

BEFORE, AFTER = samples_of(0.5), samples_of(1.5)
"""Silence around each recording in the stream; the longest wait of any recogniser fits in."""
READ_BEFORE, READ_AFTER = samples_of(7.0), samples_of(2.5)
"""How long others are heard reading around each recording: longer than it takes to know that they talk."""
SUFFIXES = frozenset({".wav", ".flac", ".ogg"})
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


def labelled(folder: Path) -> list[Recording]:
    """Read a folder of one's own. Raises VoicecoachError where nothing in it is labelled."""
    table = folder / "labels.csv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        if not rows or not {"path", "label"} <= rows[0].keys():
            raise VoicecoachError(f"{table}: it needs the columns path and label, and a row a recording.")
        return [Recording(folder / row["path"], row["label"].strip()) for row in rows]
    files = sorted(each for each in folder.glob("*/*") if each.suffix.lower() in SUFFIXES)
    if not files:
        raise VoicecoachError(
            f"{folder}: there is no labels.csv in it, and no folder with recordings named after what is said."
        )
    return [Recording(file, label_of(file.parent.name)) for file in files]


def label_of(folder_name: str) -> str:
    """Give what is said in the recordings of a folder with that name."""
    return "" if folder_name.startswith("_") else folder_name.replace("_", " ")


def thin(found: Sequence[Recording], every: int) -> list[Recording]:
    """Take one in so many recordings of each label, at random and the same ones in each run."""
    if every == 1:
        return list(found)
    chance = random.Random(0)  # noqa: S311 - the same ones in each run
    labels: dict[str, list[Recording]] = {}
    for each in found:
        labels.setdefault(each.label, []).append(each)
    return [each for same in labels.values() for each in chance.sample(same, -(-len(same) // every))]


class Listener(Protocol):
    """Hears one recording after another; the coach's recognisers and others alike."""

    def hear(self, samples: Samples) -> Heard:
        """Hear a recording, with silence around it."""
        ...


def surround(samples: Samples) -> Samples:
    """Put the silence around a recording."""
    return np.pad(samples, (BEFORE, AFTER))


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
        sound = surround(samples)
        transcripts: list[Transcript] = []
        waits: list[float] = []
        before = self.computed
        for chunk in self._chunks(sound):
            began = time.process_time()
            found = self.recognizer.hear(chunk, self.live)
            took = time.process_time() - began
            self.computed += took
            transcripts += found
            waits += [(chunk.end - each.end) / RATE_HZ + took for each in found]
        seconds = len(sound) / RATE_HZ
        self.heard += seconds
        return Heard(tuple(transcripts), tuple(waits), self.computed - before, seconds)

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


def in_noise(noise: Samples, snr_db: float | None) -> Callable[[Samples], Samples] | None:
    """Give what lays noise over a recording, always the same; None for none."""
    if snr_db is None:
        return None
    generator = np.random.default_rng(0)
    return lambda sound: mix(sound, noise, snr_db, generator)


def over_reading(voices: Path, snr_db: float) -> Callable[[Samples], Samples]:
    """Give what lays a recording over people who read all the time, from before it to after it.

    They are so many decibels softer, and always the same ones.
    """
    reading = np.concatenate([load(each) for each in recordings(voices, "background_speech")])
    generator = np.random.default_rng(0)
    return lambda sound: mix(np.pad(sound, (READ_BEFORE, READ_AFTER)), reading, snr_db, generator)


def _loudest(sound: Samples) -> float:
    whole = len(sound) // FRAME * FRAME
    return float((sound[:whole].reshape(-1, FRAME) ** 2).sum(1).max())


def load(recording: Recording) -> Samples:
    return read_recording(recording.path)


def noise_of(voices: Path, name: str) -> Samples:
    """Load the noise whose file name begins with `name`."""
    return load(Recording(min((voices / "noise").glob(f"{name}*")), ""))
