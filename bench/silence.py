"""How long the coach still sounds after the person has said "stop", live on the virtual sound card.

    python -m bench.silence [--stops 10] [--counting]

A real session runs; a synthetic voice says "stop" into the microphone, while the coach speaks, or with
--counting in a hold between two counts. Loudspeaker and microphone are recorded, and the end of the word
is compared with the last sound before the tone that answers it. Needs what the tests of live sound need.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from bench.card import borrowed_card
from bench.figures import Aim, Figure
from bench.show import show
from tests.live.outside import Person, Program, Rule
from tests.sound.noises import ALIKE, find
from tests.sound_card import Tape
from voicecoach import resources

RATE_HZ = 16_000
WHO = "moonshine"
LAST = "last sound after the word"
SPEAKING, COUNTING = "stop while it speaks", "stop between two counts"
AIMS = {
    f"{SPEAKING}: {LAST}, median": Aim(700, least=False),
    f"{COUNTING}: {LAST}, median": Aim(500, least=False),
}
QUIET = 0.003


@dataclass(frozen=True, slots=True)
class Stop:
    """What followed one "stop", in milliseconds after the word."""

    last_sound: float
    tone: float


@dataclass(frozen=True, slots=True)
class Stops:
    """What followed all of them."""

    said: int
    understood: tuple[Stop, ...]
    decided: tuple[float, ...]
    """Milliseconds from where the words ended for the recogniser to its answer."""


def figures(stops: int, *, counting: bool) -> Iterator[Figure]:
    """Say stop so often, and give what followed."""
    with tempfile.TemporaryDirectory() as name, borrowed_card(Path(name) / "card") as card:
        result = say_stop(Person(card, Path(name)), stops, counting=counting)
    when = COUNTING if counting else SPEAKING
    lasts, tones = [each.last_sound for each in result.understood], [each.tone for each in result.understood]
    share = 100 * len(lasts) / max(1, result.said)
    yield Figure(f"{when}: understood", WHO, share, "%", result.said)
    if lasts:
        yield Figure(f"{when}: {LAST}, median", WHO, float(np.median(lasts)), "ms")
        yield Figure(f"{when}: {LAST}, worst", WHO, max(lasts), "ms")
        yield Figure(f"{when}: answering tone after the word, median", WHO, float(np.median(tones)), "ms")
        decided = float(np.median(result.decided))
        yield Figure(f"{when}: decided after the words' end, median", WHO, decided, "ms")


def say_stop(person: Person, stops: int, *, counting: bool) -> Stops:
    """Hold a session in which the person says stop so often, and find the stops on the tapes."""
    spoken = {"kind": "say", "prompt": "knees_to_chest.announce"}  # a long sentence follows
    moment, delay = ({"kind": "count", "n": 13}, 0.3) if counting else (spoken, 1.6)
    rules = [Rule(moment, person.says("stop"), delay, stops), *person.answers()]
    tapes = person.card.tape("speaker.monitor"), person.card.tape("micpipe.monitor")
    program = Program(person.folder, "knees_to_chest")
    person.live(program, rules, 100 + stops * 20)
    program.end()
    for tape in tapes:
        tape.close()
    told = [event for event in program.of("heard") if event["intent"] == "stop"]
    said = [at for at, text in person.said if text == "stop"]
    return Stops(
        len(said),
        tuple(find_stops(person.recording("stop"), said, *tapes)),
        tuple(1000 * (event["t"] - event["end"]) for event in told),
    )


def find_stops(recording: Path, said: list[float], speaker: Tape, microphone: Tape) -> Iterator[Stop]:
    """Find each word on the microphone's tape, and on the loudspeaker's what sounded after it."""
    word, _ = soundfile.read(recording, dtype="float32")
    tone, _ = soundfile.read(resources.audio() / "tone_heard.wav", dtype="float32")
    end_of_word = int(np.flatnonzero(np.abs(word) > 0.02)[-1])
    heard, played = microphone.samples(), speaker.samples()
    offset = speaker.began - microphone.began
    for at in said:
        first = max(0, round((at - microphone.began - 0.3) * RATE_HZ))
        place, likeness = find(word, heard[first : first + 3 * RATE_HZ])
        end = (first + place + end_of_word) / RATE_HZ - offset  # on the loudspeaker's tape
        window = played[round(end * RATE_HZ) : round((end + 2.5) * RATE_HZ)]
        answer, alike = find(tone, window)
        if min(likeness, alike) < ALIKE:
            continue  # it was not understood
        before = np.flatnonzero(np.abs(window[: answer - 80]) > QUIET)
        last = before[-1] + 1 if len(before) else 0
        yield Stop(1000 * last / RATE_HZ, 1000 * answer / RATE_HZ)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stops", type=int, default=10)
    parser.add_argument("--counting", action="store_true")
    options = parser.parse_args()
    show(__doc__, figures(options.stops, counting=options.counting))


if __name__ == "__main__":
    main()
