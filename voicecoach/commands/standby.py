"""`voicecoach stand-by`: the coach as something that is simply there, on microphone and loudspeaker."""

import signal
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from rich.console import Console

from voicecoach.coach import Coach, Dialogue, Door, Observer
from voicecoach.commands import options
from voicecoach.commands.alarm import bell_of
from voicecoach.commands.beside import Beside, beside
from voicecoach.commands.keeping import open_journal
from voicecoach.commands.parts import (
    build_ears,
    build_speaker,
    check_recognizer,
    choice_of,
    choose_recognizer,
    choose_routine,
)
from voicecoach.commands.past import session_of
from voicecoach.commands.record import Diary, Screen
from voicecoach.commands.run import check_room, gain_here
from voicecoach.content.models import Content
from voicecoach.errors import SettingsError
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.waking import Waking
from voicecoach.home.button import Button, Lamp, open_pins
from voicecoach.home.corner import Corner, Device
from voicecoach.home.listening import build_wake_recognizer, load_standby_grammar
from voicecoach.home.notify import BEATS, Heartbeat, notify, watchdog_seconds
from voicecoach.home.schedule import Outcome, Schedule, Slot
from voicecoach.home.standby import MEMORY, StandBy
from voicecoach.home.status import Voice
from voicecoach.home.wall import local_now, trusted_now
from voicecoach.journal.history import sessions
from voicecoach.journal.journal import Journal
from voicecoach.settings import Settings, load_settings
from voicecoach.sound.audio import seconds_of
from voicecoach.sound.full_duplex import FullDuplex
from voicecoach.sound.own_voice import OwnVoice
from voicecoach.speaking.speaker import Speaker

WAKE_ALWAYS = frozenset({"quiet"})
"""What is heard in stand-by while the coach speaks."""
AFTERNOON_HOUR = 15
"""From this hour on a long press of the button starts the evening's routine."""


def stand_by(
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    data: options.Data = None,
    serve: options.Serve = None,
) -> None:
    """Wait for "coach, start morning routine", go through the session, and wait again.

    Reminds gently at the times `morning` and `evening` of the settings; never starts by itself. "Coach,
    go to sleep", "coach, listen again" and "coach, mute yourself" do what they say. SIGUSR1 opens the
    microphone again after a mute, and so does the button. With `serve = true` or a broker in the settings
    it can be seen and started from there too.
    """
    settings = load_settings(lang=lang, recognizer=recognizer, model=model, data=data, serve=serve)
    schedule = schedule_of(settings)
    check_recognizer(settings)
    with ExitStack() as stack:
        journal = stack.enter_context(open_journal(settings.data))
        if settings.button_pin is None:
            check_room(settings, journal)
        content, _ = choose_routine(settings, None, settings.own_routine)
        home = stack.enter_context(beside(settings, content, settings.data))
        staff = Household(settings, schedule, journal, home)
        staff.open_pins()
        signal.signal(signal.SIGUSR1, lambda *_: staff.button.came.set())
        Corner(staff, ready=lambda: notify("READY=1\nSTATUS=listening")).run()


def schedule_of(settings: Settings) -> Schedule:
    """Put the times of the settings together. Raises SettingsError where one lies in the night."""
    times = {"morning": settings.morning, "evening": settings.evening}
    slots = tuple(Slot(name, at) for name, at in times.items() if at is not None)
    schedule = Schedule(slots, None, settings.night_begins, settings.night_ends)
    night = f"the night ({settings.night_begins:%H:%M} to {settings.night_ends:%H:%M})"
    problems = [
        f"The setting '{slot.name}' is {slot.at:%H:%M}, in {night}, when nobody is reminded; change either."
        for slot in slots
        if schedule.is_night(slot.at)
    ]
    if problems:
        raise SettingsError(*problems)
    return schedule


@dataclass(slots=True)
class Household:
    """The Staff of a real corner."""

    settings: Settings
    schedule: Schedule
    journal: Journal
    home: Beside = field(default_factory=Beside)
    now: Callable[[], datetime] = field(default=local_now)
    """Gives the wall time where the person lives,"""
    trusted_now: Callable[[], datetime | None] = trusted_now
    """and the same, or None while it may be wrong."""
    button: Button = field(init=False)
    lamp: Lamp = field(init=False)
    _grammar: Grammar = field(init=False)
    screen: Observer = field(init=False)
    _greets: bool = field(default=True, init=False)

    def __post_init__(self) -> None:
        settings = self.settings
        self._grammar = load_standby_grammar(settings.lang, settings.wake_word)
        self.button = Button(self._routine_for_now)
        self.lamp = Lamp(tell_state)
        self.screen = Screen(Console())

    def open_pins(self) -> None:
        """Open button and lamp where the settings name their pins. Raises SettingsError."""
        pins = (self.settings.button_pin, self.settings.lamp_pin)
        if pins == (None, None):
            return
        light = open_pins(self.button, *pins)

        def show(voice: Voice) -> None:
            light(voice)
            tell_state(voice)

        self.lamp.show = show

    @property
    def doors(self) -> tuple[Door, ...]:
        """What the loop looks into once a chunk."""
        return (self.button, self.lamp, Heartbeat.asked_for(), *self.home.doors)

    def open_microphone(self) -> FullDuplex:
        """Open the sound card."""
        return FullDuplex(self.settings.microphone, self.settings.loudspeaker)

    def wake_ears(self) -> Ears:
        """Build the ears of the stand-by; they load while it already waits."""
        name = choose_recognizer(self.settings)
        build = build_wake_recognizer(self.settings, self._grammar, name)
        recognizer = Waking(name, build, patient=False)
        own_voice, gain_db = OwnVoice(self.settings.echo), gain_here(self.settings, self.journal)
        return Ears(recognizer, self._grammar, WAKE_ALWAYS, own_voice, recognizer.is_late, gain_db)

    def session_ears(self) -> Ears:
        """Build the ears of a session."""
        return build_ears(self.settings, patient=False, gain_db=gain_here(self.settings, self.journal))

    def speaker(self, microphone: Device) -> Speaker:
        """Build who speaks."""
        return build_speaker(self.settings, microphone.player, self.now().time())

    def stand_by(self, microphone: Device, position: int) -> tuple[StandBy, Coach]:
        """Build the stand-by."""
        kept = self.journal.memory().get(MEMORY, {})
        greets, self._greets = self._greets, False
        waiting = StandBy(
            self.schedule, lambda _now: self.trusted_now(), self.outcomes(), kept, greets=greets
        )
        content, _ = choose_routine(self.settings, None, None)
        speaker = self.speaker(microphone)
        seen = self.home.watch_waiting(waiting, speaker)
        return waiting, self._loop(waiting, content, self.wake_ears(), speaker, microphone, seen, position)

    def session(self, microphone: Device, position: int, routine: str) -> Coach:
        """Build a session that begins at `position`."""
        self.home.starting(routine)
        content, own = choose_routine(self.settings, None, self.settings.own_routine)
        ears = self.session_ears()
        choice = choice_of(self.settings, ears.recognizer, routine if routine != "own" else own)
        session = session_of(content, self.journal, choice, self.now())
        began = self.now() - timedelta(seconds=seconds_of(position))
        diary = Diary(self.journal, began, session)
        speaker = self.speaker(microphone)
        seen: tuple[Observer, ...] = (diary, bell_of(self.settings), *self.home.watch(session, speaker))
        return self._loop(session, content, ears, speaker, microphone, seen, position)

    def _loop(
        self,
        dialogue: Dialogue,
        content: Content,
        ears: Ears,
        speaker: Speaker,
        microphone: Device,
        observers: tuple[Observer, ...],
        position: int,
    ) -> Coach:
        seen = (*observers, self.screen, self.lamp)
        return Coach(dialogue, content, ears, speaker, microphone, seen, self.remember, self.doors, position)

    def remember(self, key: str, value: Any) -> None:
        """Keep something in the journal."""
        self.journal.remember(key, value, self.now())

    def wait_while_muted(self) -> bool:
        """Wait for a press or a signal, with a sign of life meanwhile."""
        self.lamp.is_now("muted")
        self.home.mute()
        self.button.forget()
        seconds = watchdog_seconds()
        while not self.button.came.wait(60.0 if seconds is None else seconds / BEATS):
            notify("WATCHDOG=1")
        self.button.forget()
        self._greets = True
        return True

    def _routine_for_now(self) -> str:
        """Name the routine that a long press starts at this time of the day."""
        return "morning" if self.now().hour < AFTERNOON_HOUR else "evening"

    def outcomes(self) -> Callable[[datetime], Mapping[str, Outcome]]:
        """Give what tells how a day's sessions went, read once a day: in stand-by there are none."""

        @lru_cache(maxsize=1)
        def of_day(day: date) -> Mapping[str, Outcome]:
            return outcomes_of(self.journal, day)

        return lambda here: of_day(here.astimezone(self.schedule.zone).date())


def outcomes_of(journal: Journal, day: date) -> dict[str, Outcome]:
    """Tell how the sessions of a day went, by the time of the day; pain into a leg outweighs all."""
    found: dict[str, Outcome] = {}
    for session in sessions(journal, day, day):
        how = Outcome.DONE if session.ended == "done" else Outcome.STOPPED
        before = found.get(session.time_of_day)
        if before is not Outcome.PAIN:
            found[session.time_of_day] = Outcome.PAIN if session.leg else how
    return found


def tell_state(voice: Voice) -> None:
    """Show what the coach does where `systemctl status` shows it."""
    notify(f"STATUS={voice.replace('_', ' ')}")
