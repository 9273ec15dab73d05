"""The likeliest sentences of a grammar for what a speech model hears, found by beams.

Free decoding, the likeliest words of all without any grammar, runs beside them as one more row, so
that it can be told whether anything of the grammar was said at all. Knows the model only by the
`Decoder` port; the same logits give the same answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from voicecoach.hearing.tokens import END, Numbers, TokenAutomaton

Logits = npt.NDArray[np.float32]
Sums = npt.NDArray[np.float64]


class Decoder(Protocol):
    """A speech model that has heard an utterance and now writes, token by token."""

    def begin(self) -> Logits:
        """Give the logits of the first token, shape (1, tokens)."""
        ...

    def step(self, rows: Sequence[int], tokens: Sequence[int]) -> Logits:
        """Go on from the last answer's `rows`, each with a token; give the logits of the next, a row each."""
        ...


@dataclass(frozen=True, slots=True)
class Width:
    """How wide and how far to search."""

    beams: int = 8
    """Beginnings of sentences kept at a time,"""
    decoys: int = 3
    """and beginnings of decoys besides, so that they never crowd the sentences out."""
    behind: float = 8.0
    """A beginning is dropped when it is so much less probable (log) than a finished sentence,"""
    behind_beam: float = 10.0
    """or than the best beginning."""
    word_bonus: float = 0.0
    """Added to a finished sentence's log-probability for each word when sentences are ranked."""
    longest: int = 40
    """Tokens in a sentence."""
    longest_free: int = 12
    """Tokens of free decoding, which may go round in circles."""

    @property
    def rows(self) -> int:
        """How many rows a decoder needs: a beam each, and free decoding."""
        return self.beams + self.decoys + 1


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A whole sentence that may have been said."""

    text: str
    """In the words of the grammar."""
    meanings: frozenset[str]
    """Intents that it belongs to; DECOY for what is none."""
    log_probability: float
    """Natural logarithm, summed over the ways to write the sentence."""
    score: float
    """What it is ranked by: the log-probability with the bonus for its words."""
    tokens: int
    """How many tokens the shortest way to write it takes, with the end."""
    writing: tuple[int, ...]
    """The tokens of the likeliest way, without the end."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    hypotheses: tuple[Hypothesis, ...]
    """Best score first."""
    free_text: str
    """What free decoding wrote, in plain words."""
    free_log_probability: float
    """Its natural logarithm; that of its beginning where it was cut."""


@dataclass(frozen=True, slots=True)
class _Beam:
    """The beginning of a sentence."""

    row: int
    """Its row in the logits: before a step that of its last token, after it its own."""
    state: int
    tokens: tuple[int, ...]
    log_probability: float


@dataclass(slots=True)
class _Free:
    """Free decoding: always the likeliest token."""

    longest: int
    row: int | None = 0
    tokens: list[int] = field(default_factory=list)
    log_probability: float = 0.0

    def extend(self, log_probabilities: Logits) -> None:
        """Take the likeliest token, or come to the end."""
        if self.row is None:
            return
        token = int(log_probabilities[self.row].argmax())
        self.log_probability += float(log_probabilities[self.row, token])
        if token == END or len(self.tokens) == self.longest:
            self.row = None
        else:
            self.tokens.append(token)


@dataclass(slots=True)
class _Finished:
    """Whole sentences, by their text."""

    automaton: TokenAutomaton
    bonus: float
    best: float = -np.inf
    found: dict[str, Hypothesis] = field(default_factory=dict)
    likeliest: dict[str, float] = field(default_factory=dict)

    def add(self, beam: _Beam, log_probability: float) -> None:
        """Count one way to write a sentence."""
        text = self.automaton.read(beam.tokens)
        before = self.found.get(text)
        total = log_probability if before is None else np.logaddexp(before.log_probability, log_probability)
        tokens = len(beam.tokens) + 1 if before is None else before.tokens
        if before is None or log_probability > self.likeliest[text]:
            self.likeliest[text], writing = log_probability, beam.tokens
        else:
            writing = before.writing
        meanings = self.automaton.letters.meanings(beam.state)
        score = float(total) + self.bonus * len(text.split())
        self.found[text] = Hypothesis(text, meanings, float(total), score, tokens, writing)
        self.best = max(self.best, log_probability)

    def ranked(self) -> tuple[Hypothesis, ...]:
        """Give the sentences, best score first."""
        return tuple(sorted(self.found.values(), key=lambda each: -each.score))


def search(decoder: Decoder, automaton: TokenAutomaton, start: int, width: Width) -> Found:
    """Find the likeliest sentences from the automaton's state `start` on."""
    beams = [_Beam(row=0, state=start, tokens=(), log_probability=0.0)]
    free, finished = _Free(width.longest_free), _Finished(automaton, width.word_bonus)
    logits = decoder.begin()
    for _ in range(width.longest):
        log_probabilities = log_probabilities_of(logits)
        free.extend(log_probabilities)
        _finish(beams, log_probabilities, finished)
        beams = _extend(beams, log_probabilities, automaton, width, finished.best)
        rows, tokens = [beam.row for beam in beams], [beam.tokens[-1] for beam in beams]
        if free.row is not None:
            rows, tokens = [*rows, free.row], [*tokens, free.tokens[-1]]
            free.row = len(beams)
        if not rows:
            break
        logits = decoder.step(rows, tokens)
        beams = [replace(beam, row=row) for row, beam in enumerate(beams)]
    return Found(finished.ranked(), automaton.read(free.tokens), free.log_probability)


def _finish(beams: Sequence[_Beam], log_probabilities: Logits, finished: _Finished) -> None:
    for beam in beams:
        if finished.automaton.letters.meanings(beam.state):
            finished.add(beam, beam.log_probability + float(log_probabilities[beam.row, END]))


def _extend(
    beams: Sequence[_Beam], log_probabilities: Logits, automaton: TokenAutomaton, width: Width, best: float
) -> list[_Beam]:
    """Give the likeliest longer beginnings."""
    follow = [automaton.next(beam.state) for beam in beams]
    tokens = np.concatenate([each for each, _ in follow] or [np.empty(0, np.int64)])
    if not len(tokens):
        return []
    states = np.concatenate([each for _, each in follow])
    source = np.repeat(np.arange(len(beams)), [len(each) for each, _ in follow])
    before = np.array([beam.log_probability for beam in beams])
    rows = np.array([beam.row for beam in beams])
    totals = before[source] + log_probabilities[rows[source], tokens]
    top = _best(totals, states, automaton, width)
    least = max(best - width.behind, totals[top[0]] - width.behind_beam)
    return [
        _Beam(beam.row, int(states[k]), (*beam.tokens, int(tokens[k])), float(totals[k]))
        for k, beam in ((k, beams[source[k]]) for k in top)
        if totals[k] > least
    ]


def _best(totals: Sums, states: Numbers, automaton: TokenAutomaton, width: Width) -> list[int]:
    """Give the places of the greatest totals, best first: so many sentences, so many decoys."""
    room = {False: width.beams, True: width.decoys}
    top: list[int] = []
    for place in np.argsort(-totals, kind="stable"):
        astray = automaton.letters.is_astray(int(states[place]))
        if room[astray]:
            room[astray] -= 1
            top.append(int(place))
        if not room[False]:
            break
    return top


def log_probabilities_of(logits: Logits) -> Logits:
    """Turn each row of a decoder's answer into natural logarithms of probabilities."""
    most = logits.max(-1, keepdims=True)
    sums: Logits = most + np.log(np.exp(logits - most).sum(-1, keepdims=True))
    return logits - sums
