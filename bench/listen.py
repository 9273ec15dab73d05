"""How well spoken words are heard, and how well everything else is not.

    python bench/listen.py --voices DIR [--recognizer moonshine|vosk] [--model DIR] [--only words,digits]
                           [--snr DB --noise NAME]

Each recording is streamed, with silence around it, through the recogniser that the coach uses, with all
phrases of the grammar live (for digits/: those of the pain score). "Best" is the phrase that it is
surest of, whether or not it stands by it. "Accepted wrong" counts recordings in which anything else was
accepted. Computing is processor time; waiting is from the end of the words to the answer, computing included.
"""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from recordings import Heard, Recording, Stream, load, mix, recordings

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.sound.audio import Samples

HERE = Path(__file__).parent
COMMANDS = ("stop", "go", "yes", "no", "left", "right")
SAFETY = frozenset({"stop", "pause", "pain"})
NUMBERS = frozenset({"number"})


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


def run(
    bench: Bench,
    stream: Stream,
    grammar: Grammar,
    found: list[Recording],
    noisy: Callable[[Samples], Samples],
) -> None:
    heard = [(each, stream.hear(noisy(load(each)))) for each in found]
    best = accepted = wrong = 0
    errors = []
    for recording, result in heard:
        right = result.best is not None and means_the_same(grammar, result.best.text, recording.label)
        texts = [each.text for each in result.accepted]
        others = [text for text in texts if not means_the_same(grammar, text, recording.label)]
        best += right
        accepted += len(texts) > len(others)
        wrong += bool(others)
        if others:
            errors.append(f"{recording.label or '-'}>{','.join(others)}")
    report(bench, [result for _, result in heard], (best, accepted, wrong), errors)


def report(bench: Bench, heard: list[Heard], counts: tuple[int, int, int], errors: list[str]) -> None:
    count, seconds = len(heard), sum(each.seconds for each in heard)
    best, accepted, wrong = (f"{100 * each / count:5.1f} %" for each in counts)
    waits = [
        wait
        for each in heard
        for wait, told in zip(each.waits, each.transcripts, strict=True)
        if told.accepted
    ]
    print(
        f"{bench.name:>15}: {count:4} recordings, best right {best}, accepted right {accepted}, wrong {wrong}"
        f" ({counts[2]}; {3600 * counts[2] / seconds:.1f} an hour), computing"
        f" {sum(each.computed for each in heard) / seconds:.3f} x real time"
    )
    if waits:
        print(
            f"{'':>15}  waited {np.median(waits):.2f} s at the median,"
            f" {np.percentile(waits, 95):.2f} s at the 95th"
        )
    if errors:
        print(f"{'':>15}  {' '.join(errors)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--recognizer", choices=tuple(RECOGNIZERS), default="moonshine")
    parser.add_argument("--model")
    parser.add_argument("--only", default=",".join(each.name for each in BENCHES))
    parser.add_argument("--snr", type=float, help="decibels; without it nothing is mixed in")
    parser.add_argument("--noise", default="vacuuming_0", help="beginning of a file name in noise/")
    wanted = parser.parse_args()
    generator = np.random.default_rng(0)
    noise = load(Recording(min((wanted.voices / "noise").glob(f"{wanted.noise}*")), ""))
    built: dict[str, tuple[Grammar, Recognizer]] = {}
    places: dict[str, int] = {}
    for bench in BENCHES:
        if bench.name not in wanted.only.split(","):
            continue
        if bench.grammar not in built:
            grammar = Grammar.load(HERE / f"{bench.grammar}.toml")
            built[bench.grammar] = grammar, RECOGNIZERS[wanted.recognizer](grammar, wanted.model)
        grammar, recognizer = built[bench.grammar]
        stream = Stream(recognizer, bench.live or frozenset(grammar.intents), places.get(bench.grammar, 0))
        found = [each for each in recordings(wanted.voices, bench.kind) if bench.wanted(each.label)]
        run(
            bench,
            stream,
            grammar,
            found,
            lambda sound: sound if wanted.snr is None else mix(sound, noise, wanted.snr, generator),
        )
        places[bench.grammar] = stream.place


if __name__ == "__main__":
    main()
