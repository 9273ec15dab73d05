"""The tries themselves: the coach asks for a word, and listens for it. On any microphone and player."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from voicecoach.calibration.loudness import gain_for, level_db, word_in
from voicecoach.calibration.outcome import OVER, QUIET, SAFETY, TIMES, WORDS, Outcome
from voicecoach.coach import Observer
from voicecoach.content.models import Content
from voicecoach.errors import SoundError
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.recognizer import Intent
from voicecoach.sound.audio import samples_of, seconds_of
from voicecoach.sound.ports import Microphone
from voicecoach.speaking.speaker import Speaker

WAITING_SECONDS = 5.0
"""How long a word is waited for, from the end of the coach's words."""


@dataclass(slots=True)
class Trials:
    """One calibration."""

    content: Content
    ears: Ears
    speaker: Speaker
    microphone: Microphone
    observers: Sequence[Observer]
    position: int = 0
    """Where it is on the sample clock."""
    outcome: Outcome = field(default_factory=Outcome, init=False)
    _levels_db: list[float] = field(default_factory=list, init=False)
    """How loud each chunk was since the coach's last words."""
    _words_db: list[float] = field(default_factory=list, init=False)
    """How loud each word was."""

    def run(self) -> Outcome:
        """Let every word be said in the quiet, and over the coach where its voice is taken out.

        Raises SoundError where the microphone ends or is lost.
        """
        self._speak("calibrate.begin")
        for word in WORDS:
            for _ in range(TIMES):
                self._speak(f"calibrate.ask_{word}")
                hit = self._listen(word, self.position, self.position + samples_of(WAITING_SECONDS))
                self.outcome.add(QUIET, word, hit=hit)
                self._turn_up()
        if self.ears.own_voice.trusted:
            self._try_over_the_coach()
        self._speak("calibrate.failed" if self.outcome.problems else "calibrate.passed")
        return self.outcome

    def _turn_up(self) -> None:
        """Turn the microphone up for a voice that is soft in it, so that the next try may be heard."""
        word_db = word_in(self._levels_db)
        if word_db is not None:
            self._words_db.append(word_db)
        self.ears.gain_db = self.outcome.gain_db = gain_for(self._words_db)

    def _try_over_the_coach(self) -> None:
        for word in SAFETY:
            self._speak(f"calibrate.over_{word}")
            for _ in range(TIMES):
                begin = self.position
                end = self._say("calibrate.talking")
                hit = self._listen(word, begin, end + samples_of(WAITING_SECONDS))
                self._finish(end)
                self.outcome.add(OVER, word, hit=hit)

    def _say(self, prompt: str) -> int:
        """Begin to speak; gives where the last word will end."""
        said = self.speaker.say(prompt, self.content.text(prompt), self.position)
        for observer in self.observers:
            observer.saying(prompt, seconds_of(said.start), seconds_of(said.end))
        return said.end

    def _speak(self, prompt: str) -> None:
        self._finish(self._say(prompt))

    def _finish(self, end: int) -> None:
        """Let the coach's words come to their end."""
        while self.position < end:
            for _ in self._step():
                pass
        for said in self.speaker.finished(self.position):
            span = {"start": seconds_of(said.start), "end": seconds_of(said.end), "completed": said.completed}
            self._tell({"kind": "say", "prompt": said.prompt, "text": said.text, **span})

    def _listen(self, word: str, begin: int, end: int) -> bool:
        """Wait for a word that begins after `begin`, up to `end`."""
        self._levels_db.clear()
        while self.position < end:
            for intent in self._step():
                if intent.name == word and intent.end > begin:
                    return True
        return False

    def _step(self) -> Iterator[Intent]:
        chunk = self.microphone.read()
        if chunk is None or chunk.lost:
            raise SoundError("The microphone gives no sound any more; check it with voicecoach doctor.")
        self.position = chunk.end
        self._levels_db.append(level_db(chunk.samples))
        self.ears.own_voice.device_delay = self.microphone.delay_samples
        live = frozenset(WORDS)
        for heard in self.ears.hear(chunk, live, self.speaker.spoke_until(chunk.start)):
            if isinstance(heard, Intent):
                span = {"start": seconds_of(heard.start), "end": seconds_of(heard.end)}
                self._tell({"kind": "heard", "text": heard.text, "intent": heard.name, **span})
                yield heard

    def _tell(self, event: dict[str, object]) -> None:
        for observer in self.observers:
            observer.happened({"t": seconds_of(self.position), **event})
