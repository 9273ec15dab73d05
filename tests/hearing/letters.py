"""A speech model for tests: it hears texts instead of sound, each with a probability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from voicecoach.hearing.beam_search import Logits
from voicecoach.hearing.tokens import END, Tokens

FIRST = 259
NEVER = -50.0
WORDS = ("▁Stop", "▁stop", "▁go", "▁on", "▁one", "▁yes", "▁Yes", "▁s", "to", "top", ".", ",", "▁")
TEXTS = (*([b""] * FIRST), *(text.encode() for text in WORDS), *(bytes([each]) for each in range(97, 123)))
NUMBER = {text: number for number, text in enumerate(TEXTS) if number >= FIRST}


def tokens() -> Tokens:
    return Tokens(TEXTS)


@dataclass
class Writer:
    """A Decoder that writes each of its texts, given as tokens, with its probability."""

    texts: Mapping[tuple[str, ...], float]
    rows: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    widest: int = 0

    def begin(self) -> Logits:
        self.rows = [()]
        return self._logits()

    def step(self, rows: Sequence[int], numbers: Sequence[int]) -> Logits:
        written = [TEXTS[number].decode() for number in numbers]
        self.rows = [(*self.rows[row], text) for row, text in zip(rows, written, strict=True)]
        self.widest = max(self.widest, len(self.rows))
        return self._logits()

    def _logits(self) -> Logits:
        return np.stack([self._after(row) for row in self.rows])

    def _after(self, written: tuple[str, ...]) -> Logits:
        """Give what follows by what share of the texts that begin so."""
        logits = np.full(len(TEXTS), NEVER, np.float32)
        shares: dict[int, float] = {}
        for text, probability in self.texts.items():
            if text[: len(written)] == written:
                token = END if text == written else NUMBER[text[len(written)].encode()]
                shares[token] = shares.get(token, 0.0) + probability
        for token, share in shares.items():
            logits[token] = np.log(share)
        return logits
