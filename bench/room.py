"""How well stop and pain are heard over the coach's own voice, and how often they are not said and heard.

    python -m bench.room --voices DIR [--lang en|ko] [--recognizer moonshine|vosk] [--quick] [--words N]
                         [--rooms living,bedroom,bathroom] [--echo none,0,5,10] [--distortion DB]
                         [--drift PPM] [--noise FILE --snr DB] [--false MINUTES]

A row is one room and one level of echo, heard through the ears of a session. Hits: the right intent, told
within two seconds of the word. Wrong: another safety intent. False: one where nobody spoke. Waits are from
the word's end to the answer. Of two tries the second is louder. --false lets only the coach speak.
"stop" is said by people; "sure" are those synthetic phrases that the recogniser tells apart well.
"""

import argparse
import itertools
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.figures import Aim, Figure
from bench.scenes import (
    PHRASES,
    SURE,
    Scene,
    Spoken,
    lay_out,
    only_coach,
    sound_in,
    stops_of_people,
    synthetic,
)
from voicecoach.commands.parts import build_ears, choose_recognizer
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.recognizer import Intent
from voicecoach.settings import load_settings
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of

AFTER = samples_of(2.0)
"""Until then an answer counts for the word before."""
ROOMS = ("living", "bedroom", "bathroom")
AIMS = {
    **{
        f"{room}, echo {echo} dB, {said}: heard": Aim(90, least=True)
        for room in ROOMS
        for echo in (0, 5, 10)
        for said in ("stop", "phrases")
    },
    **{f"{room}, echo 10 dB: stops that nobody said": Aim(3, least=False) for room in ROOMS},
}
"""At the first attempt; one false stop in twenty minutes."""


@dataclass(slots=True)
class Tally:
    """What came of one or more scenes."""

    hits: list[bool] = field(default_factory=list)
    """For each thing said, whether it was heard."""
    missed: list[Spoken] = field(default_factory=list)
    wrong: int = 0
    false: list[str] = field(default_factory=list)
    """What nobody said, and where it was heard."""
    waits: list[float] = field(default_factory=list)
    """In seconds, of what was heard."""

    def rate(self) -> str:
        """Tell how many were heard, of how many."""
        return f"{sum(self.hits)}/{len(self.hits)}"

    def wait(self) -> str:
        """Tell the seconds waited, median and 95th percentile."""
        if not self.waits:
            return "-"
        return f"{np.median(self.waits):.2f} / {np.percentile(self.waits, 95):.2f}"


Told = list[tuple[Intent, float]]
"""What was understood, and the second at which it was."""


def listen(ears: Ears, scene: Scene, sound: Samples) -> tuple[Told, float]:
    """Let the ears of a session hear a scene; give what they understood, and the seconds computed."""
    told: Told = []
    computed = 0.0
    every = frozenset(ears.grammar.intents)
    for at in range(0, len(sound) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES):
        part = slice(at, at + CHUNK_SAMPLES)
        began = time.process_time()
        spoke_until = len(sound) if at >= scene.begin else 0
        found = ears.hear(AudioChunk(at, sound[part], played=scene.coach[part]), every, spoke_until)
        took = time.process_time() - began
        computed += took
        now = (at + CHUNK_SAMPLES) / RATE_HZ + took
        told += [(each, now) for each in found if isinstance(each, Intent) and each.start >= scene.begin]
    return told, computed


def count(tally: Tally, scene: Scene, told: Told, attempts: int) -> None:
    """Lay what was told over what was said; a phrase counts once however often it was told."""
    heard: dict[Spoken, Told] = {spoken: [] for spoken in scene.spoken}
    for intent, at in told:
        over = [s for s in scene.spoken if s.start <= at * RATE_HZ < s.end + AFTER]
        if over:
            heard[over[-1]].append((intent, at))
        else:
            tally.false.append(f"{at:.1f} s: {intent.text}")
    for first in (s for s in scene.spoken if s.attempt == 1):
        tries = [s for s in scene.spoken if s.saying is first.saying and s.attempt <= attempts]
        right = [at - s.end / RATE_HZ for s in tries for intent, at in heard[s] if _is_right(s, intent)]
        tally.hits.append(bool(right))
        tally.waits += right[:1]
        tally.missed += [] if right else [first]
        tally.wrong += any(not _is_right(s, intent) for s in tries for intent, _ in heard[s])


def _is_right(spoken: Spoken, heard: Intent) -> bool:
    return heard.name == spoken.saying.intent


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
    parser.add_argument("--false", type=float, default=0.0, dest="minutes")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    return parser.parse_args(line)


def scenes(chosen: argparse.Namespace) -> dict[str, list[Scene]]:
    """Give the scenes by what is said in them."""
    if chosen.minutes:
        return {"coach": [only_coach(chosen.lang, chosen.minutes)]}
    words = min(chosen.words, 12) if chosen.quick else chosen.words
    people = {"stop": [lay_out(stops_of_people(chosen.voices, words), "en")]} if chosen.lang == "en" else {}
    sets = {"sure": SURE[chosen.lang], "phrases": PHRASES[chosen.lang]}
    said = {name: list(synthetic(each, chosen.lang, words)) for name, each in sets.items() if each}
    return {**people, **said}


@dataclass(slots=True)
class Trial:
    """What came of some scenes in one room with one level of echo."""

    room: str
    echo: str
    """In decibels, or "none"."""
    said: str
    first: Tally = field(default_factory=Tally)
    """By the first attempt at each phrase,"""
    either: Tally = field(default_factory=Tally)
    """and by both."""
    seconds: float = 0.0
    computed: float = 0.0
    gains: list[float] = field(default_factory=list)
    drifts: list[float] = field(default_factory=list)

    def add(self, scene: Scene, sound: Samples, ears: Ears) -> None:
        """Let a scene be heard."""
        told, computed = listen(ears, scene, sound)
        for attempts, tally in enumerate((self.first, self.either), 1):
            count(tally, scene, told, attempts)
        self.seconds += len(sound) / RATE_HZ
        self.computed += computed
        remover = ears.own_voice.remover
        self.gains += [] if remover.gain_db is None else [remover.gain_db]
        self.drifts.append(remover.drift_ppm)

    def row(self) -> str:
        """Write it as a row of Markdown."""
        cells = [
            self.room, self.echo, self.said, self.first.rate(), self.either.rate(), str(self.first.wrong),
            f"{len(self.first.false)} in {self.seconds / 60:.1f} min", self.first.wait(),
            f"{np.median(self.gains):.0f}" if self.gains else "-", f"{np.median(self.drifts):.0f}",
            f"{self.computed / self.seconds:.2f}",
        ]  # fmt: skip
        return "| " + " | ".join(cells) + " |"


def acoustics(chosen: argparse.Namespace, room: str, echo: str) -> Acoustics:
    """Build a room as the options say, with one level of echo."""
    return Acoustics(
        room, chosen.distance, None if echo == "none" else float(echo), noise=chosen.noise,
        snr_db=chosen.snr, drift_ppm=chosen.drift, distortion_db=chosen.distortion,
    )  # fmt: skip


def trials(chosen: argparse.Namespace) -> Iterator[Trial]:
    """Let every scene happen in every room at every level of echo."""
    settings = load_settings(lang=chosen.lang, recognizer=chosen.recognizer)
    rooms = chosen.rooms.split(",")[: 1 if chosen.quick else None]
    for said, happening in scenes(chosen).items():
        for room, echo in itertools.product(rooms, chosen.echo.split(",")):
            trial = Trial(room, echo, said)
            for scene in happening:
                trial.add(scene, sound_in(acoustics(chosen, room, echo), scene), build_ears(settings))
            yield trial


def figures(chosen: argparse.Namespace) -> Iterator[Figure]:
    """Give what was heard, and what was heard that nobody said."""
    who = chosen.recognizer or choose_recognizer(load_settings(lang=chosen.lang))
    for trial in trials(chosen):
        name = f"{trial.room}, echo {trial.echo} dB"
        if not trial.first.hits:
            minutes = trial.seconds / 60
            an_hour = 60 * len(trial.first.false) / minutes
            yield Figure(
                f"{name}: stops that nobody said", who, an_hour, "an hour", note=f"{minutes:.0f} min"
            )
            continue
        first = trial.first
        of = len(first.hits)
        yield Figure(f"{name}, {trial.said}: heard", who, 100 * float(np.mean(first.hits)), "%", of)
        both = 100 * float(np.mean(trial.either.hits))
        yield Figure(f"{name}, {trial.said}: heard, two attempts", who, both, "%", of)
        yield Figure(f"{name}, {trial.said}: taken for another", who, 100 * first.wrong / of, "%", of)
        if first.waits:
            median = float(np.median(first.waits))
            yield Figure(f"{name}, {trial.said}: wait after the word, median", who, median, "s", of)


def main() -> None:
    chosen = arguments()
    print(
        "| room | echo, dB | said | first try | two tries | wrong | false | wait, s |"
        " echo gain, dB | drift, ppm | rtf |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for trial in trials(chosen):
        print(trial.row(), flush=True)
        if chosen.verbose:
            for each in trial.first.missed:
                print(f"   missed {each.saying.text} ({each.saying.voice}) at {each.start / RATE_HZ:.1f} s")
            print(*(f"   false {each}" for each in trial.first.false), sep="\n")


if __name__ == "__main__":
    main()
