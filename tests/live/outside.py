"""The program from outside: a process on the sound card, and a person who hears it and speaks to it.

The person reads what happens from the program's own event log as it is written, and speaks by playing
recordings into the microphone.
"""

import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import soundfile

from tests.sound_card import SoundCard
from voicecoach.journal.journal import Journal
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.speaking.synthesizer import Synthesizer
from voicecoach.speaking.voices import choose_voice

Event = dict[str, Any]

EXERCISE = """
[own.{name}]
kind = "core"
levels = [{{ hold_seconds = {hold_seconds}, repetitions = {repetitions} }}]
move_seconds = {seconds}
return_seconds = {seconds}
rest_seconds = {seconds}

[own.{name}.words]
name = "press"
announce = "Press."
why = "Why."
position = "Lie on your back."
movement = "You will press."
breathing = "Breathe."
feel = "Firm."
avoid = "Do not push."
start = "Press."
again = "Again."
return = "And relax."
"""
"""Its words are as short as words can be."""


def routine(*names: str, hold_seconds: int, repetitions: int, seconds: int) -> str:
    """Give a file with a routine that presses; so many `seconds` go into a hold, out of it and between."""
    dose = {"hold_seconds": hold_seconds, "repetitions": repetitions, "seconds": seconds}
    listed = ", ".join(f'"{name}"' for name in names)
    exercises = (EXERCISE.format(name=name, **dose) for name in names)
    return f'name = "pressing"\nexercises = [{listed}]\n{"".join(exercises)}'


@dataclass
class Rule:
    """What the person does when an event happens, each time or only the first times."""

    when: Mapping[str, Any]
    """Fields and values that the event has."""
    do: Callable[[], None]
    delay_seconds: float = 0.6
    times: int = 1000


ANSWERS = {
    "before.pain": "three",
    "before.leg": "no",
    "before.up_an_hour": "yes",
    "before.last_time": "no",
    "ball.ask": "yes",
    "ready.ask": "i'm ready",
    "pause.paused": "let's go on",
    "device.hear_again": "let's go on",
    "after.pain": "two",
    "after.leg": "no",
}
"""What the person says after a prompt."""


class Program:
    """`voicecoach run`, live, of someone who has done this before; its events come as they are written."""

    def __init__(self, folder: Path, *arguments: str, **more: Any) -> None:
        self.folder = folder
        self._seen = 0
        """How much of the events `news` has read, in bytes."""
        out = ["--out", str(folder / "out"), "--data", str(folder / "data")]
        now = datetime.now(UTC).astimezone()
        with Journal.open(folder / "data", now) as journal:
            for key, value in done_this_before(now).items():
                journal.remember(key, value, now)
        command = [sys.executable, "-m", "voicecoach", "run", *arguments, *out]
        more = {"stdin": subprocess.DEVNULL, **more}
        with (folder / "stderr").open("w") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors, **more)

    def events(self) -> list[Event]:
        path = self.folder / "out" / "events.jsonl"
        if not path.exists():
            return []
        lines = path.read_text(encoding="utf-8").split("\n")[:-1]
        return [json.loads(line) for line in lines]

    def news(self) -> list[Event]:
        """What has been written since the last look."""
        path = self.folder / "out" / "events.jsonl"
        if not path.exists():
            return []
        with path.open("rb") as file:
            file.seek(self._seen)
            whole = file.read().rpartition(b"\n")[0]
        self._seen += len(whole) + bool(whole)
        return [json.loads(line) for line in whole.splitlines()]

    def of(self, kind: str, **fields: Any) -> list[Event]:
        wanted = {"kind": kind, **fields}
        return [event for event in self.events() if wanted.items() <= event.items()]

    def told(self) -> str:
        """What it wrote on standard error."""
        return (self.folder / "stderr").read_text()

    def end(self) -> None:
        """End it, where it has not ended."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()


@dataclass
class Person:
    """Somebody who answers the program by rules; their words are spoken by a synthetic voice."""

    card: SoundCard
    folder: Path
    voice: Synthesizer = field(default_factory=lambda: choose_voice("en", 150, "en-us+m3"))
    said: list[tuple[float, str]] = field(default_factory=list)
    """When each word was begun to be played, on the monotonic clock."""

    def recording(self, text: str) -> Path:
        path = self.folder / f"{text.replace(' ', '_')}.wav"
        if not path.exists():
            soundfile.write(path, self.voice.synthesize(text).samples, 16_000)
        return path

    def says(self, text: str) -> Callable[[], None]:
        """What lets the microphone hear a text."""
        path = self.recording(text)

        def speak() -> None:
            self.said.append((time.monotonic(), text))
            self.card.feed(path)

        return speak

    def answers(self, delay_seconds: float = 0.8) -> list[Rule]:
        """Answer all that the coach asks, and say again what it did not understand."""
        said = [
            Rule({"kind": "say", "prompt": prompt, "completed": True}, self.says(text), delay_seconds)
            for prompt, text in ANSWERS.items()
        ]
        missed = [
            Rule({"kind": "say", "prompt": prompt, "completed": True}, self.says_again, delay_seconds)
            for prompt in ("not_understood.short", "no_input.short")
        ]
        return [*said, *missed]

    def says_again(self) -> None:
        """Say once more what was said last."""
        self.says(self.said[-1][1])()

    def live(self, program: Program, rules: list[Rule], seconds: float) -> None:
        """Answer until the program ends; after so many seconds it has to be ended."""
        limit = time.monotonic() + seconds
        left = [rule.times for rule in rules]
        while program.process.poll() is None and time.monotonic() < limit:
            for event in program.news():
                for number, rule in enumerate(rules):
                    if left[number] and rule.when.items() <= event.items():
                        left[number] -= 1
                        threading.Timer(rule.delay_seconds, rule.do).start()
            with contextlib.suppress(subprocess.TimeoutExpired):
                program.process.wait(0.03)
