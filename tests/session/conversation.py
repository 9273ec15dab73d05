"""A conversation with a session, by text: what is said goes in as intents, words and time come out."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from voicecoach.content.models import Content
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.session.choice import Past
from voicecoach.session.effects import Count, Cue, Effect, Hush, Note, Remember, Say
from voicecoach.session.events import Due, Event, Heard, NotHeard, Spoken
from voicecoach.session.session import Session
from voicecoach.session.states import QUESTIONS_BEFORE, State

WORDS_A_SECOND = 2.5

MORNING = datetime(2026, 12, 1, 7, 0)  # noqa: DTZ001 - days of one place
DONE_BEFORE = done_this_before(MORNING)
"""Someone who has done this before, without symptoms."""

Reply = tuple[str, dict[str, int]]

REPLIES: dict[State, Reply] = {
    State.RESUME_OFFER: ("yes", {}),
    State.PROFILE: ("no", {}),
    State.PAIN_NOW: ("number", {"score": 2}),
    State.LEG_NOW: ("no", {}),
    State.FLAGS: ("no", {}),
    State.LAST_TIME: ("no", {}),
    State.UP_AN_HOUR: ("yes", {}),
    State.BALL_QUESTION: ("yes", {}),
    State.FLOOR_QUESTION: ("no", {}),
    State.GET_DOWN: ("ready", {}),
    State.READY: ("ready", {}),
    State.REPAIR_OFFER: ("yes", {}),
    State.GET_UP: ("ready", {}),
    State.PAIN_AFTER: ("number", {"score": 2}),
    State.LEG_AFTER: ("no", {}),
}
"""What a person without symptoms says to each question."""


def begin(
    content: Content,
    routine: str = "morning",
    past: Past | None = None,
    replies: dict[State, Reply] | None = None,
    **memory: object,
) -> "Conversation":
    """Start a session of someone who has done this before, and answer until the exercises come."""
    session = Session(content, {**DONE_BEFORE, **memory}, past=past or Past(MORNING))
    talk = Conversation(session, content).open().until_quiet().says("start", routine=routine)
    return talk.answers_questions(replies)


@dataclass
class Conversation:
    """Drives a session along the sample clock; speech takes as long as its words."""

    session: Session
    content: Content
    now: float = 0.0
    speech_ends: float | None = None
    effects: list[tuple[float, Effect]] = field(default_factory=list)

    def open(self) -> "Conversation":
        self._take(self.session.open(self.now))
        return self

    def says(self, intent: str, **slots: str | int) -> "Conversation":
        """The person says something now."""
        self._take(self.session.handle(Heard(intent, slots), self.now))
        return self

    def happens(self, event: Event) -> "Conversation":
        """Something else happens now."""
        self._take(self.session.handle(event, self.now))
        return self

    def mumbles(self) -> "Conversation":
        self._take(self.session.handle(NotHeard(), self.now))
        return self

    def waits(self, seconds: float) -> "Conversation":
        """Let time go by, with all that falls due in it."""
        until = self.now + seconds
        while (moment := self._next()) is not None and moment <= until:
            self._pass(moment)
        self.now = until
        return self

    def until(self, state: State, seconds: float = 1200) -> "Conversation":
        """Let time go by until the session is in `state`."""
        limit = self.now + seconds
        while self.session.state is not state:
            moment = self._next()
            assert moment is not None, f"nothing more happens in {self.session.state}"
            assert moment <= limit, f"still in {self.session.state} after {seconds} s"
            self._pass(moment)
        return self

    def until_quiet(self) -> "Conversation":
        """Let the coach finish its words."""
        while self.speech_ends is not None:
            moment = self._next()
            assert moment is not None
            self._pass(moment)
        return self

    def until_ready(self) -> "Conversation":
        """Let the coach ask for "ready", and say it."""
        return self.until(State.READY).until_quiet().says("ready")

    def answers_questions(self, replies: dict[State, Reply] | None = None) -> "Conversation":
        """Answer what is asked before the exercises, as REPLIES has it where `replies` has nothing else."""
        known = {**REPLIES, **(replies or {})}
        while self.session.state in QUESTIONS_BEFORE and self.session.state in known:
            intent, slots = known[self.session.state]
            self.until_quiet().says(intent, **slots)
        return self

    def to_its_end(self, replies: dict[State, Reply] | None = None) -> "Conversation":
        """Live through the rest with a person who is ready, and answers as REPLIES has it."""
        known = {**REPLIES, **(replies or {})}
        while self.session.state is not State.ENDED:
            if self.session.state in known and self.speech_ends is None:
                intent, slots = known[self.session.state]
                self.says(intent, **slots)
            else:
                moment = self._next()
                assert moment is not None, f"nothing more happens in {self.session.state}"
                self._pass(moment)
        return self

    # ---- what came of it

    def notes(self, kind: str) -> list[dict[str, Any]]:
        return [dict(e.fields) for _, e in self.effects if isinstance(e, Note) and e.kind == kind]

    def prompts(self) -> list[str]:
        return [effect.prompt for _, effect in self.effects if isinstance(effect, Say)]

    def counts(self) -> list[tuple[float, int]]:
        return [(at, effect.n) for at, effect in self.effects if isinstance(effect, Count)]

    def cues(self) -> list[str]:
        return [effect.name for _, effect in self.effects if isinstance(effect, Cue)]

    def remembered(self) -> dict[str, Any]:
        return {e.key: e.value for _, e in self.effects if isinstance(e, Remember)}

    # ---- the clock

    def _next(self) -> float | None:
        moments = [at for at in (self.session.due, self.speech_ends) if at is not None]
        return min(moments, default=None)

    def _pass(self, moment: float) -> None:
        self.now = max(moment, self.now)
        if self.speech_ends is not None and self.speech_ends <= self.now:
            self.speech_ends = None
            self._take(self.session.handle(Spoken(), self.now))
        if self.session.due is not None and self.session.due <= self.now:
            self._take(self.session.handle(Due(), self.now))

    def _take(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            self.effects.append((self.now, effect))
            if isinstance(effect, Hush):
                self.speech_ends = None
            if isinstance(effect, Say):
                words = " ".join(self.content.text(effect.prompt, **effect.values)).split()
                begins = max(self.now, self.speech_ends or 0.0)
                self.speech_ends = begins + len(words) / WORDS_A_SECOND
