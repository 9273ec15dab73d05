"""The machine: looks a row up in the table, moves, and returns what entering the new state wants.

`handle(event, now)` is the only way in. Between events nothing happens by itself: `due` names the
next moment at which the session wants to be told `Due`.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from voicecoach.content.models import Content
from voicecoach.session.answers import answer
from voicecoach.session.asking import can_go_on
from voicecoach.session.choice import Choice, Past
from voicecoach.session.choosing import Move, choose
from voicecoach.session.course import Course
from voicecoach.session.effects import Adjust, Cue, Effect, Hush, Remember, Say
from voicecoach.session.entering import WHY_DEAF, Entrance, enter, question
from voicecoach.session.events import Due, Event, Heard, Lost, NotHeard, OthersTalk, Restored, Spoken
from voicecoach.session.keeping import keep
from voicecoach.session.recording import note_arrival, note_leaving, note_pain
from voicecoach.session.states import ASKING, GUIDED, State
from voicecoach.session.table import ANSWERED, SILENCES, TRANSITIONS, live_intents
from voicecoach.session.today import Today

TIMED = (State.LEAD_IN, State.HOLD, State.ALTERNATE)
"""States that end at their second, whatever is being said."""

PACED = (State.MOVING, State.RETURNING, State.REST, State.CHANGE_SIDE)
"""States whose length the person may make shorter or longer; a hold keeps its seconds."""
PACE_STEP = 1.25
PACES = (0.64, 1.6)
"""The quickest and the calmest."""

MISSES_ALLOWED = 3
"""How often something may be said that is no answer, until a question is given up; a state that waits
for longer takes it for silence from then on."""

INSTANT_SECONDS = 1e-6
"""Two moments closer than this are one."""


@dataclass(slots=True)
class Session:
    """One session with one person, from the welcome to the closing words."""

    content: Content
    memory: dict[str, Any] = field(default_factory=dict)
    """What is known of the person; whoever carries out `Remember` keeps it."""
    choice: Choice = field(default_factory=Choice)
    past: Past = field(default_factory=Past)

    state: State = field(default=State.ENDED, init=False)
    today: Today = field(init=False)

    _interrupted: State = field(default=State.IDLE, init=False)
    """What a pause interrupted."""
    _lost_in: State = field(default=State.IDLE, init=False)
    """Where the microphone was lost."""
    _entered: float = field(default=0.0, init=False)
    _until: float = field(default=0.0, init=False)
    _agenda: list[tuple[float, Effect]] = field(default_factory=list, init=False)
    _speaking: bool = field(default=False, init=False)
    _quiet_since: float = field(default=0.0, init=False)
    _misses: int = field(default=0, init=False)
    _pace: float = field(default=1.0, init=False)
    _told_of_talk: bool = field(default=False, init=False)
    _last_said: list[Say] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        self.today = Today(self.content, self.memory, self.choice, self.past)

    # ---- what may be asked

    @property
    def course(self) -> Course:
        """Where the session is in its plan."""
        return self.today.course

    @property
    def routine(self) -> str:
        """The routine that was asked for; empty before the start."""
        return self.today.routine

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
        """Begin to listen for a start, or offer to go on with what was broken off."""
        self._enter(State.RESUME_OFFER if can_go_on(self.today) else State.IDLE, "open", now)
        return self._take()

    def start(self, routine: str, now: float) -> tuple[Effect, ...]:
        """Start a routine without having been asked by voice; what was broken off is offered first."""
        if can_go_on(self.today):
            return self.open(now)
        self.state = State.IDLE
        return self.handle(Heard("start", {"routine": routine}), now)

    def handle(self, event: Event, now: float) -> tuple[Effect, ...]:
        """Take one event that happened at `now` (seconds) and return what is wanted for it."""
        match event:
            case Heard():
                self._hear(event, now)
            case NotHeard():
                self._mishear(now)
            case OthersTalk():
                self._warn_of_talk()
            case Lost(reason):
                self.today.deaf_by = reason
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
        wanted = tuple(self.today.effects)
        self.today.effects.clear()
        return wanted

    def _say(self, *says: Say) -> None:
        self.today.effects += says
        self._speaking = self._speaking or bool(says)

    # ---- hearing

    def _hear(self, heard: Heard, now: float) -> None:
        target = TRANSITIONS.get((self.state, heard.intent))
        if target is None:
            self._say(Say("answer.cannot_now"), Say(f"help.{self.state.value}"))
            return
        self._misses, self._quiet_since = 0, now
        if target is self.state and heard.intent in ANSWERED:
            self._answer(heard.intent, now)
            return
        self.today.effects += [Hush(), Cue("heard")]
        self._speaking = False
        keep(self.today, self.state, heard)
        self._move(target, heard.intent, now, heard)

    def _answer(self, intent: str, now: float) -> None:
        self.today.effects.append(Cue("heard"))
        answered = answer(intent, self.state, self.today)
        says = [effect for effect in answered.effects if isinstance(effect, Say)]
        for effect in answered.effects:
            if isinstance(effect, Adjust) and effect.what == "pace":
                self._pace = min(max(self._pace * PACE_STEP**-effect.step, PACES[0]), PACES[1])
            elif isinstance(effect, Adjust):
                self.today.effects.append(effect)
        if intent in ("repeat", "slower_speech"):
            says += self._last_said
        else:
            self._last_said = says or self._last_said
        self._say(*(replace(say, asked=True) for say in says))
        if answered.starts_again:
            self._enter(State.POSITION, intent, now)

    def _mishear(self, now: float) -> None:
        self.today.effects.append(Cue("not_understood"))
        if self.state not in SILENCES or self._speaking:
            return
        self._misses += 1
        if self._misses >= MISSES_ALLOWED:
            # Who is not understood by now is silent to the coach: a television would keep a pause for ever.
            if self.state in ASKING:
                self._move(TRANSITIONS[self.state, "silence"], "silence", now)
            return
        self._quiet_since = now
        if self._misses == 1:
            self._say(Say("not_understood.short"), *self._question())
        else:
            self._say(Say(f"help.{self.state.value}"))

    def _warn_of_talk(self) -> None:
        """Say once that others talk, where nothing else is being said; it is nobody's wrong answer."""
        if self.state in SILENCES and not (self._speaking or self._told_of_talk):
            self._told_of_talk = True
            self._say(Say("others.talk"), *self._question())

    def _question(self) -> list[Say]:
        return question(self.state, self.today) if self.state in ASKING else []

    # ---- the microphone

    def _change_microphone(self, action: str, now: float) -> None:
        """Learn that the microphone was lost or restored."""
        target = TRANSITIONS.get((self.state, action))
        if target is None:
            return
        self.today.note("microphone", action=action)
        self.today.effects.append(Hush())
        self._speaking = False
        if action == "lost":
            self._lost_in = self.state
        elif self._lost_in in GUIDED:
            self._interrupted = self._lost_in
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
        match effect:
            case Say():
                self._say(effect)
            case Remember():
                self.today.remember(effect.key, effect.value)
            case _:
                self.today.effects.append(effect)

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
        ladder = SILENCES[self.state]
        if self._misses >= len(ladder):
            if self.state is State.CANNOT_HEAR:
                self.today.note("microphone", action="given_up")
                self._say(Say("device.gave_up"))
            self._move(TRANSITIONS[self.state, "silence"], "silence", now)
        elif self.state in ASKING and len(ladder) == len(("first", "once more")):
            self._say(Say("pain.ask_again"), *self._question())
        elif self.state is State.PAUSED:
            self._say(Say("pause.still"))
        elif self.state is State.CANNOT_HEAR:
            self._say(Say(WHY_DEAF[self.today.deaf_by]))
        elif self._misses == 1:
            self._say(Say("no_input.short"), *self._question())
        else:
            self._say(Say(f"help.{self.state.value}"))

    # ---- moving

    def _move(self, target: State, trigger: str, now: float, heard: Heard | None = None) -> None:
        over = self._until <= now + INSTANT_SECONDS
        note_leaving(self.today, self.state, self._entered, now, completed=over)
        if target is State.PAUSED and self.state is not State.PAUSED:
            self._interrupted = self.state
        interrupted = self._lost_in if trigger == "restored" else self._interrupted
        note_pain(self.today, trigger)
        routine = str(heard.slots.get("routine", "")) if heard else ""
        self._enter(choose(target, Move(self.today, self.state, trigger, routine, interrupted)), trigger, now)

    def _enter(self, state: State, trigger: str, now: float) -> None:
        self.today.note("state", **{"from": self.state.value, "to": state.value, "trigger": trigger})
        self.state, self._entered = state, now
        self._agenda, self._misses, self._quiet_since = [], 0, now
        self._speaking = any(isinstance(effect, Say) for effect in self.today.effects)
        note_arrival(self.today, state, trigger)
        self._until = now + self._seconds()
        timed = enter(state, Entrance(self.today, trigger))
        self._last_said = [effect for _, effect in timed if isinstance(effect, Say)] or self._last_said
        for after, effect in timed:
            if after == 0:
                self._carry_out(effect)
            else:
                self._agenda.append((now + after, effect))
        self._agenda.sort(key=lambda appointment: appointment[0])

    def _seconds(self) -> float:
        step = self.course.step
        if step is None or step.state is not self.state:
            return 0.0
        return step.seconds * (self._pace if self.state in PACED else 1.0)
