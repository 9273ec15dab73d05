"""What one session knows of its person: their answers today, what is remembered, and what comes of it.

It decides no state; it keeps facts, and gathers what is to be noted and remembered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from voicecoach.content.models import Content
from voicecoach.session.choice import BrokenOff, Choice, Past
from voicecoach.session.course import Course
from voicecoach.session.effects import Effect, Note, Remember
from voicecoach.session.events import Reason
from voicecoach.session.ladder import climb, descend, key_of, rose, rung_of
from voicecoach.session.plan import Dose
from voicecoach.session.sides import Sides
from voicecoach.session.states import State

PROFILE = ("pregnant", "operated", "osteoporosis", "told_not_to")
"""What is asked at the first use: ask a clinician first in pregnancy, after surgery or a fracture of hip or
back, with osteoporosis (NIA Go4Life; common exclusions of exercise trials), and whoever was told not to."""


@dataclass(slots=True)
class Today:
    """The facts of one session."""

    content: Content
    memory: dict[str, Any]
    choice: Choice
    past: Past

    course: Course = field(default_factory=Course, init=False)
    doses: dict[str, Dose] = field(default_factory=dict, init=False)
    """How much of each exercise is being done, by its family."""
    sides: Sides = field(default_factory=Sides, init=False)
    routine: str = field(default="", init=False)
    going_on: BrokenOff | None = field(default=None, init=False)
    """The broken-off session that this one goes on with."""
    answered: list[State] = field(default_factory=list, init=False)
    """The questions of the beginning that were answered, the last one last."""
    pain: int | None = field(default=None, init=False)
    """0-10 before the exercises; None until it was told."""
    pain_then: int | None = field(default=None, init=False)
    """The same before the last session."""
    leg: bool | None = field(default=None, init=False)
    worse_since: bool = field(default=False, init=False)
    """Whether the person says that it was worse after the last time."""
    soon_after_getting_up: bool = field(default=False, init=False)
    easier: bool = field(default=False, init=False)
    """Whether today is made easier: more pain than before the last session, or anything in a leg."""
    hurt_last_time: frozenset[str] = field(default=frozenset(), init=False)
    """The exercises that were followed by a pain phrase in the last session."""
    pain_after: int | None = field(default=None, init=False)
    """The last pain that was told since the exercises began."""
    just_told: bool = field(default=False, init=False)
    """Whether that was told a moment ago, after the last movement."""
    eased: set[str] = field(default_factory=set, init=False)
    """Exercises that were made easier by voice today; they do not count for the ladder."""
    begun: bool = field(default=False, init=False)
    """Whether the session is in the record."""
    over: bool = field(default=False, init=False)
    """Whether the exercises are over for this session, whatever is said from now on."""
    stair: int = field(default=0, init=False)
    """Which step of getting down or up is being taken, from 1."""
    repaired: set[str] = field(default_factory=set, init=False)
    """Exercises whose sides were asked about."""
    deaf_by: Reason = field(default="device", init=False)
    """Why nobody was heard when it last was so."""
    effects: list[Effect] = field(default_factory=list, init=False)
    """What is to be noted and remembered, until whoever moves the session takes it."""

    # ---- what is known

    @property
    def day(self) -> str:
        """The day, as it is remembered."""
        return self.past.now.date().isoformat()

    @property
    def last(self) -> dict[str, Any]:
        """What is remembered of the session before this one; empty at the first."""
        return self.memory.get("last") or {}

    @property
    def hurt_today(self) -> frozenset[str]:
        """The exercises that were followed by a pain phrase today, in this session or an earlier one."""
        kept = self.memory.get("off") or {}
        return frozenset(kept.get("exercises", ())) if kept.get("day") == self.day else frozenset()

    @property
    def asked_first(self) -> bool:
        """Whether a clinician has to be asked, and was not yet said to have agreed."""
        told = any(self.memory.get(f"profile.{question}") for question in PROFILE)
        return told and not self.memory.get("profile.cleared")

    @property
    def open_profile(self) -> str | None:
        """The first question about the person that was never answered."""
        return next((one for one in PROFILE if f"profile.{one}" not in self.memory), None)

    def name(self, exercise: str) -> str:
        """Give an exercise's spoken name."""
        return self.content.exercises[exercise].name

    # ---- what is kept

    def remember(self, key: str, value: Any) -> None:
        """Keep something for later sessions."""
        self.memory[key] = value
        self.effects.append(Remember(key, value))

    def settle_question(self, state: State) -> None:
        """Keep that a question of the beginning was answered, just now."""
        self.answered = [*(other for other in self.answered if other is not state), state]

    def note(self, kind: str, **fields: Any) -> None:
        """Put an event into the record."""
        self.effects.append(Note(kind, fields))

    def note_session(self, action: str) -> None:
        """Put into the record that the session began or ended."""
        who = {"lang": self.content.language, "recognizer": self.choice.recognizer}
        resumes = {"resumes": self.going_on.session} if action == "start" and self.going_on else {}
        self.note("session", action=action, routine=self.routine, **who, **resumes)

    def note_exercise(self, family: str, action: str, reason: str | None) -> None:
        """Put into the record that an exercise began or came to one of its ends."""
        self.note("exercise", name=family, action=action, reason=reason)

    def begin(self) -> None:
        """Put the session, and what was told before it, into the record; once."""
        if self.begun:
            return
        self.begun, self.routine = True, self.routine or self.choice.routine
        self.note_session("start")
        if self.pain is not None or self.leg is not None:
            self.note("pain", when="before", score=self.pain, leg=self.leg)

    # ---- the ladder

    def judge(self) -> None:
        """Tell from the answers whether today is made easier."""
        self.pain_then = self.last.get("before")
        risen = rose(self.pain_then, self.pain)
        self.easier = bool(self.leg) or self.worse_since or risen
        self.hurt_last_time = frozenset(self.last.get("hurt", ()))

    def settle(self) -> None:
        """Let what was done last time climb its ladder or go down, now that it is known how it went."""
        last = self.last
        worse = self.easier or last.get("leg") or rose(last.get("before"), last.get("after"))
        for family in self._known(last.get("done", ())):
            exercise = self.content.exercises[family]
            rung = rung_of(exercise, self.memory)
            after = descend(rung) if worse else climb(rung, len(exercise.levels))
            self.remember(key_of(family), after.kept)
        kept = {"day": self.day, "before": self.pain, "after": None, "leg": bool(self.leg)}
        self.remember("last", {**kept, "done": [], "hurt": []})

    def keep_done(self, family: str) -> None:
        """Keep that an exercise was done to its end, for the next session to judge."""
        done = [other for other in self.last.get("done", ()) if other != family]
        counts = [family] if family not in self.eased | self.hurt_today else []
        self.remember("last", {**self.last, "done": [*done, *counts]})

    def keep_hurt(self, family: str) -> None:
        """Keep that an exercise was followed by a pain phrase: off for today, a step down, marked."""
        hurt = [*self.last.get("hurt", ()), family]
        done = [other for other in self.last.get("done", ()) if other != family]
        self.remember("last", {**self.last, "done": done, "hurt": hurt})
        self.remember("off", {"day": self.day, "exercises": sorted({*self.hurt_today, family})})
        rung = descend(rung_of(self.content.exercises[family], self.memory))
        self.remember(key_of(family), rung.kept)

    def keep_pain(self, when: str, score: int | None, leg: bool | None, *, takes_back: bool = False) -> None:
        """Keep how strong the pain is, or that it goes into a leg; `takes_back`: the last score was wrong."""
        self.note("pain", when=when, score=score, leg=leg, takes_back=takes_back)
        if score is not None or takes_back:
            self.pain_after = score
        self.just_told = score is not None
        after = {"after": self.pain_after, "leg": bool(leg or self.last.get("leg"))}
        if self.begun:
            self.remember("last", {**self.last, **after})

    def _known(self, families: Iterable[str]) -> list[str]:
        return [family for family in families if family in self.content.exercises]
