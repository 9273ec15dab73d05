"""How well spoken words are heard, and how well everything else is not.

    python -m bench.listen --voices DIR [--recognizer moonshine|vosk] [--model DIR] [--only words,digits]
                           [--every N] [--snr DB --noise NAME | --reading DB] [--keep FILE.json]

Each recording is streamed, with silence around it, through the recogniser that the coach uses, with all
phrases of the grammar live (for digits/: those of the pain score). "Best" is the phrase that it is
surest of, whether or not it stands by it. "Accepted wrong" counts recordings in which anything else was
accepted, and hourly figures are accepted transcripts, those of the safety lane (stop, pause, pain) apart from
those of the normal one. Computing is processor time; waiting is from the end of the words to the answer,
computing included. With --reading others read all the time, before, while and after each recording. --keep
writes what was heard for bench/curve.py.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.listeners import LISTENERS
from bench.recordings import (
    Heard,
    Listener,
    Recording,
    in_noise,
    load,
    noise_of,
    over_reading,
    recordings,
    thin,
)
from bench.scoring import LANES, ByMeaning, Judge, Score, score
from voicecoach.hearing.grammar import Grammar
from voicecoach.sound.audio import Samples

HERE = Path(__file__).parent
COMMANDS = ("stop", "go", "yes", "no", "left", "right")
NUMBERS = frozenset({"number"})


@dataclass(frozen=True, slots=True)
class Bench:
    """One set, and what is listened for in it."""

    name: str
    kind: str
    grammar: str
    live: frozenset[str] | None = None
    wanted: Callable[[str], bool] = bool

    def find(self, voices: Path, every: int = 1) -> list[Recording]:
        """Give its recordings, or one in so many of each label."""
        return thin([each for each in recordings(voices, self.kind) if self.wanted(each.label)], every)

    def load(self) -> Grammar:
        """Read the grammar that is listened for."""
        return Grammar.load(HERE / f"{self.grammar}.toml")


BENCHES = (
    Bench("words", "words", "coach", wanted=lambda label: label in COMMANDS),
    Bench("other words", "words", "coach", wanted=lambda label: label not in COMMANDS),
    Bench("digits", "digits", "coach", NUMBERS),
    Bench("phrases", "phrases", "phrases"),
    Bench("unknown phrases", "phrases", "phrases", wanted=lambda label: not label),
    Bench("noise", "noise", "coach", wanted=lambda _label: True),  # its labels say what makes it
    Bench("background", "background_speech", "coach", wanted=lambda label: not label),
)

Heards = list[tuple[Recording, Heard]]


def hear_all(
    found: Sequence[Recording], listener: Listener, change: Callable[[Samples], Samples] | None = None
) -> Heards:
    """Let a listener hear recordings one after another, each changed before if so wished."""
    sounds = ((each, load(each)) for each in found)
    return [(each, listener.hear(sound if change is None else change(sound))) for each, sound in sounds]


def report(name: str, result: Score) -> None:
    """Print a set's score."""
    print(
        f"{name:>15}: {result.count:4} recordings, best right {result.percent(result.best):5.1f} %,"
        f" accepted right {result.percent(result.right):5.1f} %, wrong {result.percent(result.wrong):5.1f} %"
        f" ({result.wrong}), computing {result.load:.3f} x real time"
    )
    hourly = [f"{name} lane {result.lanes[name]} ({result.hourly(name):.1f} an hour)" for name in LANES]
    print(f"{'':>15}  accepted wrong: {', '.join(hourly)}")
    if result.waits:
        print(f"{'':>15}  waited {result.wait(50):.2f} s at the median, {result.wait(95):.2f} s at the 95th")
    if result.mistakes:
        print(f"{'':>15}  {' '.join(result.mistakes)}", flush=True)


def kept(bench: Bench, judge: Judge, recording: Recording, result: Heard) -> dict[str, Any]:
    """Give what bench/curve.py needs of one recording."""
    return {
        "bench": bench.name,
        "seconds": result.seconds,
        "told": [
            {
                "right": judge.is_right(recording, told),
                "confidence": told.confidence,
                "lane": judge.lane(told),
            }
            for told in result.transcripts
            if told.text
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--recognizer", choices=tuple(LISTENERS), default="moonshine")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--only", default=",".join(each.name for each in BENCHES))
    parser.add_argument("--every", type=int, default=1, help="take one in so many of each label")
    parser.add_argument("--snr", type=float, help="decibels; without it nothing is mixed in")
    parser.add_argument("--noise", default="vacuuming_0", help="beginning of a file name in noise/")
    parser.add_argument("--reading", type=float, help="others read all the time, so many decibels softer")
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    change = (
        in_noise(noise_of(wanted.voices, wanted.noise), wanted.snr)
        if wanted.reading is None
        else over_reading(wanted.voices, wanted.reading)
    )
    lines: list[str] = []
    for bench in (each for each in BENCHES if each.name in wanted.only.split(",")):
        grammar = bench.load()
        judge = ByMeaning(grammar)
        listener = LISTENERS[wanted.recognizer](grammar, bench.live, wanted.model)
        heard = hear_all(bench.find(wanted.voices, wanted.every), listener, change)
        report(bench.name, score(heard, judge))
        lines += [json.dumps(kept(bench, judge, *each)) for each in heard]
        if wanted.keep:
            wanted.keep.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
