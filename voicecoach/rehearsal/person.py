"""The simulated person: hears the coach, speaks their lines, and says again what was not understood.

They know only what a person on the floor knows: the prompts as they are spoken, and whether the
coach did something about their words.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from voicecoach.errors import VoicecoachError
from voicecoach.rehearsal.script import ANSWERS_SECONDS, Line, Script
from voicecoach.sound.audio import AudioChunk, AudioClip, samples_of, seconds_of

OVERLAP_SECONDS = 0.6
"""How far what was heard may lie from where it was said: a recogniser's times are its own."""
SAYS_BACK = "pain.noted"
"""The prompt that says a score back."""
SILENT_SECONDS = 1800.0
"""A person who says nothing for so long has given up: with a television on, the coach would wait for ever."""
GAVE_UP = (
    "The rehearsal ends: the person said nothing more for half an hour, and the coach still waits."
    " Write more lines for them, or try it nearer or with less noise."
)


@dataclass(slots=True)
class Attempt:
    """A line that has been said and not yet been understood."""

    line: Line
    start: float
    end: float
    tries: int


class Place(Protocol):
    """Where the person is: their words go in, and what a microphone there hears comes out."""

    position: int
    """Where it is on the sample clock."""

    @property
    def delay_samples(self) -> int:
        """How much later the microphone gives what the coach plays."""
        ...

    def put(self, clip: AudioClip, start: int) -> None:
        """Let the person make a sound at `start`."""
        ...

    def read(self) -> AudioChunk | None:
        """Let the next chunk of time go by."""
        ...

    def close(self) -> None:
        """Leave it."""
        ...


@dataclass(slots=True)
class SimulatedPerson:
    """Speaks a script into a room, and is the session's microphone there."""

    script: Script
    room: Place
    speak: Callable[[Line], AudioClip]
    """Gives a line's sound."""

    _met: Counter[tuple[str, str]] = field(default_factory=Counter, init=False)
    _planned: list[tuple[float, Line, int]] = field(default_factory=list, init=False)
    _attempt: Attempt | None = field(default=None, init=False)
    _talks_until: float = field(default=0.0, init=False)
    """Where the coach's words end."""
    _told: Line | None = field(default=None, init=False)
    """The last line that is to be said back."""
    _corrections: int = field(default=0, init=False)
    _misheard: bool = field(default=False, init=False)
    """Whether it was said back otherwise, and nothing was said to that yet."""
    said: list[tuple[float, float, Line]] = field(default_factory=list, init=False)
    """Every utterance so far: start and end in seconds, and its line."""

    def __post_init__(self) -> None:
        timed = [line for line in self.script.lines if line.at_seconds is not None]
        self._planned = [(line.at_seconds or 0.0, line, 1) for line in timed]

    # ---- what they hear

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Hear a prompt begin."""
        self._talks_until = end
        self._meet("during", prompt, start)

    def happened(self, event: dict[str, Any]) -> None:
        """Hear a prompt end, and notice that they were understood."""
        if event["kind"] == "say" and event["completed"]:
            self._meet("after", event["prompt"], event["end"])
            if event["prompt"] == SAYS_BACK and self._told:
                self._compare(self._told, event["text"])
        if event["kind"] == "heard" and event["intent"] is not None:
            self._be_understood(event["start"], event["end"])

    def _meet(self, how: str, prompt: str, moment: float) -> None:
        self._met[how, prompt] += 1
        lines = self._lines_for(how, prompt)
        if lines and self._misheard and how == "after":
            lines = [Line(say=self.script.correction, after=prompt)]
            self._misheard = False
            self._met[how, prompt] -= 1  # its answer is still to come
        self._planned += [(moment + line.delay_seconds, line, 1) for line in lines]

    def _lines_for(self, how: str, prompt: str) -> list[Line]:
        met = self._met[how, prompt]
        lines = [line for line in self.script.lines if getattr(line, how) == prompt and met >= line.from_time]
        return [line for line in lines if line.times == 0 or met < line.from_time + line.times]

    def _compare(self, told: Line, said_back: str) -> None:
        """Notice that a score is said back which was not theirs: it has to be asked again."""
        wrong = told.said_back.casefold() not in said_back.casefold()
        if wrong and self._corrections < self.script.tries:
            self._corrections += 1
            self._misheard = True
            self._met["after", told.after] -= 1

    def _be_understood(self, start: float, end: float) -> None:
        tried = self._attempt
        if tried and start < tried.end + OVERLAP_SECONDS and end > tried.start - OVERLAP_SECONDS:
            self._attempt = None

    # ---- what they do

    @property
    def delay_samples(self) -> int:
        """What the devices add, as they tell it."""
        return self.room.delay_samples

    def read(self) -> AudioChunk | None:
        """Speak what is due, then give the room's next chunk. Raises VoicecoachError where they gave up."""
        now = seconds_of(self.room.position)
        if now > SILENT_SECONDS + (self.said[-1][1] if self.said else 0.0):
            raise VoicecoachError(GAVE_UP)
        self._lose_patience(now)
        due = sorted((plan for plan in self._planned if plan[0] <= now), key=lambda plan: plan[0])
        if due and not (self.said and now < self.said[-1][1]):
            self._planned.remove(due[0])
            self._speak(now, due[0][1], due[0][2])
        return self.room.read()

    def close(self) -> None:
        """Leave the room."""
        self.room.close()

    def _lose_patience(self, now: float) -> None:
        tried = self._attempt
        if tried is None or now < self._patient_until(tried):
            return
        self._attempt = None
        if tried.tries < self.script.tries:
            self._planned.append((now, tried.line, tried.tries + 1))

    def _patient_until(self, tried: Attempt) -> float:
        """Tell when a line is said again; who answers lets the coach ask again first."""
        patient = tried.end + self.script.patience_seconds
        return max(patient, self._talks_until + ANSWERS_SECONDS) if tried.line.after else patient

    def _speak(self, now: float, line: Line, tries: int) -> None:
        clip = self.speak(line)
        self.room.put(clip, samples_of(now))
        self._attempt = Attempt(line, now, now + clip.seconds, tries)
        self._told = line if line.said_back else self._told
        self.said.append((now, now + clip.seconds, line))
