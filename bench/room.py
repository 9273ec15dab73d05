"""How well stop and pain are heard over the coach's own voice, and how often they are not said and heard.

    python -m bench.room --voices DIR [--lang en|ko] [--recognizer moonshine|vosk] [--quick] [--words N]
                         [--rooms living,bedroom,bathroom] [--echo none,0,5,10] [--distortion DB]
                         [--drift PPM]
                         [--noise FILE --snr DB] [--attempts 2] [--false MINUTES] [--raw]

A row is one room and one level of echo. Hits: the right intent, told within two seconds of the word.
Wrong: another safety intent. False: one where nobody spoke. Waits are from the word's end to the answer.
--false lets only the coach speak; --raw leaves the echo in.
"""

import argparse
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.figures import Aim, Figure
from bench.scenes import SAFETY, Scene, Spoken, lay_out, only_coach, sound_in, stops_of_people, synthetic
from voicecoach.commands.parts import build_recognizer, choose_recognizer, load_grammar
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.settings import load_settings
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.echo import EchoRemover

AFTER = samples_of(2.0)
"""Until then an answer counts for the word before."""
ROOMS = ("living", "bedroom", "bathroom")
AIMS = {
    **{f"{room}, echo 10 dB, stop: heard": Aim(90, least=True) for room in ROOMS},
    **{f"{room}, echo 10 dB: stops that nobody said": Aim(3, least=False) for room in ROOMS},
}
"""At the first attempt; one false stop in twenty minutes."""


@dataclass(slots=True)
class Tally:
    """What came of a scene."""

    hits: list[bool] = field(default_factory=list)
    wrong: int = 0
    false: int = 0
    waits: list[float] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    computed: float = 0.0
    seconds: float = 0.0

    def rate(self) -> str:
        """Tell how many were heard, of how many."""
        return f"{sum(self.hits)}/{len(self.hits)}"

    def wait(self) -> str:
        """Tell the seconds waited, median and 95th percentile."""
        if not self.waits:
            return "-"
        return f"{np.median(self.waits):.2f} / {np.percentile(self.waits, 95):.2f}"


def listen(recognizer: Recognizer, sound: Samples) -> tuple[list[tuple[Transcript, float]], float]:
    """Feed a stream; give what was accepted and the second it was told at, and the seconds computed."""
    told: list[tuple[Transcript, float]] = []
    computed = 0.0
    for at in range(0, len(sound) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES):
        began = time.process_time()
        found = recognizer.hear(AudioChunk(at, sound[at : at + CHUNK_SAMPLES]), SAFETY)
        took = time.process_time() - began
        computed += took
        told += [(each, (at + CHUNK_SAMPLES) / RATE_HZ + took) for each in found if each.accepted]
    return told, computed


def clean(sound: Samples, scene: Scene, remover: EchoRemover | None) -> Samples:
    if remover is None:
        return sound
    parts = range(0, len(sound), CHUNK_SAMPLES)
    return np.concatenate(
        [remover.remove(sound[at : at + CHUNK_SAMPLES], scene.coach[at : at + CHUNK_SAMPLES]) for at in parts]
    )


def count(scene: Scene, told: list[tuple[Transcript, float]], grammar: Grammar, attempts: int) -> Tally:
    """Lay what was told over what was said; a phrase counts once however often it was told."""
    tally = Tally(seconds=len(scene.person) / RATE_HZ)
    heard: dict[Spoken, list[tuple[str, float]]] = {spoken: [] for spoken in scene.spoken}
    for transcript, at in told:
        intent = grammar.understand(transcript.text, SAFETY)
        name = intent.name if intent else "?"
        over = [s for s in scene.spoken if s.start <= at * RATE_HZ < s.end + AFTER]
        if over:
            heard[over[-1]].append((name, at))
        else:
            tally.false += 1
            tally.told.append(f"{at:.1f} s: {transcript.text}")
    firsts = [s for s in scene.spoken if s.attempt == 1]
    for first in firsts:
        tries = [s for s in scene.spoken if s.saying is first.saying and s.attempt <= attempts]
        right = [(s, at) for s in tries for name, at in heard[s] if name == s.saying.intent]
        tally.hits.append(bool(right))
        tally.waits += [at - right[0][0].end / RATE_HZ for _, at in right[:1]]
        tally.wrong += any(name != first.saying.intent for s in tries for name, _ in heard[s])
    return tally


def arguments(line: Sequence[str] | None = None) -> argparse.Namespace:
    """Read a command line, by default the one of this program."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--recognizer", default=None)
    parser.add_argument("--rooms", default=",".join(ROOMS))
    parser.add_argument("--echo", default="none,0,5,10,15")
    parser.add_argument("--distortion", type=float)
    parser.add_argument("--drift", type=float, default=0.0)
    parser.add_argument("--distance", type=float, default=1.75)
    parser.add_argument("--noise", type=Path)
    parser.add_argument("--snr", type=float, default=20.0)
    parser.add_argument("--words", type=int, default=40)
    parser.add_argument("--attempts", type=int, default=1)
    parser.add_argument("--false", type=float, default=0.0, dest="minutes")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--raw", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args(line)


def scenes(chosen: argparse.Namespace) -> dict[str, Scene]:
    """Give the scenes by what is said in them."""
    if chosen.minutes:
        return {"coach": only_coach(chosen.lang, chosen.minutes)}
    words = min(chosen.words, 12) if chosen.quick else chosen.words
    made = {}
    if chosen.lang == "en":
        made["stop"] = lay_out(stops_of_people(chosen.voices, words), "en", chosen.attempts)
    made["phrases"] = lay_out(synthetic(chosen.lang, words), chosen.lang, chosen.attempts)
    return made


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a scene in one room with one level of echo."""

    room: str
    echo: str
    """In decibels, or "none"."""
    said: str
    first: Tally
    """By the first attempt at each phrase,"""
    either: Tally
    """and by all of them."""
    spoken: tuple[Spoken, ...]
    computed: float
    remover: EchoRemover | None

    def row(self) -> str:
        """Write it as a row of Markdown."""
        gain = self.remover.gain_db if self.remover else None
        cells = [
            self.room, self.echo, self.said, self.first.rate(), self.either.rate(), str(self.first.wrong),
            f"{self.first.false} in {self.first.seconds / 60:.1f} min", self.first.wait(),
            "-" if gain is None else f"{gain:.0f}",
            f"{self.remover.drift_ppm:.0f}" if self.remover else "-",
            f"{self.computed / self.first.seconds:.2f}",
        ]  # fmt: skip
        return "| " + " | ".join(cells) + " |"

    def missed(self) -> Iterator[str]:
        """Tell what was not heard at the first attempt."""
        firsts = [spoken for spoken in self.spoken if spoken.attempt == 1]
        for spoken, hit in zip(firsts, self.first.hits, strict=True):
            if not hit:
                yield f"{spoken.saying.text} ({spoken.saying.voice}) at {spoken.start / RATE_HZ:.1f} s"


def trials(chosen: argparse.Namespace) -> Iterator[Trial]:
    """Let every scene happen in every room at every level of echo."""
    settings = load_settings(lang=chosen.lang, recognizer=chosen.recognizer)
    grammar = load_grammar(chosen.lang)
    rooms = chosen.rooms.split(",")[: 1 if chosen.quick else None]
    for said, scene in scenes(chosen).items():
        for room, echo in itertools.product(rooms, chosen.echo.split(",")):
            acoustics = Acoustics(
                room, chosen.distance, None if echo == "none" else float(echo), noise=chosen.noise,
                snr_db=chosen.snr, drift_ppm=chosen.drift, distortion_db=chosen.distortion,
            )  # fmt: skip
            remover = None if chosen.raw else EchoRemover()
            sound = clean(sound_in(acoustics, scene), scene, remover)
            told, computed = listen(build_recognizer(settings, grammar), sound)
            first, either = (count(scene, told, grammar, attempts) for attempts in (1, chosen.attempts))
            yield Trial(room, echo, said, first, either, scene.spoken, computed, remover)


def figures(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Give what was heard, and what was heard that nobody said."""
    who = chosen.recognizer or choose_recognizer(load_settings(lang=chosen.lang))
    for trial in trials(chosen):
        name = f"{trial.room}, echo {trial.echo} dB"
        if not trial.spoken:
            minutes = trial.first.seconds / 60
            an_hour = 60 * trial.first.false / minutes
            yield Figure(
                f"{name}: stops that nobody said", who, an_hour, "an hour", note=f"{minutes:.0f} min"
            )
            continue
        first = trial.first
        of = len(first.hits)
        yield Figure(f"{name}, {trial.said}: heard", who, 100 * float(np.mean(first.hits)), "%", of)
        yield Figure(f"{name}, {trial.said}: taken for another", who, 100 * first.wrong / of, "%", of)
        if first.waits:
            median = float(np.median(first.waits))
            yield Figure(f"{name}, {trial.said}: wait after the word, median", who, median, "s", of)


def main() -> None:
    chosen = arguments()
    print(
        "| room | echo, dB | said | first try | tries | wrong | false | wait, s |"
        " echo gain, dB | drift, ppm | rtf |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for trial in trials(chosen):
        print(trial.row(), flush=True)
        if chosen.verbose:
            print(*(f"   missed {each}" for each in trial.missed()), sep="\n")
            print(*(f"   false {each}" for each in trial.first.told), sep="\n")


if __name__ == "__main__":
    main()
