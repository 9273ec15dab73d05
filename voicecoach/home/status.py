"""What others may know of a session: one immutable value, put in one place by the coach's own thread.

The loop only ever assigns `Board.status`. Whoever wants to know reads it when they like: no lock, no
call-back and no queue on the way out, so nobody who reads can hold the loop up. This module knows
neither network nor clock.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from voicecoach.home.standby import Place, StandBy
from voicecoach.session.plan import WORK, Side
from voicecoach.session.session import Session
from voicecoach.session.states import State
from voicecoach.session.table import SAFETY
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ
from voicecoach.speaking.speaker import Speaker

AWAY = "away"
"""The state while there is no session."""
STARTING = "starting"
"""The state from a start until its session is there: the sound card and the listener take a moment."""
MUTED = "muted"
"""The state while stand-by has closed its microphone."""

CHUNK_SECONDS = CHUNK_SAMPLES / RATE_HZ

Voice = Literal["listening", "speaking", "asleep", "muted", "cannot_hear"]

PAINFUL: Mapping[str, str] = {
    **dict.fromkeys(("profile", "ask_first", "confirm_cleared", "pain_now", "leg_now", "flags"), "question"),
    **dict.fromkeys(
        ("last_time", "pain_leg", "pain_score", "pain_offer", "pain_after", "leg_after"), "question"
    ),
    **dict.fromkeys(("alarm", "leg_end", "safe_end", "stuck"), State.CLOSING.value),
}
"""States that tell of pain, and what is told instead where pain is nobody's business."""

ALARMS: Mapping[tuple[str, str], str] = {
    ("state", "pain"): "pain",
    ("state", "numb"): "leg",
    ("alarm", "red_flag"): "red_flag",
    ("alarm", "cannot_get_up"): "cannot_get_up",
    ("state", "safe_end"): "no_answer",
    ("microphone", "given_up"): "no_answer",
    ("microphone", "lost"): "cannot_hear",
}
"""Events that someone in the house may want to know of at once: kind and word, and the alarm's name."""
PAINFUL_ALARMS = ("pain", "leg", "red_flag", "cannot_get_up")


@dataclass(frozen=True, slots=True)
class Tally:
    """How much of one exercise was done on one side."""

    exercise: str
    side: Side | None
    done: int
    asked: int


@dataclass(frozen=True, slots=True)
class Status:
    """All that is known at one moment. Moments are seconds on the sample clock."""

    state: str = AWAY
    """A state of session/table.py, a place of the stand-by, 'away', 'starting' or 'muted' without either, or
    'question' in place of a painful state."""
    routine: str | None = None
    exercise: str | None = None
    side: Side | None = None
    repetition: int | None = None
    repetitions: int | None = None
    """How many are asked for in this set."""
    ends: float | None = None
    """When what is done now is over; None where words or the person decide."""
    voice: Voice = "muted"
    pain: int | None = None
    """The last score told in this session, 0 to 10."""
    alarm: str | None = None
    """The latest alarm of this session, one of ALARMS' names."""
    alarms: int = 0
    """How many there were: a reader sees by it that there is a new one."""
    tallies: tuple[Tally, ...] = ()
    live: frozenset[str] = frozenset({"start"})
    """The intents that mean something now."""

    def seconds_left(self, now: float) -> float | None:
        """Tell how long this lasts from `now` on; None where nobody can know."""
        return None if self.ends is None else max(0.0, self.ends - now)

    def count_left(self, now: float) -> int | None:
        """Tell it in whole seconds, as one counts down; `now` may be a chunk old."""
        left = self.seconds_left(now)
        return None if left is None else math.ceil(left - CHUNK_SECONDS)

    def discreet(self) -> "Status":
        """Give the same without a word about pain."""
        known = self.alarm if self.alarm not in PAINFUL_ALARMS else None
        return replace(self, state=PAINFUL.get(self.state, self.state), pain=None, alarm=known)


class Board:
    """Where the coach puts what is true now, and everyone else looks."""

    def __init__(self) -> None:
        """Begin without a session."""
        self.status = Status()
        self.now = 0.0
        """Where the session is on the sample clock, in seconds; a chunk old at most."""

    def watch(self, session: Session, speaker: Speaker) -> "Watcher":
        """Give the observer of one session, which tells from its first event on."""
        return Watcher(self, session, speaker)

    def watch_waiting(self, standby: StandBy, speaker: Speaker) -> "Waiter":
        """Give the observer of one stand-by, and tell at once where it is."""
        return Waiter(self, standby, speaker)

    def starting(self, routine: str) -> None:
        """Tell that a session was asked for and is not there yet.

        What must never wait may be asked for already, and is taken when the session begins.
        """
        self.status = Status(state=STARTING, routine=routine, live=frozenset(SAFETY))

    def clear(self) -> None:
        """Tell that the session is over."""
        self.status = Status()

    def mute(self) -> None:
        """Tell that no microphone is open, so that nothing can be asked for."""
        self.status = Status(state=MUTED, live=frozenset())


@dataclass(slots=True)
class Watcher:
    """An Observer of the coach: after each event it puts a new Status on the board."""

    board: Board
    session: Session
    speaker: Speaker
    _done: Counter[tuple[str, Side | None]] = field(default_factory=Counter, init=False)
    _pain: int | None = field(default=None, init=False)
    _alarm: str | None = field(default=None, init=False)
    _alarms: int = field(default=0, init=False)

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Notice that the coach speaks."""
        del prompt, start, end
        self._post()

    def happened(self, event: dict[str, Any]) -> None:
        """Fold an event in."""
        kind = event["kind"]
        if kind in ("hold", "move") and event["completed"]:
            self._done[event["exercise"], event["side"]] += 1
        if kind == "pain":
            self._pain = event["score"]
        for word in (event.get(key) for key in ("trigger", "to", "action", "reason")):
            if alarm := ALARMS.get((kind, str(word))):
                self._alarm, self._alarms = alarm, self._alarms + 1
        self._post()

    def _post(self) -> None:
        session, course = self.session, self.session.course
        step = course.step
        asked = self._asked()
        self.board.status = Status(
            state=session.state.value,
            routine=session.routine or None,
            exercise=course.family,
            side=step.side if step else None,
            repetition=step.rep if step and step.state in (*WORK, State.MOVING, State.RETURNING) else None,
            repetitions=asked[step.family, step.side, step.set] if step else None,
            ends=session.ends,
            voice=self._voice(),
            pain=self._pain,
            alarm=self._alarm,
            alarms=self._alarms,
            tallies=self._tallies(asked),
            live=session.live,
        )

    def _voice(self) -> Voice:
        if self.session.state is State.CANNOT_HEAR:
            return "cannot_hear"
        return "speaking" if self.speaker.next_end is not None else "listening"

    def _asked(self) -> Counter[tuple[str, Side | None, int]]:
        off = self.session.course.off
        work = (s for s in self.session.course.steps if s.state in WORK and s.family not in off)
        return Counter((step.family, step.side, step.set) for step in work)

    def _tallies(self, asked: Counter[tuple[str, Side | None, int]]) -> tuple[Tally, ...]:
        total: Counter[tuple[str, Side | None]] = Counter()
        for (exercise, side, _), count in asked.items():
            total[exercise, side] += count
        return tuple(Tally(*what, self._done[what], count) for what, count in total.items())


@dataclass(slots=True)
class Waiter:
    """An Observer of the stand-by: after each event it puts a new Status on the board."""

    board: Board
    standby: StandBy
    speaker: Speaker
    _lost: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self._post()

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Notice that the coach speaks."""
        del prompt, start, end
        self._post()

    def happened(self, event: dict[str, Any]) -> None:
        """Fold an event in."""
        if event["kind"] == "microphone":
            self._lost = event["action"] == "lost"
        self._post()

    def _post(self) -> None:
        place = self.standby.state
        if isinstance(place, Place):
            self.board.status = Status(state=place.value, voice=self._voice(), live=self.standby.live)

    def _voice(self) -> Voice:
        if self._lost:
            return "cannot_hear"
        if self.speaker.next_end is not None:
            return "speaking"
        return "asleep" if self.standby.state is Place.ASLEEP else "listening"
