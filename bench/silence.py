"""How long the coach still sounds after the person has said "stop", live on the virtual sound card.

    python -m bench.silence [--stops 10] [--counting]

A real session runs; a synthetic voice says "stop" into the microphone, while the coach speaks, or with
--counting in a hold between two counts. Loudspeaker and microphone are recorded, and the end of the word
is compared with the last sound before the tone that answers it. Needs what the tests of live sound need.
"""

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np
import soundfile

from tests.live.outside import Person, Program, Rule
from tests.sound.noises import find
from tests.sound_card import SoundCard, Tape, start_card
from voicecoach import resources

RATE_HZ = 16_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--stops", type=int, default=10)
    parser.add_argument("--counting", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, start_card(Path(name) / "card") as card:
        os.environ.update(card.environment())
        measure(card, Path(name), options.stops, counting=options.counting)


def measure(card: SoundCard, folder: Path, stops: int, *, counting: bool) -> None:
    person = Person(card, folder)
    spoken = {"kind": "say", "prompt": "knees_to_chest.announce"}  # a long sentence follows
    moment, delay = ({"kind": "count", "n": 13}, 0.3) if counting else (spoken, 1.6)
    rules = [Rule(moment, person.says("stop"), delay, stops), *person.answers()]
    tapes = card.tape("speaker.monitor"), card.tape("micpipe.monitor")
    program = Program(folder, "knees_to_chest")
    person.live(program, rules, 100 + stops * 20)
    program.end()
    for tape in tapes:
        tape.close()
    report(program, person, *tapes)


def report(program: Program, person: Person, speaker: Tape, microphone: Tape) -> None:
    word, _ = soundfile.read(person.recording("stop"), dtype="float32")
    tone, _ = soundfile.read(resources.audio() / "tone_heard.wav", dtype="float32")
    end_of_word = int(np.flatnonzero(np.abs(word) > 0.02)[-1])
    heard, played = microphone.samples(), speaker.samples()
    offset = speaker.began - microphone.began
    sounds, tones = [], []
    for at, text in person.said:
        if text != "stop":
            continue
        first = max(0, round((at - microphone.began - 0.3) * RATE_HZ))
        place, likeness = find(word, heard[first : first + 3 * RATE_HZ])
        end = (first + place + end_of_word) / RATE_HZ - offset  # on the loudspeaker's tape
        window = played[round(end * RATE_HZ) : round((end + 2.5) * RATE_HZ)]
        answer, alike = find(tone, window)
        if likeness < 0.5 or alike < 0.5:
            print(f"stop: not understood (word {likeness:.2f}, tone {alike:.2f})")
            continue
        before = np.flatnonzero(np.abs(window[: answer - 80]) > 0.003)
        sounds.append(1000 * (before[-1] + 1 if len(before) else 0) / RATE_HZ)
        tones.append(1000 * answer / RATE_HZ)
        print(f"stop: last sound {sounds[-1]:.0f} ms after the word, the answer's tone {tones[-1]:.0f} ms")
    told = [event for event in program.of("heard") if event["intent"] == "stop"]
    late = [1000 * (event["t"] - event["end"]) for event in told]
    print(f"{len(sounds)} stops: last sound median {np.median(sounds):.0f}, worst {max(sounds):.0f} ms")
    print(
        f"tone median {np.median(tones):.0f} ms; decided {np.median(late):.0f} ms after what was heard ended"
    )


if __name__ == "__main__":
    main()
