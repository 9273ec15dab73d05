"""Vosk as a Recognizer: a voice detector cuts utterances out, and one or two of its recognisers hear each.

A new recogniser, SetGrammar or FinalResult throws away what Vosk has learned of the voice and the
room, so the first two are never used within a session, and after the third it hears the last seconds
again; what was live when the words began chooses who hears them. Spoken numbers spoil a grammar of
words, and where nothing but stop and pain may be said, a grammar of these alone finds twice as many:
so each has a recogniser of its own. Vosk's own ends of utterances are not waited for: it takes a soft
word for silence, and finds no end while a voice goes on.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from voicecoach.hearing.activity import Activity, Utterance, open_detector
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.lives import Lives
from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.vosk_choice import choose
from voicecoach.hearing.vosk_lane import Lane, open_lane
from voicecoach.hearing.vosk_loading import load_model
from voicecoach.hearing.vosk_memory import hand_back
from voicecoach.hearing.vosk_result import LIMITS, OF_NUMBERS, OVER_THE_COACH, Finding, Limits
from voicecoach.hearing.vosk_words import Vocabulary
from voicecoach.sound.audio import AudioChunk, Samples, samples_of
from voicecoach.sound.reverberation import Tiles

BEFORE_SAMPLES = samples_of(0.6)
"""How much is listened to before the words seem to begin."""
SHORT_PAUSE_SAMPLES = samples_of(0.2)
"""Silence after which a whole phrase is taken for said,"""
LONG_PAUSE_SAMPLES = samples_of(0.55)
"""and after which it is over, whatever it was."""
LONGEST_SAMPLES = samples_of(8.0)
"""What is longer is talk, and only stop and pain over the coach are looked for in it: no phrase takes so
long, and decoding it would keep the next word waiting."""


@dataclass(slots=True)
class Vosk:
    """A Recognizer on a Vosk model; see the module for how it is used."""

    model_dir: Path
    grammar: Grammar
    numbers: frozenset[str] = frozenset()
    """Intents that are numbers."""
    safety: frozenset[str] = frozenset()
    """Intents that the numbers' recogniser knows too, and that have one of their own."""
    going_on: frozenset[str] = frozenset()
    """Intents of someone who neither stops nor is in pain; what is heard as one over the coach is neither."""
    name: str = field(default="vosk", init=False)
    _words: Lane = field(init=False)
    _numbers: Lane = field(init=False)
    _safety: Lane | None = field(init=False)
    """None where no intent is of safety, as in stand-by."""
    _activity: Activity = field(init=False)
    _lives: Lives = field(default_factory=Lives, init=False)
    _tiles: Tiles = field(default_factory=Tiles, init=False)
    _judged: tuple[int, Transcript] | None = field(default=None, init=False)
    """What was said before the present pause, and where that ended."""

    def __post_init__(self) -> None:
        """Load the model. Raises HearingError for the model, GrammarError for words that it does not know."""
        model = load_model(self.model_dir)
        every = self.grammar.phrases()
        vocabulary = Vocabulary(lambda word: model.vosk_model_find_word(word) >= 0)
        vocabulary.spell(every, self.grammar.source)  # tells the problems of all at once

        def lane_of(wanted: Callable[[str], bool], limits: Limits) -> Lane:
            phrases = [phrase for phrase, intent in every.items() if wanted(intent)]
            return open_lane(model, vocabulary, vocabulary.spell(phrases, self.grammar.source), limits)

        self._words = lane_of(lambda intent: intent not in self.numbers, LIMITS)
        self._numbers = lane_of(lambda intent: intent in self.numbers | self.safety, OF_NUMBERS)
        self._safety = lane_of(lambda intent: intent in self.safety, OVER_THE_COACH) if self.safety else None
        self._activity = Activity(open_detector())

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; what is live now counts for words that begin now."""
        self._lives.add(chunk.start, live)
        told = [told for said in self._activity.windows(chunk) for told in self._consider(said)]
        if not told and self._activity.utterance is None:
            self._rest()
        return told

    def finish(self) -> Sequence[Transcript]:
        """Decide on the utterance that is still open, at the end of a recording."""
        said = self._activity.utterance
        return () if said is None else (self._close(self._judge(said)),)

    def _rest(self) -> None:
        """Let the recognisers use a moment in which nobody speaks: one at a time, or the coach waits."""
        for lane in (self._safety, self._words, self._numbers):
            if lane and lane.rest():
                return

    def _consider(self, said: Utterance) -> Iterator[Transcript]:
        """Take what is being said after another window of it; give it once, at its end, accepted or not."""
        is_over = said.pause >= LONG_PAUSE_SAMPLES or self._activity.is_long
        if is_over or said.pause >= SHORT_PAUSE_SAMPLES:
            told = self._judge(said)
            if told.accepted or is_over:
                yield self._close(told)

    def _close(self, told: Transcript) -> Transcript:
        self._activity.close()
        self._judged = None
        hand_back()
        return told

    def _judge(self, said: Utterance) -> Transcript:
        """Decide on the utterance so far, once a pause."""
        if self._judged is None or self._judged[0] != said.end:
            self._judged = said.end, self._decide(said)
        return self._judged[1]

    def _decide(self, said: Utterance) -> Transcript:
        live = self._lives.at(said.start)
        found = self._hear_out(said, live)
        text = found.phrase or found.text
        return Transcript(text, said.start, said.end, found.confidence, found.sure, raised=said.over > 0)

    def _hear_out(self, said: Utterance, live: frozenset[str]) -> Finding:
        """Hand an utterance to those who know what is live."""
        # The end of a long talk is no answer, nor is a loud word of those who talk all the time.
        allowed = live & self.safety if said.is_rest or not said.stands_out else live
        sound = self._tiles.soften(said.samples(said.start - BEFORE_SAMPLES))
        # What it learns of the voice and the room it learns from all that is said.
        urgent = self._find(self._safety, sound, allowed) if self._safety else Finding()
        if live and live <= self.safety:
            return self._confirm(urgent, sound)
        if not live or len(sound) > LONGEST_SAMPLES:
            return Finding()
        words = self._find(self._words, sound, allowed)
        if not live & self.numbers:
            return words
        return choose(words, self._find(self._numbers, sound, allowed), self._meaning, self._is_urgent)

    def _confirm(self, urgent: Finding, sound: Samples) -> Finding:
        """Doubt stop and pain where the recogniser of all words believes that someone goes on.

        Anything sounds most like one of these few. Who is doubted is listened to in the next pause.
        """
        if not urgent.sure:
            return urgent
        return replace(urgent, sure=not self._find(self._words, sound, self.going_on).sure)

    def _find(self, lane: Lane, sound: Samples, allowed: frozenset[str]) -> Finding:
        found = lane.find(sound, self._meaning)
        return replace(found, sure=found.sure and self.grammar.phrases()[found.phrase] in allowed)

    def _is_urgent(self, phrase: str) -> bool:
        return self.grammar.phrases()[phrase] in self.safety

    def _meaning(self, phrase: str) -> object:
        meant = self.grammar.understand(phrase)
        return meant and (meant.name, meant.slots)


def check_words(folder: Path, grammar: Grammar) -> None:
    """Raise GrammarError naming every word of the grammar that the model does not know."""
    model = load_model(folder)
    Vocabulary(lambda word: model.vosk_model_find_word(word) >= 0).spell(grammar.phrases(), grammar.source)
