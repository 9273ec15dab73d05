"""The machine: looks a row up in the table, moves, and returns what entering the new state wants.

`handle(event, now)` is the only way in. Between events nothing happens by itself: `due` names the
next moment at which the session wants to be told `Due`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from voicecoach.content.models import Content
from voicecoach.session.answers import ANSWERING, Situation
from voicecoach.session.course import Course
from voicecoach.session.effects import Adjust, Cue, Effect, Hush, Note, Remember, Say
from voicecoach.session.entering import Entrance, enter
from voicecoach.session.events import Due, Event, Heard, Lost, NotHeard, Restored, Spoken
from voicecoach.session.opening import Choice, missing, open_course
from voicecoach.session.plan import Step
from voicecoach.session.table import ASKING, GUIDED, SAYS, SILENCES, TRANSITIONS, State, live_intents

TIMED = (State.LEAD_IN, State.HOLD, State.ALTERNATE)
"""States that end at their second, whatever is being said."""

PACED = (State.MOVING, State.RETURNING, State.REST, State.CHANGE_SIDE)
"""States whose length the person may make shorter or longer; a hold keeps its seconds."""
PACE_STEP = 1.25
PACES = (0.64, 1.6)
"""The quickest and the calmest."""

SAFETY_QUESTIONS = (State.PAIN_LEG, State.PAIN_SCORE, State.PAIN_OFFER)

MISSES_ALLOWED = 3
"""How often a question may be answered with something that is no answer."""

INSTANT_SECONDS = 1e-6
"""Two moments closer than this are one."""


@dataclass(slots=True)
class Session:
    """One session with one person, from the welcome to the closing words."""

    content: Content
    memory: dict[str, Any] = field(default_factory=dict)
    """What is known of the person; whoever carries out `Remember` keeps it."""
    choice: Choice = field(default_factory=Choice)

    state: State = field(default=State.ENDED, init=False)
    course: Course = field(default_factory=Course, init=False)
    routine: str = field(default="", init=False)
    """The routine being done; empty before the start."""

    _interrupted: State = field(default=State.IDLE, init=False)
    _lost_in: State = field(default=State.IDLE, init=False)
    """Where the microphone was lost."""
    _entered: float = field(default=0.0, init=False)
    _until: float = field(default=0.0, init=False)
    _agenda: list[tuple[float, Effect]] = field(default_factory=list, init=False)
    _speaking: bool = field(default=False, init=False)
    _quiet_since: float = field(default=0.0, init=False)
    _misses: int = field(default=0, init=False)
    _pace: float = field(default=1.0, init=False)
    _last_said: list[Say] = field(default_factory=list, init=False)
    _out: list[Effect] = field(default_factory=list, init=False)

    # ---- what may be asked

    @property
    def live(self) -> frozenset[str]:
        """The intents that are listened for now."""
        return live_intents(self.state)

    @property
    def due(self) -> float | None:
        """The next moment at which `Due` is wanted, in seconds; None while only events count."""
        moments = [at for at, _ in self._agenda[:1]]
        if self._ends_by_itself():
            moments.append(self._until)
        silence = self._silence_due()
        return min(moments if silence is None else [*moments, silence], default=None)

    @property
    def ends(self) -> float | None:
        """When what is done now is over, in seconds; None where words or the person decide."""
        timed = self.state in (*TIMED, *PACED) and self._until > self._entered
        return self._until if timed else None

    # ---- what happens

    def open(self, now: float) -> tuple[Effect, ...]:
        """Begin to listen for a start, and say how to start."""
        self._enter(State.IDLE, "open", now)
        return self._take()

    def start(self, routine: str, now: float) -> tuple[Effect, ...]:
        """Start a routine without having been asked by voice."""
        self.state = State.IDLE
        return self.handle(Heard("start", {"routine": routine}), now)

    def handle(self, event: Event, now: float) -> tuple[Effect, ...]:
        """Take one event that happened at `now` (seconds) and return what is wanted for it."""
        match event:
            case Heard():
                self._hear(event, now)
            case NotHeard():
                self._mishear(now)
            case Lost():
                self._change_microphone("lost", now)
            case Restored():
                self._change_microphone("restored", now)
            case Spoken():
                self._speaking, self._quiet_since = False, now
                self._end_if_over(now)
            case Due():
                self._keep_appointments(now)
        return self._take()

    def _take(self) -> tuple[Effect, ...]:
        wanted, self._out = tuple(self._out), []
        return wanted

    def _say(self, *says: Say) -> None:
        self._out += says
        self._speaking = self._speaking or bool(says)

    # ---- hearing

    def _hear(self, heard: Heard, now: float) -> None:
        target = TRANSITIONS.get((self.state, heard.intent))
        if target is None:
            self._out.append(Cue("not_understood"))
            self._say(Say("answer.cannot_now"), Say(f"help.{self.state.value}"))
            return
        self._misses, self._quiet_since = 0, now
        if target is self.state and heard.intent in ANSWERING:
            self._answer(heard.intent)
            return
        self._out += [Hush(), Cue("heard")]
        self._speaking = False
        self._keep(heard)
        self._move(target, heard.intent, now, heard)

    def _answer(self, intent: str) -> None:
        self._out.append(Cue("heard"))
        answer = ANSWERING[intent](Situation(self.content, self.state, self.course))
        says = [effect for effect in answer if isinstance(effect, Say)]
        for effect in answer:
            if isinstance(effect, Adjust) and effect.what == "pace":
                self._pace = min(max(self._pace * PACE_STEP**-effect.step, PACES[0]), PACES[1])
            elif isinstance(effect, Adjust):
                self._out.append(effect)
        if intent in ("repeat", "slower_speech"):
            says += self._last_said
        else:
            self._last_said = says or self._last_said
        self._say(*says)

    def _keep(self, heard: Heard) -> None:
        """Keep the answers that matter later."""
        if self.state is State.BALL_QUESTION and heard.intent in ("yes", "no"):
            self._remember("has_ball", heard.intent == "yes")
            self.course.off |= missing(self.content, self.memory)
        if self.state is State.PAIN_SCORE and heard.intent == "number":
            self._out.append(Note("pain", {"when": "during", "score": heard.slots["score"], "leg": False}))

    def _remember(self, key: str, value: Any) -> None:
        self.memory[key] = value
        self._out.append(Remember(key, value))

    def _mishear(self, now: float) -> None:
        self._out.append(Cue("not_understood"))
        if self.state not in SILENCES or self._speaking:
            return
        self._misses, self._quiet_since = self._misses + 1, now
        if self.state in ASKING and self._misses >= MISSES_ALLOWED:
            self._move(TRANSITIONS[self.state, "silence"], "silence", now)
        elif self._misses == 1:
            self._say(Say("not_understood.short"), *self._question())
        elif self._misses == len(("short", "help")):
            self._say(Say(f"help.{self.state.value}"))

    def _question(self) -> list[Say]:
        return [Say(prompt) for prompt in SAYS.get(self.state, ()) if self.state in ASKING]

    # ---- the microphone

    def _change_microphone(self, action: str, now: float) -> None:
        """Learn that the microphone was lost or restored."""
        target = TRANSITIONS.get((self.state, action))
        if target is None:
            return
        self._note("microphone", {"action": action})
        self._out.append(Hush())
        self._speaking = False
        self._move(target, action, now)

    # ---- time

    def _ends_by_itself(self) -> bool:
        return (self.state, "over") in TRANSITIONS and (self.state in TIMED or not self._speaking)

    def _keep_appointments(self, now: float) -> None:
        while self._agenda and self._agenda[0][0] <= now + INSTANT_SECONDS:
            self._carry_out(self._agenda.pop(0)[1])
        silence = self._silence_due()
        if silence is not None and silence <= now + INSTANT_SECONDS:
            self._fall_silent(now)
        else:
            self._end_if_over(now)

    def _carry_out(self, effect: Effect) -> None:
        if isinstance(effect, Say):
            self._say(effect)
        else:
            self._out.append(effect)

    def _end_if_over(self, now: float) -> None:
        if self._ends_by_itself() and self._until <= now + INSTANT_SECONDS:
            self._move(TRANSITIONS[self.state, "over"], "over", now)

    def _silence_due(self) -> float | None:
        ladder = SILENCES.get(self.state)
        if ladder is None or self._speaking:
            return None
        return self._quiet_since + ladder[min(self._misses, len(ladder) - 1)]

    def _fall_silent(self, now: float) -> None:
        self._misses, self._quiet_since = self._misses + 1, now
        if self._misses >= len(SILENCES[self.state]):
            if self.state is State.CANNOT_HEAR:
                self._note("microphone", {"action": "given_up"})
                self._say(Say("device.gave_up"))
            self._move(TRANSITIONS[self.state, "silence"], "silence", now)
        elif self.state in SAFETY_QUESTIONS:
            self._say(Say("pain.ask_again"), *self._question())
        elif self.state is State.CANNOT_HEAR:
            self._say(Say("device.cannot_hear"))
        elif self.state is State.PAUSED:
            self._say(Say("pause.still"))
        elif self._misses == 1:
            self._say(Say("no_input.short"), *self._question())
        else:
            self._say(Say(f"help.{self.state.value}"))

    # ---- moving

    def _move(self, target: State, trigger: str, now: float, heard: Heard | None = None) -> None:
        self._note_span(now)
        if target is State.PAUSED and self.state not in (State.PAUSED, State.CANNOT_HEAR):
            self._interrupted = self.state
        if trigger == "lost":
            self._lost_in = self.state
        if trigger in ("pain", "numb"):
            self._leave_out(trigger)
        choose: dict[State, Callable[[], State]] = {
            State.BEGIN: lambda: self._begin(heard),
            State.STEP: lambda: self._live_in(self.course.advance()),
            State.LEAVE: lambda: self._leave(trigger),
            State.BACK: lambda: self._live_in(self.course.back()),
            State.RETURN: self._return,
            State.RESTORE: self._restored,
            State.OFFER: lambda: State.PAIN_OFFER if self.course.following else State.CLOSING,
        }
        state = choose[target]() if target in choose else target
        self._enter(state, trigger, now)

    def _begin(self, heard: Heard | None) -> State:
        wanted = str(heard.slots.get("routine", self.choice.routine)) if heard else self.choice.routine
        if wanted not in self.content.routines:
            self._say(Say("answer.cannot_now"))
            return State.IDLE
        self.routine = wanted
        self._note_session("start")
        self.course, needs_ball = open_course(self.content, self.content.routines[wanted], self.memory)
        return State.BALL_QUESTION if needs_ball and "has_ball" not in self.memory else State.GREETING

    def _live_in(self, step: Step | None) -> State:
        return State.CLOSING if step is None else step.state

    def _leave(self, trigger: str) -> State:
        here = self.course.exercise
        if here is not None and here not in self.course.off:
            reason = "not liked today" if trigger == "no" else "asked to skip"
            self._note_exercise(here, "skipped", reason)
        return self._live_in(self.course.leave())

    def _leave_out(self, trigger: str) -> None:
        here = self.course.exercise
        if here is not None and here not in self.course.off:
            self.course.off.add(here)
            self._note_exercise(here, "skipped", "pain" if trigger == "pain" else "leg or numbness")

    def _return(self) -> State:
        if self._interrupted not in GUIDED or self._interrupted is State.GREETING:
            return self._interrupted
        return self._live_in(self.course.resume())

    def _restored(self) -> State:
        """Give the same question as before; what one does with the body waits for "go on"."""
        if self._lost_in in GUIDED:
            self._interrupted = self._lost_in
            return State.PAUSED
        return self._lost_in

    def _enter(self, state: State, trigger: str, now: float) -> None:
        self._note("state", {"from": self.state.value, "to": state.value, "trigger": trigger})
        self.state, self._entered = state, now
        self._agenda, self._misses, self._quiet_since = [], 0, now
        self._note_beginning(trigger)
        entrance = Entrance(self.content, self.memory, self.course, self.routine, trigger, self.choice)
        self._until = now + self._seconds()
        timed = enter(state, entrance)
        self._last_said = [e for _, e in timed if isinstance(e, Say)] or self._last_said
        for after, effect in timed:
            if isinstance(effect, Remember):
                self._remember(effect.key, effect.value)
            elif after == 0:
                self._carry_out(effect)
            else:
                self._agenda.append((now + after, effect))
        self._agenda.sort(key=lambda appointment: appointment[0])
        if state is State.ENDED and self.routine:
            self._note_session("done" if self.course.finished else "stopped")

    def _seconds(self) -> float:
        step = self.course.step
        if step is None or step.state is not self.state:
            return 0.0
        return step.seconds * (self._pace if self.state in PACED else 1.0)

    # ---- the record

    def _note(self, kind: str, fields: dict[str, Any]) -> None:
        self._out.append(Note(kind, fields))

    def _note_session(self, action: str) -> None:
        who = {"lang": self.content.language, "recognizer": self.choice.recognizer}
        self._note("session", {"action": action, "routine": self.routine, **who})

    def _note_exercise(self, name: str, action: str, reason: str | None) -> None:
        self._note("exercise", {"name": name, "action": action, "reason": reason})

    def _note_beginning(self, trigger: str) -> None:
        here = self.course.exercise
        if (
            self.state is State.POSITION
            and here
            and (here not in self.course.started or trigger == "previous")
        ):
            self.course.started.add(here)
            self._note_exercise(here, "start", None)

    def _note_span(self, now: float) -> None:
        step = self.course.step
        if step is None or step.state is not self.state:
            return
        span = {"start": self._entered, "end": now}
        if self.state is State.REST:
            self._note("rest", {"seconds": step.seconds, **span})
        if self.state in (State.HOLD, State.ALTERNATE):
            done = self._until <= now + INSTANT_SECONDS
            place = {"exercise": step.exercise, "set": step.set, "rep": step.rep, "side": step.side}
            kind = "hold" if self.state is State.HOLD else "move"
            self._note(kind, {**place, "seconds": step.seconds, **span, "completed": done})
