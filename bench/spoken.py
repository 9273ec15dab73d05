"""How well every phrase of a grammar is heard when synthetic voices say it.

    python -m bench.spoken [--lang ko] [--recognizer vosk|moonshine] [--voices ko,ko+f2] [--rates 135,160]
                           [--others FILE] [--every 1]

Each phrase is said by each voice at each rate, in a state of the session in which its intent is live,
through the recogniser that the coach uses, which lives through the whole run. --others names a text file of
sentences, a line each, that mean nothing to the coach; what is accepted of them is wrong. --every N takes
each Nth phrase. Synthetic voices are worse heard than people, so read this as a comparison.
"""

import argparse
import random
import resource
from collections import Counter
from pathlib import Path

import numpy as np

from bench.listeners import RECOGNIZERS
from bench.recordings import Stream
from voicecoach import resources
from voicecoach.commands.parts import NUMBERS
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Intent
from voicecoach.session.states import LIVE
from voicecoach.session.table import live_intents
from voicecoach.speaking.voices import choose_voice

ROOM_NOISE = 0.0003


def meaning(intent: Intent | None) -> tuple[str, dict[str, str | int]] | None:
    return intent and (intent.name, intent.slots)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lang", default="ko")
    parser.add_argument("--recognizer", default="vosk")
    parser.add_argument("--voices", default="ko,ko+f2,ko+f3,ko+m3")
    parser.add_argument("--rates", default="135,160")
    parser.add_argument("--others", type=Path)
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    grammar = Grammar.load(resources.grammars() / f"{options.lang}.toml")
    stream = Stream(RECOGNIZERS[options.recognizer](grammar, None), frozenset())
    chance = random.Random(1)  # noqa: S311 - the same states and order in each run
    noise = np.random.default_rng(1)
    phrases: list[tuple[str, str]] = list(grammar.phrases().items())[:: options.every]
    if options.others:
        phrases += [(line, "") for line in options.others.read_text(encoding="utf-8").splitlines()]
    counts: Counter[tuple[str, str]] = Counter()
    mistaken: Counter[str] = Counter()
    waits: list[float] = []
    for voice in options.voices.split(","):
        said = [(phrase, name, int(rate)) for phrase, name in phrases for rate in options.rates.split(",")]
        chance.shuffle(said)
        voices = {
            int(rate): choose_voice(options.lang, int(rate), voice) for rate in options.rates.split(",")
        }
        for phrase, name, rate in said:
            states = [live for live in map(live_intents, LIVE) if not name or name in live]
            if not states:
                continue
            stream.live = chance.choice(states)
            sound = voices[rate].synthesize(phrase).samples
            heard = stream.hear(np.float32(sound + noise.normal(0, ROOM_NOISE, len(sound))))
            told = heard.accepted
            waits += [
                wait for wait, each in zip(heard.waits, heard.transcripts, strict=True) if each.accepted
            ]
            found = [grammar.understand(each.text, stream.live) for each in told]
            wanted = meaning(grammar.understand(phrase)) if name else None
            right = bool(name) and wanted in map(meaning, found)
            kind = "others" if not name else "numbers" if name in NUMBERS else "words"
            outcome = "right" if right else "wrong" if found else "not understood"
            counts[kind, outcome] += 1
            if outcome == "wrong":
                mistaken[f"{phrase} > {told[0].text}"] += 1
            elif outcome != "right" and name:
                mistaken[f"{phrase} > -"] += 1
    for kind in ("words", "numbers", "others"):
        total = sum(count for (each, _), count in counts.items() if each == kind)
        print(
            kind, total, {outcome: counts[kind, outcome] for outcome in ("right", "wrong", "not understood")}
        )
    print(f"waited {np.median(waits):.2f} s at the median, {np.percentile(waits, 95):.2f} s at the 95th")
    print(f"computing {stream.computed / stream.heard:.3f} x real time, {stream.heard:.0f} s of sound")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB at most")
    print("; ".join(f"{what} ({count})" for what, count in mistaken.most_common() if count > 1))


if __name__ == "__main__":
    main()
