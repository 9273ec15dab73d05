"""The stand-by between sessions: waits for the wake phrase, reminds gently, sleeps, and is muted honestly.

Pure, and driven by the same loop as a session. It has the session's manner: a table of what leads where,
and what is listened for is what has a row. It starts no session by itself: it ends with a wish.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from voicecoach.home.schedule import Answer, Memory, Outcome, Reminder, Schedule
from voicecoach.session.effects import Cue, Effect, Hush, Note, Remember, Say
from voicecoach.session.events import Due, Event, Heard, Lost, NotHeard, OthersTalk, Restored, Spoken
from voicecoach.session.states import State

TICK_SECONDS = 1.0
"""How often the schedule is asked."""
ANSWER_SECONDS = 15.0
"""How long an answer to a reminder needs no wake word,"""
SURE_SECONDS = 8.0
"""and how long "are you sure?" waits; silence is never consent."""
MEMORY = "home"
"""Under this key the stand-by keeps what it must know after a restart."""


class Place(Enum):
    """Where the stand-by can be."""

    WAITING = "waiting"
    REMINDED = "reminded"
    """A reminder was spoken, and answers need no wake word."""
    ASLEEP = "asleep"
    """Only "listen again" is heard, and nothing is reminded of."""
    MUTE_QUESTION = "mute_question"
    MUTING = "muting"
    """It says that it will not hear any more."""


P = Place

_ANYWHERE: dict[str, Place | State] = {
    "start": State.ENDED,
    "sleep": P.ASLEEP,
    "awake": P.WAITING,
    "mute": P.MUTE_QUESTION,
    "quiet": P.WAITING,
    "not_now": P.WAITING,
    "later": P.WAITING,
    "not_today": P.WAITING,
}

TRANSITIONS: dict[tuple[Place, str], Place | State] = {
    **{(P.WAITING, intent): target for intent, target in _ANYWHERE.items()},
    **{(P.REMINDED, intent): target for intent, target in _ANYWHERE.items()},
    (P.REMINDED, "answer_yes"): State.ENDED,
    (P.REMINDED, "answer_no"): P.WAITING,
    (P.REMINDED, "answer_not_now"): P.WAITING,
    (P.REMINDED, "answer_later"): P.WAITING,
    (P.REMINDED, "answer_not_today"): P.WAITING,
    (P.REMINDED, "silence"): P.WAITING,
    (P.ASLEEP, "awake"): P.WAITING,
    (P.MUTE_QUESTION, "answer_yes"): P.MUTING,
    (P.MUTE_QUESTION, "answer_no"): P.WAITING,
    (P.MUTE_QUESTION, "silence"): P.WAITING,
    (P.MUTING, "over"): State.ENDED,
}
"""What leads where. `silence` and `over` are triggers; all others are intents of grammars/standby."""

SAYS: dict[tuple[Place, str], str] = {
    (P.WAITING, "awake"): "home.awake",
    (P.REMINDED, "awake"): "home.awake",
    (P.ASLEEP, "awake"): "home.awake",
    (P.WAITING, "sleep"): "home.asleep",
    (P.REMINDED, "sleep"): "home.asleep",
    (P.WAITING, "mute"): "home.mute_question",
    (P.REMINDED, "mute"): "home.mute_question",
    (P.MUTE_QUESTION, "answer_yes"): "home.muted",
    (P.MUTE_QUESTION, "answer_no"): "home.not_muted",
    (P.MUTE_QUESTION, "silence"): "home.not_muted",
}
"""What is said on the way."""

ANSWERS = {
    **dict.fromkeys(("not_now", "answer_not_now", "answer_no"), Answer.NOT_NOW),
    **dict.fromkeys(("later", "answer_later"), Answer.LATER),
    **dict.fromkeys(("not_today", "answer_not_today"), Answer.NOT_TODAY),
}
"""Intents that answer a reminder, also one that was a while ago."""

WAITS = {P.REMINDED: ANSWER_SECONDS, P.MUTE_QUESTION: SURE_SECONDS}
"""Seconds of silence after the words, after which the trigger `silence` follows."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the stand-by ended for: a routine to start, or the microphone to be closed."""

    routine: str | None = None
    mute: bool = False


@dataclass(slots=True)
class StandBy:
    """One wait, from a session's end to the next wish."""

    schedule: Schedule
    wall: Callable[[float], datetime | None]
    """Gives the wall time at a moment of the sample clock; None while nobody can know it, as before NTP."""
    today: Callable[[datetime], Mapping[str, Outcome]]
    """Tells how the sessions of this day went."""
    kept: Mapping[str, Any] = field(default_factory=dict)
    """What was kept under MEMORY."""
    greets: bool = False
    """Whether it says that it is there."""
    wish: Wish | None = field(default=None, init=False)
    state: Place | State = field(default=P.WAITING, init=False)
    _memory: Memory = field(init=False)
    _reminder: Reminder | None = field(default=None, init=False)
    """The latest one, which answers are meant for."""
    _speaking: bool = field(default=False, init=False)
    _quiet_since: float = field(default=0.0, init=False)
    _next_tick: float = field(default=0.0, init=False)
    _out: list[Effect] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self._memory = Memory.of(self.kept.get("told", {}))
        if self.kept.get("asleep"):
            self.state = P.ASLEEP

    # ---- what may be asked

    @property
    def live(self) -> frozenset[str]:
        """The intents that are listened for now."""
        return frozenset(key for place, key in TRANSITIONS if place is self.state) - {"silence", "over"}

    @property
    def due(self) -> float | None:
        """The next moment at which `Due` is wanted, in seconds."""
        if self.state is P.MUTING or self._speaking:
            return None
        wait = WAITS.get(self.state) if isinstance(self.state, Place) else None
        return self._next_tick if wait is None else self._quiet_since + wait

    # ---- what happens

    def open(self, now: float) -> tuple[Effect, ...]:
        """Begin to wait."""
        self._next_tick = now
        self._note(self.state, "open")
        if self.greets:
            self._say("home.hello")
        return self._take()

    def start(self, routine: str, now: float) -> tuple[Effect, ...]:
        """Wish a routine without having been asked by voice: the button."""
        return self.handle(Heard("start", {"routine": routine}), now)

    def handle(self, event: Event, now: float) -> tuple[Effect, ...]:
        """Take one event that happened at `now` (seconds) and return what is wanted for it.

        What is not understood is no reason to speak.
        """
        match event:
            case Heard():
                self._hear(event, now)
            case Spoken():
                self._speaking, self._quiet_since = False, now
                if self.state is P.MUTING:
                    self.wish = Wish(mute=True)
                    self._go("over")
            case Due():
                self._keep_time(now)
            case Lost():
                self._out.append(Note("microphone", {"action": "lost"}))
            case Restored():
                self._out.append(Note("microphone", {"action": "restored"}))
                self._say("home.hear_again")
            case NotHeard() | OthersTalk():
                pass
        return self._take()

    def _take(self) -> tuple[Effect, ...]:
        wanted, self._out = tuple(self._out), []
        return wanted

    # ---- hearing

    def _hear(self, heard: Heard, now: float) -> None:
        if not isinstance(self.state, Place) or (self.state, heard.intent) not in TRANSITIONS:
            return
        self._out += [Hush(), Cue("heard")]
        self._speaking = False
        answer = ANSWERS.get(heard.intent)
        if answer is not None:
            self._answer(answer, int(heard.slots.get("minutes", 10)), now)
        if heard.intent == "start":
            self.wish = Wish(str(heard.slots["routine"]))
        if heard.intent == "answer_yes" and self._reminder is not None and self.state is P.REMINDED:
            self.wish = Wish(self._reminder.slot)
        self._go(heard.intent)

    def _answer(self, answer: Answer, minutes: int, now: float) -> None:
        here = self.wall(now)
        if here is None or (self._reminder is None and answer is not Answer.NOT_TODAY):
            self._say("home.nothing_due")
            return
        local = here.astimezone(self.schedule.zone)
        reminder = self._reminder or Reminder("", f"{local.date()}/", last=False, morning=None)
        self._memory = self._memory.answered(reminder, answer, here, minutes)
        self._keep()
        self._say(f"home.{answer.value}", minutes=minutes)

    # ---- time

    def _keep_time(self, now: float) -> None:
        if self.state in WAITS:
            self._go("silence")
        self._next_tick = now + TICK_SECONDS
        here = self.wall(now)
        if self.state is not P.WAITING or here is None:
            return
        reminder = self.schedule.due(here, self._memory.told, self.today(here))
        if reminder is not None:
            self._remind(reminder, here)

    def _remind(self, reminder: Reminder, here: datetime) -> None:
        self._reminder, self.state = reminder, P.REMINDED
        self._memory = self._memory.reminded(reminder, here)
        self._keep()
        self._note(self.state, "reminder")
        self._out.append(Cue("heard"))
        self._say(f"home.remind_{reminder.slot}")
        if reminder.slot == "evening":
            self._say(f"home.morning_{reminder.morning.value if reminder.morning else 'none'}")
        self._say("home.answers_last" if reminder.last else "home.answers")

    # ---- moving

    def _go(self, trigger: str) -> None:
        if not isinstance(self.state, Place):
            return
        words = SAYS.get((self.state, trigger))
        before, self.state = self.state, TRANSITIONS[self.state, trigger]
        self._note(before, trigger)
        if P.ASLEEP in (before, self.state):
            self._keep()
        if words:
            self._say(words)

    def _say(self, prompt: str, **values: str | int) -> None:
        self._out.append(Say(prompt, values))
        self._speaking = True

    def _keep(self) -> None:
        kept = {"told": self._memory.plain(), "asleep": self.state is P.ASLEEP}
        self._out.append(Remember(MEMORY, kept))

    def _note(self, before: Place | State, trigger: str) -> None:
        self._out.append(Note("standby", {"from": before.value, "to": self.state.value, "trigger": trigger}))
