"""How well spoken words are heard, and how well everything else is not.

    python -m bench.listen --voices DIR [--recognizer moonshine|vosk] [--model DIR] [--only words,digits]
                           [--snr DB --noise NAME] [--keep FILE.json]

Each recording is streamed, with silence around it, through the recogniser that the coach uses, with all
phrases of the grammar live (for digits/: those of the pain score). "Best" is the phrase that it is
surest of, whether or not it stands by it. "Accepted wrong" counts recordings in which anything else was
accepted, and hourly figures are accepted transcripts, those of the safety lane (stop, pause, pain) apart from
those of the normal one. Computing is processor time; waiting is from the end of the words to the answer,
computing included. --keep writes what was heard for bench/curve.py.
"""

import argparse
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.recordings import Heard, Recording, Stream, load, mix, recordings
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer, Transcript

HERE = Path(__file__).parent
COMMANDS = ("stop", "go", "yes", "no", "left", "right")
SAFETY = frozenset({"stop", "pause", "pain"})
NUMBERS = frozenset({"number"})
LANES = ("safety", "normal")


@dataclass(frozen=True, slots=True)
class Bench:
    """One row of the report."""

    name: str
    kind: str
    grammar: str
    live: frozenset[str] | None = None
    wanted: Callable[[str], bool] = bool


BENCHES = (
    Bench("words", "words", "coach", wanted=lambda label: label in COMMANDS),
    Bench("other words", "words", "coach", wanted=lambda label: label not in COMMANDS),
    Bench("digits", "digits", "coach", NUMBERS),
    Bench("phrases", "phrases", "phrases"),
    Bench("unknown phrases", "phrases", "phrases", wanted=lambda label: not label),
    Bench("noise", "noise", "coach", wanted=lambda _label: True),  # its labels say what makes it
    Bench("background", "background_speech", "coach", wanted=lambda label: not label),
)


def moonshine(grammar: Grammar, _model: str | None) -> Recognizer:
    from voicecoach.hearing.moonshine import Moonshine  # noqa: PLC0415 - only the one that is asked for

    return Moonshine(grammar, SAFETY)


def vosk(grammar: Grammar, model: str | None) -> Recognizer:
    from voicecoach.hearing.vosk import Vosk  # noqa: PLC0415 - only the one that is asked for
    from voicecoach.hearing.vosk_model import require_model  # noqa: PLC0415

    found = require_model(grammar.language, Path(model) if model else None)
    return Vosk(found, grammar, numbers=NUMBERS, safety=SAFETY)


RECOGNIZERS = {"moonshine": moonshine, "vosk": vosk}


def means_the_same(grammar: Grammar, text: str, label: str) -> bool:
    if not label:
        return False
    said, wanted = grammar.understand(text), grammar.understand(label)
    return said is not None and wanted is not None and (said.name, said.slots) == (wanted.name, wanted.slots)


def is_right(grammar: Grammar, recording: Recording, told: Transcript | None) -> bool:
    return told is not None and means_the_same(grammar, told.text, recording.label)


def lane(grammar: Grammar, told: Transcript) -> str:
    """Name the lane that a transcript belongs to."""
    meant = grammar.understand(told.text)
    return "safety" if meant is not None and meant.name in SAFETY else "normal"


def report(bench: Bench, grammar: Grammar, heard: list[tuple[Recording, Heard]]) -> None:
    count, seconds = len(heard), sum(result.seconds for _, result in heard)
    wrong = [
        (recording, told)
        for recording, result in heard
        for told in result.accepted
        if not is_right(grammar, recording, told)
    ]
    best = sum(is_right(grammar, recording, result.best) for recording, result in heard)
    right = sum(
        any(is_right(grammar, recording, told) for told in result.accepted) for recording, result in heard
    )
    false = len({recording for recording, _ in wrong})
    computed = sum(each.computed for _, each in heard) / seconds
    lanes = Counter(lane(grammar, told) for _, told in wrong)
    print(
        f"{bench.name:>15}: {count:4} recordings, best right {100 * best / count:5.1f} %,"
        f" accepted right {100 * right / count:5.1f} %, wrong {100 * false / count:5.1f} %"
        f" ({false}), computing {computed:.3f} x real time"
    )
    hourly = [f"{name} lane {lanes[name]} ({3600 * lanes[name] / seconds:.1f} an hour)" for name in LANES]
    print(f"{'':>15}  accepted wrong: {', '.join(hourly)}")
    waits = [
        wait
        for _, each in heard
        for wait, told in zip(each.waits, each.transcripts, strict=True)
        if told.accepted
    ]
    if waits:
        print(
            f"{'':>15}  waited {np.median(waits):.2f} s at the median,"
            f" {np.percentile(waits, 95):.2f} s at the 95th"
        )
    if wrong:
        errors = (f"{recording.label or '-'}>{told.text}" for recording, told in wrong)
        print(f"{'':>15}  {' '.join(errors)}", flush=True)


def kept(bench: Bench, grammar: Grammar, recording: Recording, result: Heard) -> dict[str, Any]:
    """Give what bench/curve.py needs of one recording."""
    return {
        "bench": bench.name,
        "seconds": result.seconds,
        "told": [
            {
                "right": is_right(grammar, recording, told),
                "confidence": told.confidence,
                "lane": lane(grammar, told),
            }
            for told in result.transcripts
            if told.text
        ],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--recognizer", choices=tuple(RECOGNIZERS), default="moonshine")
    parser.add_argument("--model")
    parser.add_argument("--only", default=",".join(each.name for each in BENCHES))
    parser.add_argument("--snr", type=float, help="decibels; without it nothing is mixed in")
    parser.add_argument("--noise", default="vacuuming_0", help="beginning of a file name in noise/")
    parser.add_argument("--keep", type=Path)
    wanted = parser.parse_args()
    generator = np.random.default_rng(0)
    noise = load(Recording(min((wanted.voices / "noise").glob(f"{wanted.noise}*")), ""))
    built: dict[str, tuple[Grammar, Recognizer]] = {}
    places: dict[str, int] = {}
    lines: list[str] = []
    for bench in BENCHES:
        if bench.name not in wanted.only.split(","):
            continue
        if bench.grammar not in built:
            grammar = Grammar.load(HERE / f"{bench.grammar}.toml")
            built[bench.grammar] = grammar, RECOGNIZERS[wanted.recognizer](grammar, wanted.model)
        grammar, recognizer = built[bench.grammar]
        stream = Stream(recognizer, bench.live or frozenset(grammar.intents), places.get(bench.grammar, 0))
        found = [each for each in recordings(wanted.voices, bench.kind) if bench.wanted(each.label)]
        heard = []
        for each in found:
            sound = load(each)
            heard.append(
                (each, stream.hear(sound if wanted.snr is None else mix(sound, noise, wanted.snr, generator)))
            )
        report(bench, grammar, heard)
        lines += [json.dumps(kept(bench, grammar, *each)) for each in heard]
        if wanted.keep:
            wanted.keep.write_text("\n".join(lines) + "\n", encoding="utf-8")
        places[bench.grammar] = stream.place


if __name__ == "__main__":
    main()
