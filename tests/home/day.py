"""A day on a clock that is only a number: the household's own parts, with text for ears and no devices."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from threading import Event
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from tests.speaking.voices import SpellingVoice
from voicecoach import resources
from voicecoach.commands.beside import Beside
from voicecoach.commands.parts import load_grammar
from voicecoach.commands.standby import WAKE_ALWAYS, Household
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.recognizer import Transcript
from voicecoach.home.button import Button
from voicecoach.home.corner import Corner
from voicecoach.home.schedule import Schedule, Slot
from voicecoach.journal.journal import Journal
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.session.table import SAFETY
from voicecoach.settings import Settings
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, samples_of, seconds_of
from voicecoach.sound.own_voice import OwnVoice
from voicecoach.sound.timeline import Timeline
from voicecoach.speaking.speaker import Speaker

SECOND = RATE_HZ
PACE = 4.0
"""How many times as fast as life a day goes by that others follow."""
ZONE = ZoneInfo("Europe/Berlin")
SCHEDULE = Schedule((Slot("morning", time(7, 30)), Slot("evening", time(20))), ZONE, time(22), time(6))
QUESTIONS = {
    "ready.ask": "i'm ready",
    "before.pain": "two",
    "before.leg": "no",
    "before.up_an_hour": "yes",
    "before.last_time": "no",
    "after.pain": "two",
    "after.leg": "no",
}
"""What a session asks, and what this person always answers."""


@dataclass
class Day:
    """Microphone and loudspeaker, the person, and the wall clock, in one: they share the sample clock."""

    begins: datetime
    ends: datetime
    player: Timeline = field(default_factory=Timeline)
    delay_samples: int = 0
    position: int = 0
    guided: bool = False
    """Whether a session goes on; in stand-by, quiet seconds go by in one."""
    lines: list[tuple[int, str]] = field(default_factory=list)
    """What the person will say, and where."""
    gone: tuple[int, int] = (0, 0)
    """From where to where the device is unplugged."""
    closed: int = 0
    button: Button | None = None
    goes_on: Event = field(default_factory=Event)
    """Whether it does, where others follow it."""

    def __post_init__(self):
        self.goes_on.set()

    @contextmanager
    def standing_still(self):
        """Let no time go by meanwhile."""
        self.goes_on.clear()
        try:
            yield
        finally:
            self.goes_on.set()

    def now(self) -> datetime:
        return self.begins + timedelta(seconds=seconds_of(self.position))

    def says(self, text: str, seconds: float = 1.0) -> None:
        """Say something so many seconds from now."""
        self.lines.append((self.position + samples_of(seconds), text))

    def at(self, clock: str, text: str) -> None:
        """Say something at a time of the day."""
        hours, minutes = map(int, clock.split(":"))
        moment = self.begins.replace(hour=hours, minute=minutes, second=0)
        self.lines.append((samples_of((moment - self.begins).total_seconds()), text))

    def unplug(self, seconds: float) -> None:
        self.gone = (self.position, self.position + samples_of(seconds))

    def read(self) -> AudioChunk | None:
        if self.now() >= self.ends:
            return None
        soon = self.position + SECOND
        busy = self.guided or self.player.busy_until > self.position
        quiet = not busy and all(not self.position <= at < soon for at, _ in self.lines)
        count = SECOND if quiet else CHUNK_SAMPLES
        self.player.render(self.position, count)
        lost = self.gone[0] <= self.position < self.gone[1]
        chunk = AudioChunk(self.position, np.zeros(count, np.float32), lost)
        self.position = chunk.end
        return chunk

    def close(self) -> None:
        self.closed += 1


@dataclass
class Reader:
    """A Recognizer that reads the person's lines, but not while the device is gone."""

    day: Day
    name: str = "text"

    def hear(self, chunk, live):
        del live
        said = [(at, text) for at, text in self.day.lines if chunk.start <= at < chunk.end and not chunk.lost]
        return [Transcript(text, at, chunk.end, 1.0, accepted=True) for at, text in said]

    def finish(self):
        return []


@dataclass
class Person:
    """An Observer: hears prompts end, and answers as the day's story wants; keeps all that happened."""

    day: Day
    answers: dict[tuple[str, int], Callable[[], object]]
    """By prompt and which time it is heard; 0 is every time."""
    events: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    _heard: Counter[str] = field(default_factory=Counter)

    def saying(self, prompt, start, end):
        pass

    def happened(self, event):
        self.events.append((self.day.now(), event))
        if event["kind"] == "session":
            self.day.guided = event["action"] == "start"
        if event["kind"] == "say" and event["completed"]:
            prompt = event["prompt"]
            self._heard[prompt] += 1
            for key in ((prompt, 0), (prompt, self._heard[prompt])):
                self.answers.get(key, lambda: None)()

    def said(self, prompt: str) -> list[str]:
        """Give the times of the day at which a prompt was said."""
        told = (at for at, e in self.events if e["kind"] == "say" and e["prompt"] == prompt)
        return [f"{at:%H:%M}" for at in told]

    def of(self, kind: str, **fields: object) -> list[tuple[str, dict[str, Any]]]:
        return [
            (f"{at:%H:%M}", event)
            for at, event in self.events
            if event["kind"] == kind and all(event.get(key) == value for key, value in fields.items())
        ]


class VirtualHousehold(Household):
    """The household with a day in place of devices and of the wall clock."""

    day: Day

    def open_microphone(self):
        return self.day

    def wake_ears(self) -> Ears:
        return Ears(Reader(self.day), self._grammar, WAKE_ALWAYS, OwnVoice("off"))

    def session_ears(self) -> Ears:
        grammar = load_grammar(self.settings.lang)
        return Ears(Reader(self.day), grammar, frozenset(SAFETY), OwnVoice("off"))

    def speaker(self, microphone) -> Speaker:
        return Speaker(microphone.player, SpellingVoice(), resources.audio(), self.settings.lang)


@dataclass
class PacedDay:
    """The devices of a day that goes by at a pace which others can follow, or stands still for them."""

    day: Day
    delay_samples: int = 0

    @property
    def player(self) -> Timeline:
        return self.day.player

    def read(self) -> AudioChunk | None:
        assert self.day.goes_on.wait(60)
        chunk = self.day.read()
        if chunk is not None:
            sleep(seconds_of(chunk.end - chunk.start) / PACE)
        return chunk

    def close(self) -> None:
        self.day.close()


class PacedHousehold(VirtualHousehold):
    """A household on such devices."""

    def open_microphone(self):
        self.day.button = self.button
        return PacedDay(self.day)


@contextmanager
def standing_by(folder, control, *, household=PacedHousehold, **more):
    """Let someone who says nothing have a household, in a thread as its own program would; give its day."""
    day = Day(when("10:00"), when("22:00"))
    silent = {(prompt, 0): lambda: None for prompt in QUESTIONS}
    with ThreadPoolExecutor(1) as others:
        living = others.submit(live, folder, day, silent, control, household, **more)
        try:
            yield day
        finally:
            day.ends = day.begins
            if day.button:
                day.button.pressed("press")  # where it is muted, it waits for that
            living.result(60)


def when(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-24T{clock}").replace(tzinfo=ZONE)


def live(
    folder, day: Day, answers, control=None, household=VirtualHousehold, **more
) -> tuple[Person, Journal]:
    """Let a household live through a day, of someone who has done this before and says what is asked."""
    usual = {(prompt, 0): partial(day.says, words) for prompt, words in QUESTIONS.items()}
    person = Person(day, {**usual, **answers})
    settings = Settings(data=folder / "data", cache=folder / "cache", **more)
    with Journal.open(settings.data, day.now()) as journal:
        for key, value in done_this_before(day.now()).items():
            journal.remember(key, value, day.now())
        staff = household(settings, SCHEDULE, journal, Beside(control), day.now, day.now)
        staff.day, staff.screen = day, person
        Corner(staff).run()
    return person, journal
