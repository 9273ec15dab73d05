"""How far counts lie from their second, on a recording of the loudspeaker.

    python -m bench.clock [--counts 30]

The coach holds knees to chest on the virtual sound card and counts; loops as common timers have them
(bench/ticking.py) play a click each second on the same card. Where each is heard is found on the tape, and
compared with the seconds since the first one. Needs what the tests of live sound need. Where the machine is
busy the software card itself loses blocks, for all of them, and what is furthest says more of the card; the
median from count to count does not.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile

from bench.card import borrowed_card
from bench.figures import Aim, Figure
from bench.show import show
from bench.ticking import LOOPS
from tests.live.outside import Person, Program, Rule
from tests.live.tape import begin_of, follow, sound_of
from tests.sound.noises import noise
from tests.sound_card import SoundCard, Tape
from voicecoach.errors import SoundError
from voicecoach.sound.audio import RATE_HZ

FURTHEST = "counts: furthest from its second"
AIMS = {FURTHEST: Aim(10, least=False)}
WHOS = {"sleep": "a loop of sleep(1)", "timer": "a timer armed anew"}
CLICK_SECONDS = 0.1
FEWEST = 2
"""Counts that tell anything."""


def figures(counts: int) -> Iterator[Figure]:
    """Give the errors of the coach's counts and of the loops'."""
    with tempfile.TemporaryDirectory() as name, borrowed_card(Path(name) / "card") as card:
        yield from errors("voicecoach", *count_by_coach(card, Path(name), counts))
        for kind in LOOPS:
            yield from errors(WHOS[kind], *count_by_loop(card, Path(name), kind, counts))


def errors(who: str, heard: Sequence[float], due: Sequence[float]) -> Iterator[Figure]:
    """Give how far counts were from their seconds; all in seconds, from any beginning."""
    late = 1000 * (np.subtract(heard, heard[0]) - np.subtract(due, due[0]))
    steps, count = np.diff(late), len(late)
    yield Figure(FURTHEST, who, float(np.abs(late).max()), "ms", count)
    yield Figure("from count to count: error, median", who, float(np.median(np.abs(steps))), "ms", len(steps))
    yield Figure(
        "from count to count: error, 95th", who, float(np.percentile(np.abs(steps), 95)), "ms", len(steps)
    )
    yield Figure(
        "counts: late after 30, by the median step", who, 30 * float(np.median(steps)), "ms", len(steps)
    )


def count_by_coach(card: SoundCard, folder: Path, counts: int) -> tuple[list[float], list[float]]:
    """Hold a session until so much was counted; give where counts are on the tape, and on its own clock."""
    person, tape = Person(card, folder), card.tape("speaker.monitor")
    program = Program(folder, "knees_to_chest")

    def end_when_counted() -> None:
        if len(program.of("count")) >= counts:
            program.process.terminate()

    rules = [*person.answers(), Rule({"kind": "count"}, end_when_counted, 0.8)]
    person.live(program, rules, 120 + 3 * counts)
    program.end()
    return find_counts(tape, program)


def find_counts(tape: Tape, program: Program) -> tuple[list[float], list[float]]:
    """Find what was said and counted on the tape, and give the counts of it."""
    tape.close()
    events = [*program.of("say", completed=True), *program.of("count")]
    sounds = [(each, sound) for each in sorted(events, key=begin_of) if (sound := sound_of(each)) is not None]
    places, found = follow(tape.samples(), sounds)
    counts = [number for number in found if sounds[number][0]["kind"] == "count"]
    if len(counts) < FEWEST:
        raise SoundError(f"Of the coach's counts {len(counts)} were heard on the tape. {program.told()}")
    return [places[at] / RATE_HZ for at in counts], [begin_of(sounds[at][0]) for at in counts]


def count_by_loop(card: SoundCard, folder: Path, kind: str, counts: int) -> tuple[list[float], list[float]]:
    """Let a loop count, and give where its clicks are on the tape, and the seconds."""
    click = noise(CLICK_SECONDS)
    soundfile.write(folder / "click.wav", click, RATE_HZ)
    tape = card.tape("speaker.monitor")
    subprocess.run(
        [sys.executable, "-m", "bench.ticking", kind, str(counts), folder / "click.wav"], check=True
    )
    tape.close()
    heard = find_clicks(tape.samples(), click)
    return heard, [float(round(each - heard[0])) for each in heard]


def find_clicks(sound: np.ndarray, click: np.ndarray) -> list[float]:
    """Find every click, in seconds: where the sound is most like it, a click's length apart."""
    likeness = np.correlate(sound, click, "valid")
    loud = np.flatnonzero(likeness > likeness.max() / 2)
    groups = np.split(loud, np.flatnonzero(np.diff(loud) > len(click)) + 1)
    return [float(group[likeness[group].argmax()]) / RATE_HZ for group in groups]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--counts", type=int, default=30)
    show(__doc__, figures(parser.parse_args().counts), AIMS)


if __name__ == "__main__":
    main()
