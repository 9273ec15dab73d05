"""How long a decision takes, and how much memory, the more sentences there are.

    python -m bench.growth --voices DIR [--sizes 10,100,1000,2000] [--recordings 20]

The sentences are drawn from the coffee benchmark's grammar, whose 120 million come last; people's orders are
decided on among them. Processor time, with what the first round makes of the grammar's states already there.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from hassil.expression import Alternative, Expression, Group, ListReference, TextChunk
from hassil.intents import TextSlotList

from bench.coffee import orders, rhino_grammar
from bench.figures import Figure
from bench.recordings import load
from bench.show import show
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine_model import MoonshineModel
from voicecoach.hearing.phrase_search import PhraseSearch
from voicecoach.sound.audio import Samples

WHO = "moonshine"
SIZES = (10, 100, 1000, 2000)


def figures(voices: Path, sizes: Sequence[int], recordings: int) -> Iterator[Figure]:
    """Give the time of a decision among so many sentences, and among all."""
    generator = random.Random(0)  # noqa: S311 - the same sentences in each run
    whole, model, found = Grammar.parse(rhino_grammar(voices), "coffee"), MoonshineModel(), orders(voices)
    sounds = [load(each) for each in found[:: max(1, len(found) // recordings)]]
    for grammar in (*(draw_some(whole, size, generator) for size in sizes), whole):
        yield from cost_of(grammar, sounds, model)


def cost_of(grammar: Grammar, sounds: Sequence[Samples], model: MoonshineModel) -> Iterator[Figure]:
    """Give what deciding on all the sounds took, in a second round."""
    search, live = PhraseSearch(grammar, model=model), frozenset(grammar.intents)
    times = []
    for samples in (*sounds, *sounds):
        began = time.process_time()
        search.find(samples, live)
        times.append(time.process_time() - began)
    first, warm = times[: len(sounds)], times[len(sounds) :]
    name = f"{grammar.size():,} sentences"
    yield Figure(f"{name}: a decision, median", WHO, float(np.median(warm)), "s", len(warm))
    yield Figure(f"{name}: a decision, 95th", WHO, float(np.percentile(warm, 95)), "s", len(warm))
    yield Figure(f"{name}: the first decision", WHO, first[0], "s")
    yield Figure(f"{name}: memory of the process", WHO, resident_mb(), "MB")


def resident_mb() -> float:
    """Give the most memory that this process had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def draw_some(grammar: Grammar, size: int, generator: random.Random) -> Grammar:
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
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--recordings", type=int, default=20)
    chosen = parser.parse_args()
    show(__doc__, figures(chosen.voices, list(map(int, chosen.sizes.split(","))), chosen.recordings))


if __name__ == "__main__":
    main()
