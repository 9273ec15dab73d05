"""What is accepted of speech that is not for the coach: synthetic voices read texts of ours aloud.

    python -m bench.reading [--minutes 30] [--voices en-us,en-us+f3] [--texts README.md,docs] [--state STATE]

Nothing of it is meant for the coach, so whatever is accepted is wrong, by lane and an hour. The texts are
read line by line with the pauses that a reader makes; --state names a state of the session (by default
everything in the grammar is live at once, which is harder than any state). Sentences that the grammar
understands are left out.
"""

import argparse
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.recordings import Stream
from voicecoach import resources
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.session.table import SAFETY, State, live_intents
from voicecoach.sound.audio import RATE_HZ, Samples, samples_of
from voicecoach.speaking.pyttsx3 import pyttsx3

TEXTS = "README.md,docs,voicecoach"
PAUSE_SECONDS = (0.15, 0.5)
"""Between two sentences."""
ROOM_NOISE = 0.0003
A_CALL = samples_of(30)
"""How much is read before the result is looked at."""


def sentences(places: str) -> Iterator[str]:
    """Give the sentences of Markdown files and of modules' docstrings, without marks."""
    for place in map(Path, places.split(",")):
        files = [place] if place.is_file() else sorted([*place.rglob("*.md"), *place.rglob("*.py")])
        for file in files:
            text = file.read_text(encoding="utf-8")
            found = re.findall(r'"""(.*?)"""', text, re.DOTALL) if file.suffix == ".py" else [text]
            for part in found:
                plain = re.sub(r"```.*?```|[`*#|>_<{}\[\]()]", " ", part, flags=re.DOTALL)
                yield from (each.strip() for each in re.split(r"(?<=[.!?:])\s+|\n\n", plain))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--voices", default="en-us,en-us+f3,en-us+m3,en-gb-x-rp")
    parser.add_argument("--texts", default=TEXTS)
    parser.add_argument("--state")
    wanted = parser.parse_args()
    grammar = Grammar.load(resources.grammars() / "en.toml")
    live = live_intents(State(wanted.state)) if wanted.state else frozenset(grammar.intents)
    lines = [line for line in dict.fromkeys(sentences(wanted.texts)) if re.search(r"[a-z] [a-z]", line)]
    lines = [line for line in lines if grammar.understand(line) is None]
    chance = np.random.default_rng(1)
    chance.shuffle(lines)
    stream = Stream(Moonshine(grammar, frozenset(SAFETY)), live)
    voices = [pyttsx3("en", 150, name) for name in wanted.voices.split(",")]
    lanes: Counter[str] = Counter()
    read: list[Samples] = []
    for voice, line in zip(itertools.cycle(voices), itertools.cycle(lines), strict=False):
        read += [
            voice.synthesize(line).samples,
            np.zeros(samples_of(chance.uniform(*PAUSE_SECONDS)), np.float32),
        ]
        if sum(map(len, read)) < A_CALL:
            continue
        sound = np.concatenate(read)
        heard = stream.hear(np.float32(sound + chance.normal(0, ROOM_NOISE, len(sound))))
        read.clear()
        for told in heard.accepted:
            meant = grammar.understand(told.text)
            lane = "safety" if meant is not None and meant.name in SAFETY else "normal"
            lanes[lane] += 1
            print(f"{told.start / RATE_HZ:8.1f} s  {lane}: {told.text} ({told.confidence:.2f})", flush=True)
        if stream.heard > 60 * wanted.minutes:
            break
    hours = stream.heard / 3600
    print(
        f"{60 * hours:.1f} minutes, {len(lines)} sentences, {stream.computed / stream.heard:.2f} x real time"
    )
    for lane in ("safety", "normal"):
        print(f"{lane} lane: {lanes[lane]} accepted, {lanes[lane] / hours:.1f} an hour")


if __name__ == "__main__":
    main()
