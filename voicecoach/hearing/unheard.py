"""How probable a speech model finds a phrase where there is nothing to hear: what it expects by itself.

A model that was trained on talk writes what is often said, whatever it hears. Knows nothing of thresholds.
"""

from functools import cached_property

import numpy as np

from voicecoach.hearing.beam_search import Hypothesis, log_probabilities_of
from voicecoach.hearing.moonshine_model import MoonshineDecoder, MoonshineModel
from voicecoach.hearing.tokens import END
from voicecoach.sound.audio import samples_of

SILENCE = np.zeros(samples_of(1.5), np.float32)


class Unheard:
    """Asks the model about phrases in silence, each once."""

    def __init__(self, model: MoonshineModel) -> None:
        self._model = model
        self._known: dict[tuple[int, ...], float] = {}

    def __call__(self, phrase: Hypothesis) -> float:
        """Give the natural logarithm of the phrase's probability, written as it was."""
        if phrase.writing not in self._known:
            self._known[phrase.writing] = self._write(phrase.writing)
        return self._known[phrase.writing]

    @cached_property
    def _silence(self) -> MoonshineDecoder:
        return self._model.listen(SILENCE, 1)

    def _write(self, tokens: tuple[int, ...]) -> float:
        logits, total = self._silence.begin(), 0.0
        for token in tokens:
            total += float(log_probabilities_of(logits)[0, token])
            logits = self._silence.step([0], [token])
        return total + float(log_probabilities_of(logits)[0, END])
