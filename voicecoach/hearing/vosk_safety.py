"""Stop and pain over the coach's voice, with Vosk: a recogniser that knows no other phrases.

Where nothing else may be said, a grammar of these alone finds twice as many of them. Vosk waits for a
long silence, and for ever where a voice goes on; so a voice detector cuts, and each utterance is handed
over whole, with a little noise after it. The recogniser itself lives on, and keeps what it has learned.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from voicecoach.hearing.activity import Activity, Utterance
from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.vosk_lane import Lane
from voicecoach.hearing.vosk_result import OVER_THE_COACH, judge, read_alternatives
from voicecoach.sound.audio import Samples, samples_of

BEFORE_SAMPLES = samples_of(0.6)
"""How much is listened to before the words seem to begin."""
SHORT_PAUSE_SAMPLES = samples_of(0.2)
"""Silence after which a whole phrase is taken for said,"""
LONG_PAUSE_SAMPLES = samples_of(0.55)
"""and after which it is over, whatever it was."""


@dataclass(slots=True)
class SafetyLane:
    """Hears everything, and answers with stop and pain phrases; who asks knows when that counts."""

    lane: Lane
    activity: Activity
    """Finds the utterances, and is told when one is over."""
    meaning: Callable[[str], object]
    """What a phrase means."""
    _judged: tuple[int, Transcript] | None = field(default=None, init=False)
    """What was said before the present pause, and where that ended."""

    def consider(self, said: Utterance) -> Iterator[Transcript]:
        """Take what is being said after another window of it; give it once, at its end, accepted or not."""
        if said.pause < SHORT_PAUSE_SAMPLES and not self.activity.is_long:
            return
        told = self._judge(said)
        if told.accepted or said.pause >= LONG_PAUSE_SAMPLES or self.activity.is_long:
            yield self._close(told)

    def finish(self) -> Iterator[Transcript]:
        """Decide on the utterance that is still open."""
        if self.activity.utterance is not None:
            yield self._close(self._judge(self.activity.utterance))

    def _close(self, told: Transcript) -> Transcript:
        self.activity.close()
        self._judged = None
        return told

    def _judge(self, said: Utterance) -> Transcript:
        """Decide on the utterance so far, once a pause."""
        if self._judged is None or self._judged[0] != said.end:
            self._judged = said.end, self._transcript(said)
        return self._judged[1]

    def _transcript(self, said: Utterance) -> Transcript:
        """Give the answer that is believed, or else the first."""
        span, raised = (said.start, said.end), said.over > 0
        told = [
            Transcript(text, *span, confidence, sure, raised=raised)
            for text, confidence, sure in self._answers(said.samples(said.start - BEFORE_SAMPLES))
        ]
        return max(told, key=lambda each: each.accepted)

    def _answers(self, sound: Samples) -> Iterator[tuple[str, float, bool]]:
        """Hand an utterance over; give what was heard, how surely, and whether that is believed."""
        for answer in self.lane.hand_over(sound):
            alternatives = read_alternatives(answer, spoken=True)
            if alternatives:
                found, sure = judge(alternatives, self.lane.phrases, self.meaning, OVER_THE_COACH)
                yield self.lane.phrases.get(found.text, found.text), found.confidence, sure
        yield "", 0.0, False
