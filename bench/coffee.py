"""Picovoice's speech-to-intent benchmark: coffee orders by 50 speakers, clean and in noise.

    python bench/coffee.py --voices DIR [--snr 6,9,12] [--noise NAME] [--limit N] [--write FILE.toml]

A command counts when its intent and all of its slots are right. The benchmark's own grammar (Rhino's
YAML) is converted into our templates; --write keeps them for `voicecoach listen --grammar`.
"""

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from recordings import Recording, Stream, load, mix

from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.moonshine_model import MoonshineModel
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--snr", default="clean," + ",".join(map(str, SNRS_DB)))
    parser.add_argument("--noise", default="kitchen", help="beginning of a file name in noise/")
    parser.add_argument(
        "--limit", type=int, default=None, help="take every n-th so that about so many remain"
    )
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
    for snr in wanted.snr.split(","):
        stream = Stream(Moonshine(grammar, model=model), frozenset(grammar.intents))
        generator = np.random.default_rng(0)
        results = []
        for name in names:
            samples = load(Recording(folder / f"{name}.flac", ""))
            if snr != "clean":
                samples = mix(samples, noise, float(snr), generator)
            results.append(is_right(stream, samples, grammar, labels[name]))
        report("clean" if snr == "clean" else f"{wanted.noise} {snr} dB", results)
        print(f"{'':>12}  {stream.computed / stream.heard:.2f} x real time")


if __name__ == "__main__":
    main()
