"""Deciding on one stretch of sound: which sentence of the live intents it holds, if any.

Joins the model, the automaton, the search and the verdict. Knows nothing of streams and pauses.
"""

from collections.abc import Iterable

import numpy as np

from voicecoach.hearing.automaton import Automaton
from voicecoach.hearing.beam_search import Found, Width, search
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine_model import MoonshineModel
from voicecoach.hearing.tokens import TokenAutomaton
from voicecoach.hearing.unheard import Unheard
from voicecoach.hearing.verdict import Thresholds, Verdict, judge
from voicecoach.sound.audio import Samples, samples_of
from voicecoach.sound.steady_noise import soften_noise

PADDING = np.zeros(samples_of(0.3), np.float32)
"""Silence on both sides; without it the model loses words (87 % instead of 95 %)."""
LEVEL = 0.05
"""Peak that all sound is brought to: the model hears quiet sound best (words/ 98 % instead of 96 %)."""
SILENT = 1e-5
"""Peak below which there is nothing to bring to a level."""
SHORT = Width(beams=8)
THOROUGH = Width(beams=8, behind=12.0, behind_beam=14.0)
"""Where nothing but stop and pain is live: the phrases are few, and some very improbable by themselves."""
PATIENT = Width(beams=8, behind=40.0, behind_beam=25.0)
"""For few and long phrases in bad rooms: they are followed to their end though a decoy seems likelier."""
LONG = Width(beams=12, word_bonus=1.0)
"""For grammars of long commands; the bonus keeps their clauses from being dropped."""
LARGE_GRAMMAR = 20_000
"""Sentences from which on a grammar is searched as LONG."""


DECOYS = ("on", "off", "up", "down", "and", "don't")
"""Short words of every day that would otherwise be taken for "one", "help", "done" and the like: with them
6 of 240 recordings of on, off, up and down are accepted as something else, without them 20, and no
command is lost by it."""


class PhraseSearch:
    """Everything that is needed to decide on an utterance."""

    def __init__(
        self,
        grammar: Grammar,
        safety: frozenset[str] = frozenset(),
        decoys: Iterable[str] = DECOYS,
        model: MoonshineModel | None = None,
        loose: Thresholds | None = None,
    ) -> None:
        """Load the model and compile the grammar.

        `safety` names the intents with looser thresholds, which are `loose` if that is given; `decoys`
        things that people say and that sound near ours. Raises HearingError when the model is not
        installed, GrammarError when the grammar cannot be searched.
        """
        self._model = MoonshineModel() if model is None else model
        self.letters = Automaton(grammar.hassil, decoys)
        self._tokens = TokenAutomaton(self.letters, self._model.tokens)
        self._safety = safety
        self._loose = loose
        short = SHORT if loose is None else PATIENT
        self._unheard = Unheard(self._model)
        self._width = LONG if grammar.size() >= LARGE_GRAMMAR else short

    def find(self, samples: Samples, live: frozenset[str]) -> Found:
        """Give the likeliest sentences of the intents `live` for `samples` (mono, 16 kHz)."""
        width = THOROUGH if self._loose is None and live <= self._safety else self._width
        decoder = self._model.listen(prepare(samples), width.rows)
        return search(decoder, self._tokens, self.letters.start(live), width)

    def decide(self, samples: Samples, live: frozenset[str], *, going_on: bool = False) -> Verdict:
        """Decide what was said in `samples`; `going_on` while the person may still be speaking."""
        found = self.find(samples, live)
        return judge(
            found,
            self.letters.slotted,
            self._safety,
            going_on=going_on,
            loose=self._loose,
            unheard=self._unheard,
        )


def prepare(samples: Samples) -> Samples:
    """Make steady noise softer, bring sound to the level that is heard best, put silence on both sides."""
    clear = soften_noise(samples)
    peak = float(np.abs(clear).max(initial=0.0))
    scaled = clear * np.float32(LEVEL / peak) if peak > SILENT else clear
    return np.concatenate([PADDING, scaled, PADDING])
