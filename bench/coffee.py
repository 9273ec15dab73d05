"""Picovoice's speech-to-intent benchmark: coffee orders by 50 speakers, clean and in noise.

    python -m bench.coffee --voices DIR [--snr clean,6,9,12] [--noise NAME] [--every N] [--cycle]
                           [--write FILE.toml]

A command counts when its intent and all of its slots are right. The benchmark's own grammar (Rhino's
YAML) is converted into our templates; --write keeps them for `voicecoach listen --grammar`. --cycle gives
each command one level of noise, in turn, instead of all of them.
"""

import argparse
import json
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.listen import Heards, hear_all, report
from bench.recordings import Recording, Stream, in_noise, noise_of
from bench.scoring import score
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.recognizer import Transcript

SNRS_DB = (24, 21, 18, 15, 12, 9, 6)
NOISE = "kitchen"


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


@dataclass(frozen=True, slots=True)
class ByOrder:
    """Right is what has the intent and the slots of the label, which is their JSON."""

    grammar: Grammar

    def is_right(self, recording: Recording, told: Transcript | None) -> bool:
        """Compare intent and slots."""
        intent = self.grammar.understand(told.text) if told else None
        if intent is None:
            return False
        wanted = json.loads(recording.label)
        slots = {name: str(value).strip() for name, value in intent.slots.items()}
        return (intent.name, slots) == (
            wanted["intent"],
            {name: value.strip() for name, value in wanted["slots"].items()},
        )

    def lane(self, _told: Transcript) -> str:
        """Name the normal one: an order is never about safety."""
        return "normal"


def orders(voices: Path, every: int = 1) -> list[Recording]:
    """Give the recorded orders, or each nth."""
    labels = json.loads((voices / "coffee" / "labels.json").read_text(encoding="utf-8"))
    names = sorted(labels)[::every]
    return [Recording(voices / "coffee" / f"{name}.flac", json.dumps(labels[name])) for name in names]


def rhino_grammar(voices: Path) -> dict[str, Any]:
    """Give the benchmark's own grammar as one of ours."""
    return convert(yaml.safe_load((voices / "coffee" / "coffee_maker.yaml").read_text(encoding="utf-8")))


def listen(grammar: Grammar, _live: object = None, _model: object = None) -> Stream:
    """Build the coach's recogniser for orders."""
    return Stream(Moonshine(grammar), frozenset(grammar.intents))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--voices", type=Path, required=True)
    parser.add_argument("--snr", default="clean," + ",".join(map(str, SNRS_DB)))
    parser.add_argument("--noise", default=NOISE, help="beginning of a file name in noise/")
    parser.add_argument("--every", type=int, default=1, help="take every n-th")
    parser.add_argument("--cycle", action="store_true")
    parser.add_argument("--write", type=Path)
    wanted = parser.parse_args()
    converted = rhino_grammar(wanted.voices)
    if wanted.write:
        wanted.write.write_text(to_toml(converted), encoding="utf-8")
    began = time.perf_counter()
    grammar = Grammar.parse(converted, "coffee")
    print(f"{grammar.size():,} sentences, read in {time.perf_counter() - began:.2f} s")
    snrs = [None if each == "clean" else float(each) for each in wanted.snr.split(",")]
    noise = noise_of(wanted.voices, wanted.noise)
    every: Heards = []
    listener, found = listen(grammar), orders(wanted.voices, wanted.every)
    shares = share(found, snrs) if wanted.cycle else dict.fromkeys(snrs, found)
    for snr, recordings in shares.items():
        heard = hear_all(recordings, listener, in_noise(noise, snr))
        report("clean" if snr is None else f"{wanted.noise} {snr:.0f} dB", score(heard, ByOrder(grammar)))
        every += heard
    report("together", score(every, ByOrder(grammar)))


def share(
    found: Sequence[Recording], snrs: Sequence[float | None]
) -> dict[float | None, Sequence[Recording]]:
    """Give each level of noise its part of the recordings, by turns."""
    return {snr: found[place :: len(snrs)] for place, snr in enumerate(snrs)}


if __name__ == "__main__":
    main()
