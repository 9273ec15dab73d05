"""The Moonshine recogniser: an utterance is searched for the sentences that were live when it began.

Speech is cut by a voice detector. At a short pause what was said is decided on; what is no sentence,
or may still become another, gets a longer pause before it is given up. Stop and pain phrases wait for
neither: they are told at a shorter one, and while speech goes on, when they are stable.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.hearing.activity import Activity, Detector, Utterance, open_detector
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.lives import Lives
from voicecoach.hearing.moonshine_model import MoonshineModel
from voicecoach.hearing.phrase_search import PhraseSearch
from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.verdict import Verdict, fits
from voicecoach.sound.audio import AudioChunk, Samples, samples_of, seconds_of


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait and how often to look, in samples. Chosen with bench/listen.py."""

    before: int = samples_of(0.35)
    """How much is listened to before the words seem to begin; for what then is no sentence, twice that."""
    urgent_pause: int = samples_of(0.15)
    """Silence after which stop and pain are taken for said: they wait for nothing that may follow."""
    short_pause: int = samples_of(0.2)
    """Silence after which a whole sentence is taken for said."""
    long_pause: int = samples_of(0.55)
    """Silence after which the utterance is over, whatever it was."""
    again: int = samples_of(0.6)
    """The same wish within this after its end is no second one: "stop … stop"."""
    look_every: int = samples_of(0.3)
    """How often going speech is looked at for stop and pain."""
    look_back: int = samples_of(1.5)
    """How much of it is looked at."""


@dataclass(slots=True)
class _Hearing:
    """What is known about the utterance that is being said."""

    of: Utterance
    live: frozenset[str]
    look_at: int
    """When to look at it next, while it goes on."""
    verdict: Verdict | None = None
    """On what was said before the present pause."""
    is_hurried: bool = False
    """Whether this pause was looked at for stop and pain already."""
    suspected: frozenset[str] = frozenset()
    """What the last look saw."""


class Moonshine:
    """A Recognizer for English."""

    name = "moonshine"

    def __init__(  # noqa: PLR0913 - each part can be another one
        self,
        grammar: Grammar,
        safety: frozenset[str] = frozenset(),
        *,
        pace: Pace | None = None,
        model: MoonshineModel | None = None,
        detector: Detector | None = None,
        search: PhraseSearch | None = None,
    ) -> None:
        """Load the model; `safety` names the intents that are told while speech goes on.

        With `search` the phrases are looked for by it, on its own terms.

        Raises HearingError when the model is not installed, GrammarError when the grammar cannot be
        searched.
        """
        self._search = search or PhraseSearch(grammar, safety, model=model)
        self._safety = safety
        self._pace = Pace() if pace is None else pace
        self._activity = Activity(open_detector() if detector is None else detector)
        self._lives = Lives()
        self._hearing: _Hearing | None = None
        self._told: tuple[frozenset[str], int] = (frozenset(), 0)
        """What was told last, and the place where its words ended."""

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; give what was decided within it."""
        self._lives.add(chunk.start, live)
        told: list[Transcript] = []
        for utterance in self._activity.windows(chunk):
            told += self._consider(utterance, self._hear_of(utterance))
        return told

    def finish(self) -> Sequence[Transcript]:
        """Decide on the utterance that is still open."""
        utterance = self._activity.utterance
        return [] if utterance is None else self._close(utterance, self._hear_of(utterance))

    def decide(self, samples: Samples, live: frozenset[str]) -> Verdict:
        """Decide on one utterance that someone else has cut out (mono, 16 kHz)."""
        return self._search.decide(samples, live)

    def _hear_of(self, utterance: Utterance) -> _Hearing:
        if self._hearing is None or self._hearing.of is not utterance:
            first_look = utterance.start + self._pace.look_every
            live = self._lives.at(utterance.start)
            if utterance.is_rest:
                live &= self._safety  # the end of a long talk is no answer
            self._hearing = _Hearing(utterance, live, first_look)
        return self._hearing

    def _consider(self, utterance: Utterance, hearing: _Hearing) -> list[Transcript]:
        """Take the open utterance after another window of it."""
        if utterance.pause == 0:
            hearing.verdict, hearing.is_hurried = None, False
            return (
                self._close(utterance, hearing) if self._activity.is_long else self._look(utterance, hearing)
            )
        if utterance.pause < self._pace.short_pause:
            return self._hurry(utterance, hearing) if utterance.pause >= self._pace.urgent_pause else []
        verdict = self._judge(utterance, hearing)
        settled = utterance.over > 0 or self._search.letters.is_settled(verdict.text, hearing.live)
        whole = verdict.accepted and settled  # where others talk on, no second pause may ever come
        enough = self._pace.short_pause if whole else self._pace.long_pause
        if utterance.pause >= enough:
            return self._close(utterance, hearing)
        return self._tell(utterance, verdict, final=False) if self._is_urgent(verdict) else []

    def _hurry(self, utterance: Utterance, hearing: _Hearing) -> list[Transcript]:
        """Tell stop and pain early. Any other answer is judged anew when more of its end was heard."""
        if hearing.is_hurried or not hearing.live & self._safety:
            return []
        hearing.is_hurried = True
        verdict = self._judge(utterance, hearing)
        if self._is_urgent(verdict):
            return self._tell(utterance, verdict, final=False)
        hearing.verdict = None
        return []

    def _is_urgent(self, verdict: Verdict) -> bool:
        return verdict.accepted and verdict.meanings <= self._safety

    def _judge(self, utterance: Utterance, hearing: _Hearing) -> Verdict:
        """Decide on the utterance so far, once a pause."""
        if hearing.verdict is None:
            sound = utterance.samples(self._first(utterance))
            live = hearing.live if utterance.stands_out else hearing.live & self._safety
            verdict = self._search.decide(sound, live)
            verdict = verdict if verdict.accepted else self._judge_again(utterance, live, verdict)
            said = seconds_of(utterance.end - utterance.start)
            possible = fits(verdict.text, said, seconds_of(len(sound)))
            hearing.verdict = verdict if possible else replace(verdict, accepted=False)
        return hearing.verdict

    def _judge_again(self, utterance: Utterance, live: frozenset[str], verdict: Verdict) -> Verdict:
        """Listen from further back: in noise the first words are found late. One word is never so late."""
        again = self._search.decide(utterance.samples(), live)
        if again.accepted:
            return again if " " in again.text else verdict
        return max(verdict, again, key=lambda each: each.confidence)

    def _first(self, utterance: Utterance) -> int:
        return utterance.start - self._pace.before

    def _close(self, utterance: Utterance, hearing: _Hearing) -> list[Transcript]:
        verdict = self._judge(utterance, hearing)
        self._activity.close()
        self._hearing = None
        if not verdict.accepted and self._told[1] > utterance.start:
            return []  # it was acted on while it went on
        return self._tell(utterance, verdict, final=True)

    def _look(self, utterance: Utterance, hearing: _Hearing) -> list[Transcript]:
        """Look for stop and pain in speech that goes on; what two looks see is told."""
        if utterance.end < hearing.look_at or not hearing.live & self._safety:
            return []
        hearing.look_at = utterance.end + self._pace.look_every
        since = max(self._first(utterance), utterance.end - self._pace.look_back)
        sound = utterance.samples(since)
        verdict = self._search.decide(sound, hearing.live, going_on=True)
        seen = verdict.meanings if self._is_urgent(verdict) else frozenset()
        stable, hearing.suspected = bool(seen) and seen == hearing.suspected, seen
        return self._tell(utterance, verdict, final=False) if stable else []

    def _tell(self, utterance: Utterance, verdict: Verdict, *, final: bool) -> list[Transcript]:
        """Give the transcript, unless it is the same wish again."""
        meant, end = self._told
        if verdict.accepted:
            again = verdict.meanings == meant and utterance.start < end + self._pace.again
            self._told = (verdict.meanings, utterance.end)
            if again:
                return []
        span = (utterance.start, utterance.end)
        raised = utterance.over > 0
        return [Transcript(verdict.text, *span, verdict.confidence, verdict.accepted, final, raised)]
