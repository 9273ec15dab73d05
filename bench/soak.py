"""Half an hour of session time, live on the virtual sound card: sound lost, memory, computing.

    python -m bench.soak [--lang en] [--recognizer moonshine|vosk] [--repetitions 26]

A session of four long exercises runs as a user's would, in a process of its own, and a person answers it
by a synthetic voice and asks how many are left. Blocks of sound (16 ms) that were lost are those that the
program tells of at its end; memory is what is resident, of the coach's own process and of all together,
every five minutes.
With 26 repetitions it takes thirty minutes. Needs what the tests of live sound need; say how busy the
machine was.
"""

import argparse
import os
import re
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from bench.card import borrowed_card
from tests.live.outside import Person, Program, Rule, routine
from voicecoach.rehearsal.script import Script, load_script
from voicecoach.speaking.voices import choose_voice

PERSONS = Path(__file__).parent.parent / "voicecoach" / "rehearsal" / "persons"
EXERCISES = ("press_1", "press_2", "press_3", "press_4")
DELAY_SECONDS = 0.8
EARLY_SECONDS = 300.0
EVERY_SECONDS = 5.0
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lang", default="en")
    parser.add_argument("--recognizer", default="moonshine")
    parser.add_argument("--repetitions", type=int, default=26)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, borrowed_card(Path(name)) as card:
        folder = Path(name)
        pressing = routine(*EXERCISES, hold_seconds=10, repetitions=chosen.repetitions, seconds=2)
        (folder / "soak.toml").write_text(pressing, encoding="utf-8")
        script = load_script(PERSONS / f"{chosen.lang}.toml")
        person = Person(card, folder, choose_voice(script.language, script.rate_wpm, script.voice))
        parts = ["--lang", chosen.lang, "--recognizer", chosen.recognizer]
        program = Program(folder, "--routine", str(folder / "soak.toml"), *parts)
        watch = Watch(program.process.pid)
        person.live(program, rules(person, script), 4000)
        program.end()
        watch.report(program)


def rules(person: Person, script: Script) -> list[Rule]:
    """Let the language's person of rehearsals say all their lines, each time."""
    said = {line.after: person.says(line.say) for line in script.lines if "{" not in line.say}
    said |= dict.fromkeys(("not_understood.short", "no_input.short"), person.says_again)
    said |= dict.fromkeys(("device.hear_again", "pause.still"), said["pause.paused"])
    return [
        Rule({"kind": "say", "prompt": prompt, "completed": True}, say, DELAY_SECONDS)
        for prompt, say in said.items()
    ]


@dataclass
class Watch:
    """Looks at the program from outside, as long as it lives."""

    process: int
    began: float = field(default_factory=time.monotonic)
    seen: list[tuple[float, float, float, float, float]] = field(default_factory=list)
    """Seconds; memory of the coach and of all, in MB; processor seconds of all; the machine's load."""

    def __post_init__(self) -> None:
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        # A program that has just begun has no memory yet, one that has ended none any more.
        while (found := family(self.process)) and (found[0][1] or not self.seen):
            load = os.getloadavg()[0]
            memory = [one[1] for one in found]
            cpu = sum(one[0] for one in found)
            self.seen.append((time.monotonic() - self.began, memory[0], sum(memory), cpu, load))
            time.sleep(EVERY_SECONDS)

    def report(self, program: Program) -> None:
        """Print what was seen."""
        minutes = program.events()[-1]["t"] / 60
        told = re.search(r"lost (\d+) times by the program and (\d+)", program.told())
        late, lost = (int(each) / minutes for each in told.groups()) if told else (0, 0)
        early, last = next((one for one in self.seen if one[0] >= EARLY_SECONDS), self.seen[0]), self.seen[-1]
        cpu = (last[3] - early[3]) / (last[0] - early[0])
        loads = sorted(one[4] for one in self.seen)
        print(f"{minutes:.1f} minutes of session, exit code {program.process.returncode}")
        print(f"load of the machine: {loads[0]:.1f} to {loads[-1]:.1f}, median {loads[len(loads) // 2]:.1f}")
        print(f"blocks lost a minute: {late:.1f} by the program, {lost:.1f} by the device")
        seen = pairwise(self.seen)
        often = [one for one, then in seen if one[0] // EARLY_SECONDS < then[0] // EARLY_SECONDS]
        for seconds, own, whole, *_ in (*often, last):
            print(f"memory at {seconds / 60:4.1f} min: coach {own:.1f} MB, all its processes {whole:.1f} MB")
        print(f"processor from {early[0] / 60:.0f} min on: {100 * cpu:.1f} % of a core, all its processes")
        print(f"heard {len(program.of('heard'))}, not understood {len(program.of('not_heard'))}")
        print(program.told())


def family(process: int) -> list[tuple[float, float]]:
    """Give processor seconds and resident MB of a process and those that it started; itself first."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    own = ((int(fields[11]) + int(fields[12])) / TICKS, int(fields[21]) * PAGE_MB)
    return [own, *(one for child in children for one in family(int(child)))]


if __name__ == "__main__":
    main()
