"""Vosk as a Recognizer: recognisers that live through the session and hear all that is not still.

A new recogniser, SetGrammar or FinalResult throws away what Vosk has learned of the voice and the
room, so none of them is used within a session; what was live when the words began filters the
answers. Spoken numbers spoil a grammar of words, so they have a recogniser of their own, and where
nothing but stop and pain may be said, a third one answers (vosk_safety.py). While someone talks all
the time, Vosk finds no end: then a voice detector cuts, and utterances are handed over one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from voicecoach.hearing.activity import Activity, Utterance, open_detector
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.lives import Lives
from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.stillness import Stillness, Tape
from voicecoach.hearing.vosk_choice import Choice
from voicecoach.hearing.vosk_lane import NOISE, Lane, open_lane
from voicecoach.hearing.vosk_loading import load_model
from voicecoach.hearing.vosk_result import LIMITS, OF_NUMBERS, judge, read_alternatives
from voicecoach.hearing.vosk_safety import (
    BEFORE_SAMPLES,
    LONG_PAUSE_SAMPLES,
    SHORT_PAUSE_SAMPLES,
    SafetyLane,
)
from voicecoach.hearing.vosk_words import Vocabulary
from voicecoach.sound.audio import AudioChunk, samples_of

ENDLESS_SAMPLES = samples_of(8.0)
"""What Vosk has found no end in for so long is talk: no phrase takes so long, and silence ends sooner."""

PAUSE_SAMPLES = samples_of(0.25)
"""Silence by the voice detector after which Vosk is fed NOISE: it holds back what it heard last until more
comes, and would find the pause 0.2 s later."""


@dataclass(slots=True)
class Vosk:
    """A Recognizer on a Vosk model; see the module for how it is used."""

    model_dir: Path
    grammar: Grammar
    numbers: frozenset[str] = frozenset()
    """Intents that are numbers."""
    safety: frozenset[str] = frozenset()
    """Intents that the numbers' recogniser knows too, and that have one of their own."""
    name: str = field(default="vosk", init=False)
    _words: Lane = field(init=False)
    _numbers: Lane = field(init=False)
    _safety: SafetyLane | None = field(default=None, init=False)
    _activity: Activity = field(init=False)
    _lives: Lives = field(default_factory=Lives, init=False)
    _end: int = field(default=0, init=False)
    _unended: int = field(default=0, init=False)
    """How much Vosk has heard without finding an end, in samples."""
    _spoken_until: int = field(default=0, init=False)
    """Where the last words ended, by the voice detector,"""
    _paused_at: int = field(default=0, init=False)
    """and where those did whose pause Vosk was told of."""
    _stillness: Stillness = field(default_factory=Stillness, init=False)
    _tape: Tape = field(default_factory=Tape, init=False)
    _choice: Choice = field(init=False)

    def __post_init__(self) -> None:
        """Load the model. Raises HearingError for the model, GrammarError for words that it does not know."""
        model = load_model(self.model_dir)
        every = self.grammar.phrases()
        self._choice = Choice(lambda text: every.get(text) in self.numbers)
        vocabulary = Vocabulary(lambda word: model.vosk_model_find_word(word) >= 0)
        vocabulary.spell(every, self.grammar.source)  # tells the problems of all at once

        def lane_of(wanted: Callable[[str], bool]) -> Lane:
            phrases = [phrase for phrase, intent in every.items() if wanted(intent)]
            return open_lane(model, vocabulary, vocabulary.spell(phrases, self.grammar.source))

        self._words = lane_of(lambda intent: intent not in self.numbers)
        self._numbers = lane_of(lambda intent: intent in self.numbers | self.safety)
        self._activity = Activity(open_detector())
        if self.safety:
            lane = lane_of(lambda intent: intent in self.safety)
            self._safety = SafetyLane(lane, self._activity, self._meaning)

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; what is live now counts for words that begin now."""
        self._lives.add(chunk.start, live)
        self._end = chunk.end
        cut: list[Transcript] = []
        for said in self._activity.windows(chunk):
            self._spoken_until = said.end
            cut += self._hear_out(said)
        heard = self._stillness.hear(chunk)
        if not heard:
            self._unended = 0
        answers = [] if self._is_endless else self._listen(heard)
        self._unended = 0 if answers else self._unended + sum(len(part.samples) for part in heard)
        return [*cut, *self._decide(answers, chunk.end)]

    @property
    def _is_endless(self) -> bool:
        """Whether someone talks on and on, so that Vosk finds no end of what is said."""
        return self._unended >= ENDLESS_SAMPLES

    def _begins_pause(self) -> bool:
        """Whether the voice detector has found a pause, for the first time since the words before it."""
        if self._paused_at == self._spoken_until or self._end < self._spoken_until + PAUSE_SAMPLES:
            return False
        self._paused_at = self._spoken_until
        return True

    def _hear_out(self, said: Utterance) -> Iterator[Transcript]:
        """Take what is being said after another part of it."""
        if self._is_endless and not self._is_of_safety(said.start):
            if said.pause >= SHORT_PAUSE_SAMPLES or self._activity.is_long:
                yield from self._hand_over(said) if said.stands_out else ()
                self._activity.close()
        elif self._safety:
            yield from self._of_safety(self._safety.consider(said))
        elif said.pause >= LONG_PAUSE_SAMPLES or self._activity.is_long:
            self._activity.close()  # nobody else ends it, and it would grow for ever

    def _hand_over(self, said: Utterance) -> Iterator[Transcript]:
        """Give all of an utterance to Vosk, and an end with it."""
        sound = said.samples(said.start - BEFORE_SAMPLES)
        lanes = (self._words, self._numbers)
        for lane in lanes:
            lane.recognizer.Result()  # what it had heard of the talk
        end = said.end if said.over else said.heard_until  # over others its pause is cut off, too
        self._tape.add(AudioChunk(end - len(sound), np.concatenate([sound, NOISE])))
        answers = [(lane, answer) for lane in lanes for answer in lane.hand_over(sound)]
        for told in [*self._decide(answers, said.end), *self._choice.release(None)]:
            yield replace(told, raised=said.over > 0)

    def _listen(self, heard: list[AudioChunk]) -> list[tuple[Lane, str]]:
        """Feed what is to be heard, and NOISE where a pause begins; give what Vosk answered."""
        answers = [each for part in heard for each in self._feed(part)]
        if not answers and self._begins_pause():
            return self._feed(AudioChunk(self._end, NOISE))
        return answers

    def _feed(self, chunk: AudioChunk) -> list[tuple[Lane, str]]:
        self._tape.add(chunk)
        answers = [(lane, lane.hear(chunk.samples)) for lane in (self._words, self._numbers)]
        return [(lane, answer) for lane, answer in answers if answer]

    def finish(self) -> Sequence[Transcript]:
        """Decide on what is still open, at the end of a recording."""
        if not self._end:
            return ()
        self._paused_at = self._spoken_until  # all is decided: no noise is needed any more
        lanes = (self._words, self._numbers)
        last = [(lane, lane.recognizer.FinalResult()) for lane in lanes]
        over = self._safety.finish() if self._safety else ()
        return [*self._of_safety(over), *self._decide(last, self._end), *self._choice.release(None)]

    def _is_of_safety(self, place: int) -> bool:
        """Tell whether only stop and pain may be said at `place`, and so their own recogniser answers."""
        live = self._lives.at(place)
        return self._safety is not None and bool(live) and live <= self.safety

    def _of_safety(self, told: Iterable[Transcript]) -> Iterator[Transcript]:
        for each in told:
            if self._is_of_safety(each.start):
                yield replace(each, accepted=each.accepted and self._is_live(each.text, each.start))

    def _is_live(self, phrase: str, place: int) -> bool:
        return self.grammar.phrases().get(phrase) in self._lives.at(place)

    def _decide(self, answers: list[tuple[Lane, str]], now: int) -> list[Transcript]:
        told: list[Transcript] = []
        for lane, answer in answers:
            transcript = self._transcript(lane, answer)
            if transcript is None or self._is_of_safety(transcript.start):
                continue
            if self._lives.at(transcript.start) & self.numbers:
                self._choice.hold(transcript, now)
            elif lane is self._words:
                told.append(transcript)
        return [*told, *self._choice.release(now)]

    def _transcript(self, lane: Lane, answer: str) -> Transcript | None:
        """Judge one answer; None where there is nothing to be said about it."""
        alternatives = read_alternatives(answer)
        if not alternatives:
            return None
        start = self._tape.place(samples_of(alternatives[0].start))
        limits = OF_NUMBERS if lane is self._numbers else LIMITS  # stop and pain are heard by the other, too
        found, sure = judge(alternatives, lane.phrases, self._meaning, limits)
        phrase = lane.phrases.get(found.text, "")
        accepted = sure and self._is_live(phrase, start)
        text = phrase or found.text
        end = self._tape.place(samples_of(found.end))
        return Transcript(text, start, end, found.confidence, accepted)

    def _meaning(self, phrase: str) -> object:
        meant = self.grammar.understand(phrase)
        return meant and (meant.name, meant.slots)


def check_words(folder: Path, grammar: Grammar) -> None:
    """Raise GrammarError naming every word of the grammar that the model does not know."""
    model = load_model(folder)
    Vocabulary(lambda word: model.vosk_model_find_word(word) >= 0).spell(grammar.phrases(), grammar.source)
