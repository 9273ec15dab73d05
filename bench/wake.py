"""How well the wake phrases are heard, how often something else wakes the coach, and what waiting costs.

    python -m bench.wake false VOICES [--recognizer vosk --lang ko]   people reading, and noises
    python -m bench.wake reading HOURS                                synthetic voices reading the README
    python -m bench.wake hits VOICES [--count N] [--snr DB]           phrases at 2 m, others reading meanwhile
    python -m bench.wake cost VOICES                                  CPU of a core: quiet room, and talk

VOICES is a folder of recordings as bench/recordings.py knows it. Wake phrases are spoken by synthetic
voices: nobody has recorded them. The rooms are simulated (extra `lab`).
"""

import argparse
import itertools
import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bench.figures import Figure
from bench.recordings import recordings
from bench.scenes import speak
from bench.show import show
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.home.listening import build_wake_recognizer, load_standby_grammar, wake_intents
from voicecoach.settings import load_settings
from voicecoach.sound.acoustics import PERSON_GAIN, PERSON_RMS, Acoustics
from voicecoach.sound.audio import CHUNK_SAMPLES, QUIET_RMS, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.recording import read_recording
from voicecoach.speaking.levelling import level, trim

VOICES = ("en-us+m3", "flite:slt", "en-us", "flite:rms", "en-us+f3", "flite:awb", "en-us+m7", "en-us+f4")
PHRASES = {
    "en": (
        "coach start morning routine",
        "coach start my evening routine",
        "coach begin the rotation",
        "coach start stretch",
        "coach start knees to chest",
        "coach start the morning routine",
        "coach go to sleep",
        "coach in ten minutes",
        "coach not today",
        "coach listen again",
    ),
}
APART_SECONDS = 4.0


class Stand:
    """A recogniser in stand-by, fed without end."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        settings = load_settings(lang=chosen.lang, recognizer=chosen.recognizer)
        self.grammar: Grammar = load_standby_grammar(chosen.lang)
        self.live = wake_intents(self.grammar)
        self.recognizer: Recognizer = build_wake_recognizer(settings, self.grammar, chosen.recognizer)()
        self.place = 0
        self.cpu = 0.0
        self.noise = np.random.default_rng(0)

    def hear(self, sound: Samples) -> Iterator[tuple[int, str]]:
        """Feed sound; give where each phrase ended that would wake the coach, and the phrase."""
        whole = len(sound) - len(sound) % CHUNK_SAMPLES
        for at in range(0, whole, CHUNK_SAMPLES):
            block = sound[at : at + CHUNK_SAMPLES]
            hiss = self.noise.standard_normal(len(block), dtype=np.float32) * np.float32(QUIET_RMS)
            chunk = AudioChunk(self.place, (block + hiss).astype(np.float32))
            began = time.process_time()
            heard = self.recognizer.hear(chunk, self.live)
            self.cpu += time.process_time() - began
            self.place = chunk.end
            for said in heard:
                if said.accepted and self.grammar.understand(said.text, self.live):
                    yield said.end, said.text


def false(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Let people read, and noises sound."""
    for kind in ("background_speech", "noise"):
        stand = Stand(chosen)
        woken = []
        for each in recordings(chosen.voices, kind):
            woken += [(each.path.name, text) for _, text in stand.hear(read_recording(each.path))]
        yield from wakes(kind.replace("_", " "), chosen, stand, woken)


def wakes(
    what: str, chosen: argparse.Namespace, stand: Stand, woken: list[tuple[str, str]]
) -> Iterator[Figure]:
    """Give how often something else woke the coach; by what is told on standard error."""
    seconds = stand.place / RATE_HZ
    for where, text in woken:
        sys.stderr.write(f"    {where}: {text}\n")
    heard_for = f"in {seconds / 60:.0f} min"
    yield Figure(f"stand-by, {what}: false wakes", chosen.recognizer, len(woken), "", note=heard_for)
    yield of_a_core(what, chosen, stand)


def of_a_core(what: str, chosen: argparse.Namespace, stand: Stand) -> Figure:
    """Give the processor time for the time that was heard."""
    percent = 100 * stand.cpu * RATE_HZ / stand.place
    return Figure(f"stand-by, {what}: of a core", chosen.recognizer, percent, "%")


def reading(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Let synthetic voices read the README."""
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    lines = [line for line in re.split(r"[\n.:;|]", text) if re.search(r"\w+ \w+ \w+", line)]
    stand, woken = Stand(chosen), []
    order = np.random.default_rng(0)
    for n in itertools.count():
        if stand.place >= chosen.hours * 3600 * RATE_HZ:
            break
        words = " ".join(order.permutation(lines)[:2])
        sound = level(trim(speak(words, VOICES[n % len(VOICES)], chosen.lang))) * np.float32(PERSON_GAIN)
        woken += [(words[:60], heard) for _, heard in stand.hear(sound)]
    yield from wakes("synthetic voices reading", chosen, stand, woken)


def hits(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Let wake phrases be said in rooms, with people reading meanwhile or not."""
    speech = np.concatenate(
        [read_recording(each.path) for each in recordings(chosen.voices, "background_speech")]
    )
    phrases = PHRASES[chosen.lang]
    for room in ("living", "bedroom", "bathroom"):
        stand = Stand(chosen)
        acoustics = Acoustics(room, 2.0)
        heard = 0
        for n in range(chosen.count):
            phrase = phrases[n % len(phrases)]
            clip = level(trim(speak(phrase, VOICES[(n * 3 + n // len(phrases)) % len(VOICES)], chosen.lang)))
            gap = np.zeros(samples_of(APART_SECONDS / 2), np.float32)
            scene = np.concatenate([gap, clip, gap])
            start = stand.place
            there = acoustics.hear(scene, np.zeros_like(scene), start)
            if chosen.snr is not None:
                there = there + reading_meanwhile(speech, start, len(there), chosen.snr)
            found = [text for _, text in stand.hear(there)]
            right = any(same(stand.grammar, text, phrase) for text in found)
            heard += right
            if not right or len(found) > 1:
                sys.stderr.write(f"    {room}: {phrase!r} heard as {found}\n")
        meanwhile = "quiet" if chosen.snr is None else f"reading {chosen.snr:.0f} dB below"
        name = f"stand-by, {room}, 2 m, {meanwhile}: heard"
        yield Figure(name, chosen.recognizer, 100 * heard / chosen.count, "%", chosen.count)


def reading_meanwhile(speech: Samples, start: int, count: int, snr_db: float) -> Samples:
    """Give a stretch of people reading, `snr_db` below the person where they speak."""
    part = np.take(speech, np.arange(start, start + count), mode="wrap")
    power = float(np.sqrt((part**2).mean())) or 1.0
    return part * np.float32(PERSON_RMS * 10 ** (-snr_db / 20) / power)


def same(grammar: Grammar, text: str, phrase: str) -> bool:
    meant, wanted = grammar.understand(text), grammar.understand(phrase)
    assert wanted is not None, phrase
    return meant is not None and (meant.name, meant.slots) == (wanted.name, wanted.slots)


def cost(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Wait in a quiet room, and while people talk."""
    stand = Stand(chosen)
    list(stand.hear(np.zeros(samples_of(120), np.float32)))
    yield of_a_core("quiet room", chosen, stand)
    stand = Stand(chosen)
    speech = [read_recording(each.path) for each in recordings(chosen.voices, "background_speech")[:10]]
    list(stand.hear(np.concatenate(speech)))
    yield of_a_core("people talking", chosen, stand)


KINDS = {"false": false, "reading": reading, "hits": hits, "cost": cost}


def arguments(line: Sequence[str] | None = None) -> argparse.Namespace:
    """Read a command line, by default the one of this program."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=tuple(KINDS))
    parser.add_argument("place", help="the folder of recordings, or hours")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--recognizer", default="moonshine", choices=["moonshine", "vosk"])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--snr", type=float, default=None)
    chosen = parser.parse_args(line)
    if chosen.what == "reading":
        chosen.hours = float(chosen.place)
    else:
        chosen.voices = Path(chosen.place)
    return chosen


def figures(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Give the figures of what was asked for."""
    return KINDS[chosen.what](chosen)


if __name__ == "__main__":
    show(__doc__, figures(arguments()))
