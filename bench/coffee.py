"""Picovoice's speech-to-intent benchmark: coffee orders by 50 speakers, clean and in noise.

    python -m bench.coffee --voices DIR [--snr 6,9,12] [--noise NAME] [--limit N] [--cycle] [--growth]
                           [--write FILE.toml]

A command counts when its intent and all of its slots are right. The benchmark's own grammar (Rhino's
YAML) is converted into our templates; --write keeps them for `voicecoach listen --grammar`. --cycle gives
each command one level of noise, in turn, instead of all of them. --growth prints how long a decision takes
the more sentences there are.
"""

import argparse
import json
import random
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from hassil.expression import Alternative, Expression, Group, ListReference, TextChunk
from hassil.intents import TextSlotList

from bench.recordings import Recording, Stream, load, mix
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.moonshine_model import MoonshineModel
from voicecoach.hearing.phrase_search import PhraseSearch
from voicecoach.sound.audio import Samples

SNRS_DB = (24, 21, 18, 15, 12, 9, 6)


def template(rhino: str) -> str:
    """Rhino's [a, b] is one of both, and $slot:name a value of a list."""
    choices = re.sub(r"\[([^]]*)\]", lambda found: f"({found[1].replace(', ', '|')})", rhino)
    return re.sub(r"\$(\w+):(\w+)", r"{\1:\2}", choices)


def convert(rhino: dict[str, Any]) -> dict[str, Any]:
    context = rhino["context"]
    intents = {
        name: {"sentences": [template(each) for each in sentences]}
        for name, sentences in context["expressions"].items()
    }
    lists = {name: {"values": values} for name, values in context["slots"].items()}
    return {"language": "en", "intents": intents, "lists": lists}


def to_toml(grammar: dict[str, Any]) -> str:
    lines = [f'language = "{grammar["language"]}"']
    for kind, key in (("intents", "sentences"), ("lists", "values")):
        for name, table in grammar[kind].items():
            lines += [f"\n[{kind}.{name}]", f"{key} = ["]
            lines += [f"  {json.dumps(text)}," for text in table[key]] + ["]"]
    return "\n".join(lines) + "\n"


def is_right(
    stream: Stream, samples: Samples, grammar: Grammar, label: dict[str, Any]
) -> tuple[bool, bool, float]:
    """Tell whether the best phrase is right, whether it was accepted too, and the seconds waited for it."""
    heard = stream.hear(samples)
    best = heard.best
    if best is None:
        return False, False, 0.0
    intent = grammar.understand(best.text)
    slots = {} if intent is None else {name: str(value).strip() for name, value in intent.slots.items()}
    wanted = {name: value.strip() for name, value in label["slots"].items()}
    right = intent is not None and (intent.name, slots) == (label["intent"], wanted)
    return (
        right,
        right and best.accepted and len(heard.accepted) == 1,
        heard.waits[heard.transcripts.index(best)],
    )


def report(name: str, results: list[tuple[bool, bool, float]]) -> None:
    right, accepted, waits = zip(*results, strict=True)
    print(
        f"{name:>12}: best phrase right {sum(right)} of {len(right)} ({100 * np.mean(right):.1f} %),"
        f" accepted {100 * np.mean(accepted):.1f} %, end of speech to answer"
        f" median {np.median(waits):.2f} s, 95th {np.percentile(waits, 95):.2f} s",
        flush=True,
    )


def print_growth(grammar: Grammar, recordings: list[Samples], model: MoonshineModel) -> None:
    """Print the time of a decision among 10, 100 and 1,000 of the grammar's sentences, and among all."""
    generator = random.Random(0)  # noqa: S311 - the same sentences in each run
    for size in (10, 100, 1000, None):
        some = grammar if size is None else few(grammar, size, generator)
        search = PhraseSearch(some, model=model)
        live = frozenset(some.intents)
        times = []
        for samples in recordings * 2:  # the first round makes the automaton's states
            began = time.process_time()
            search.find(samples, live)
            times.append(time.process_time() - began)
        warm = times[len(recordings) :]
        print(
            f"{some.size():>13,} sentences: {np.median(warm):.3f} s a decision at the median,"
            f" {np.percentile(warm, 95):.3f} s at the 95th, {times[0]:.3f} s the first;"
            f" {len(search.letters):,} states"
        )


def few(grammar: Grammar, size: int, generator: random.Random) -> Grammar:
    """Give a grammar of so many sentences drawn from a large one."""
    templates = [
        each for data in grammar.hassil.intents.values() for part in data.data for each in part.sentences
    ]
    found: set[str] = set()
    while len(found) < size:
        found.add(draw(grammar, generator.choice(templates).expression, generator))
    return Grammar.parse({"language": "en", "intents": {"order": {"sentences": sorted(found)}}}, "a part")


def draw(grammar: Grammar, expression: Expression, generator: random.Random) -> str:
    match expression:
        case Alternative():
            return draw(grammar, generator.choice(expression.items), generator)
        case Group():
            return "".join(draw(grammar, item, generator) for item in expression.items)
        case ListReference():
            values = grammar.hassil.slot_lists[expression.list_name]
            assert isinstance(values, TextSlotList)
            return draw(grammar, generator.choice(values.values).text_in, generator)
        case TextChunk():
            return expression.original_text
    raise TypeError(expression)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--snr", default="clean," + ",".join(map(str, SNRS_DB)))
    parser.add_argument("--noise", default="kitchen", help="beginning of a file name in noise/")
    parser.add_argument(
        "--limit", type=int, default=None, help="take every n-th so that about so many remain"
    )
    parser.add_argument("--cycle", action="store_true")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--wrong", action="store_true", help="print what was not heard right")
    parser.add_argument("--write", type=Path)
    wanted = parser.parse_args()
    folder = wanted.voices / "coffee"
    converted = convert(yaml.safe_load((folder / "coffee_maker.yaml").read_text(encoding="utf-8")))
    if wanted.write:
        wanted.write.write_text(to_toml(converted), encoding="utf-8")
    began = time.perf_counter()
    grammar = Grammar.parse(converted, "coffee")
    print(f"{grammar.size():,} sentences, read in {time.perf_counter() - began:.2f} s")
    labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
    names = sorted(labels)[:: max(1, len(labels) // wanted.limit)] if wanted.limit else sorted(labels)
    (noise_file, *_) = sorted((wanted.voices / "noise").glob(f"{wanted.noise}*"))
    noise = load(Recording(noise_file, ""))
    model = MoonshineModel()
    if wanted.growth:
        print_growth(grammar, [load(Recording(folder / f"{name}.flac", "")) for name in names], model)
        return
    snrs = wanted.snr.split(",")
    shares = (
        [names[place :: len(snrs)] for place in range(len(snrs))] if wanted.cycle else [names] * len(snrs)
    )
    every: list[tuple[bool, bool, float]] = []
    stream = Stream(Moonshine(grammar, model=model), frozenset(grammar.intents))
    for snr, share in zip(snrs, shares, strict=True):
        generator = np.random.default_rng(0)
        results = []
        for name in share:
            samples = load(Recording(folder / f"{name}.flac", ""))
            if snr != "clean":
                samples = mix(samples, noise, float(snr), generator)
            results.append(is_right(stream, samples, grammar, labels[name]))
            if not results[-1][0] and wanted.wrong:
                print(f"{'':>12}  {name}: {labels[name]}")
        report("clean" if snr == "clean" else f"{wanted.noise} {snr} dB", results)
        every += results
    report("together", every)
    print(f"{'':>12}  {stream.computed / stream.heard:.2f} x real time")


if __name__ == "__main__":
    main()
