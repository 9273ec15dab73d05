"""The loop: one chunk in, what was heard to the session, and the session's effects carried out.

It decides nothing. The microphone is the clock: a block of sound is first filled with all that falls
due in it, each thing at its own sample, then the microphone gives the same block of the room.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from voicecoach.content.models import Content
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.ears import Utterance as Heeded
from voicecoach.hearing.recognizer import Intent
from voicecoach.session.effects import Adjust, Count, Cue, Effect, Hush, Note, Remember, Say
from voicecoach.session.events import Due, Heard, Lost, NotHeard, OthersTalk, Reason, Restored, Spoken
from voicecoach.session.events import Event as Happening
from voicecoach.session.session import TIMED
from voicecoach.session.states import State
from voicecoach.sound.audio import CHUNK_SAMPLES, samples_of, seconds_of
from voicecoach.sound.ports import Microphone
from voicecoach.speaking.priority import Priority
from voicecoach.speaking.speaker import Speaker, Utterance

Event = dict[str, Any]


class Observer(Protocol):
    """Someone who is told what happens: the event log, the screen, the simulated person."""

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Learn that a prompt will be spoken from `start` to `end` (seconds), unless it is cut."""
        ...

    def happened(self, event: Event) -> None:
        """Learn of an event of the published format, with its `t`."""
        ...


class Door(Protocol):
    """Where someone asks for something otherwise than by voice: a key, a button, another system."""

    def take(self, live: frozenset[str], at: int) -> Sequence[Intent]:
        """Give what was asked for, at once and without waiting.

        `live` names the intents that the session has a row for; `at` is the end of the chunk, in samples.
        """
        ...


class Dialogue(Protocol):
    """Who decides what is wanted: a session, or the stand-by between two sessions."""

    @property
    def state(self) -> object:
        """Where it is; State.ENDED ends the loop."""
        ...

    @property
    def live(self) -> frozenset[str]:
        """The intents that are listened for now."""
        ...

    @property
    def due(self) -> float | None:
        """The next moment at which `Due` is wanted, in seconds."""
        ...

    def open(self, now: float) -> tuple[Effect, ...]:
        """Begin, at `now` (seconds)."""
        ...

    def start(self, routine: str, now: float) -> tuple[Effect, ...]:
        """Begin with a routine."""
        ...

    def handle(self, event: Happening, now: float) -> tuple[Effect, ...]:
        """Take what happened at `now`, and give what is wanted for it."""
        ...


@dataclass(slots=True)
class Coach:
    """All parts of a session, and the loop over them."""

    session: Dialogue
    content: Content
    ears: Ears
    speaker: Speaker
    microphone: Microphone
    observers: tuple[Observer, ...]
    remember: Callable[[str, Any], None]
    """Keeps something about the person for the next session."""
    doors: tuple[Door, ...] = ()
    """Looked into once a chunk."""
    position: int = 0
    """Where the loop is on the sample clock; a session may begin long after its beginning."""
    _trouble: Reason | None = field(default=None, init=False)
    """Why nobody can be heard; None while one can."""

    def run(self, routine: str | None = None) -> None:
        """Live through a whole session, or until the microphone has no more to give.

        With `routine` the session starts by itself; without, it waits for the person to start it.
        """
        now = seconds_of(self.position)
        begin = self.session.open(now) if routine is None else self.session.start(routine, now)
        self._carry_out(begin, self.position)
        while self.session.state is not State.ENDED:
            if not self.step():
                self._hear(self.ears.finish(self.session.live))
                break

    def step(self) -> bool:
        """Live through one chunk; False when the microphone has no more."""
        self._fill(self.position + CHUNK_SAMPLES)
        chunk = self.microphone.read()
        if chunk is None:
            return False
        self.position = chunk.end
        self._notice("device" if chunk.lost else self.ears.trouble)
        self.ears.own_voice.device_delay = self.microphone.delay_samples
        spoke_until = self.speaker.spoke_until(chunk.start)
        self._hear(self.ears.hear(chunk, self.session.live, spoke_until))
        self._be_talked_over()
        for door in self.doors:
            self._hear(door.take(self.session.live, chunk.end))
        return True

    def _notice(self, trouble: Reason | None) -> None:
        """Tell the session when nothing can be heard any more, and when it can again."""
        if trouble == self._trouble:
            return
        self._trouble = trouble
        if trouble == "clipped":
            self.speaker.adjust("volume", -1)  # it may be the coach's own voice that is too loud
        change = Restored() if trouble is None else Lost(trouble)
        self._carry_out(self.session.handle(change, seconds_of(self.position)), self.position)

    # ---- what falls due

    def _fill(self, end: int) -> None:
        """Carry out all that falls due before `end`, each at its own sample."""
        while self.session.state is not State.ENDED:
            moment = self._next_moment()
            if moment is None or moment >= end:
                return
            self._pass(moment)

    def _next_moment(self) -> int | None:
        due, spoken = self.session.due, self.speaker.next_end
        moments = [] if due is None else [max(samples_of(due), self.position)]
        return min(moments if spoken is None else [*moments, spoken], default=None)

    def _pass(self, moment: int) -> None:
        """Let one moment come: words that end there first, then what was due."""
        ended = self.speaker.finished(moment)
        for utterance in ended:
            self._tell_say(utterance, moment)
        at = seconds_of(moment)
        if ended and self.speaker.next_end is None:
            self._carry_out(self.session.handle(Spoken(), at), moment)
        due = self.session.due
        if due is not None and samples_of(due) <= moment:
            self._carry_out(self.session.handle(Due(), max(due, at)), moment)

    # ---- what was heard

    def _hear(self, utterances: Iterable[Heeded]) -> None:
        for heard in utterances:
            span = seconds_between(heard.start, heard.end)
            now = seconds_of(self.position)
            if isinstance(heard, Intent):
                what = {"text": heard.text, "intent": heard.name, "slots": dict(heard.slots)}
                self._tell("heard", {**what, "confidence": round(heard.confidence, 3), **span}, self.position)
                event: Happening = Heard(heard.name, heard.slots)
            elif heard.start < self.ears.quiet_from(self.speaker.spoke_until(heard.start)):
                continue  # a sound over the coach's own words is no attempt at a command
            else:
                self._tell("not_heard", span, self.position)
                event = OthersTalk() if self.ears.is_talk(heard) else NotHeard()
            self._carry_out(self.session.handle(event, now), self.position)

    def _be_talked_over(self) -> None:
        """Be quieter for who speaks into the coach's words; for who was not understood, pause and listen."""
        self.speaker.player.ducked = self.ears.talked_over
        unheeded = self.ears.unheeded
        if unheeded is not None and self.session.state not in TIMED:
            self._tell("not_heard", seconds_between(unheeded.start, unheeded.end), self.position)
            self.speaker.make_room(self.position)

    # ---- what is wanted

    def _carry_out(self, effects: Iterable[Effect], at: int) -> None:
        for effect in effects:
            match effect:
                case Say():
                    self._say(effect, at)
                case Count():
                    self._count(effect.n, at)
                case Cue():
                    self._cue(effect.name, at)
                case Hush():
                    for utterance in self.speaker.silence(at):
                        self._tell_say(utterance, at)
                case Adjust():
                    self.speaker.adjust(effect.what, effect.step)
                case Remember():
                    self.remember(effect.key, effect.value)
                case Note():
                    self._tell(effect.kind, dict(effect.fields), at)

    def _say(self, say: Say, at: int) -> None:
        until = None if say.within_seconds is None else at + samples_of(say.within_seconds)
        forms = [
            (prompt, self.content.text(prompt, **say.values)) for prompt in (say.prompt, say.short) if prompt
        ]
        asked = Priority.ANSWER if say.asked else None
        utterance = self.speaker.say_shortest(forms, at, until, asked)
        for observer in self.observers:
            observer.saying(utterance.prompt, seconds_of(utterance.start), seconds_of(utterance.end))

    def _cue(self, name: str, at: int) -> None:
        if self.speaker.cue(name, at):
            self._tell("cue", {"name": name}, at)

    def _count(self, n: int, at: int) -> None:
        number = f"number.{n}"
        word = " ".join(self.content.text(number)) if self.content.has(number) else str(n)
        if self.speaker.count(word, at):
            self._tell("count", {"n": n}, at)

    # ---- the record

    def _tell_say(self, said: Utterance, at: int) -> None:
        span = {**seconds_between(said.start, said.end), "completed": said.completed}
        self._tell("say", {"prompt": said.prompt, "text": said.text, **span}, at)

    def _tell(self, kind: str, fields: Event, at: int) -> None:
        exact = {key: round(value, 7) if isinstance(value, float) else value for key, value in fields.items()}
        event = {"kind": kind, "t": round(seconds_of(at), 7), **exact}  # a sample is 0.0000625 s
        for observer in self.observers:
            observer.happened(event)


def seconds_between(start: int, end: int) -> Event:
    """Give a span of samples as events tell it."""
    return {"start": seconds_of(start), "end": seconds_of(end)}
