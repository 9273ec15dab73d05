"""The tokens of a speech model, and which of them an automaton lets follow.

Pure: bytes and numbers in, arrays out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from voicecoach.errors import HearingError
from voicecoach.hearing.automaton import Automaton

BEGIN = 1
"""The token before the first word (Moonshine)."""
END = 2
"""The token after the last word (Moonshine)."""
_FIRST_TEXT = 259
"""Below are raw bytes and doubled punctuation, which the model never writes in words."""
_LAST_TEXT = 32_000
"""From here on come marks of time and speaker."""
_LONG = 128
"""A length from here on takes a second byte."""

Numbers = npt.NDArray[np.int64]


def read_tokens(data: bytes) -> tuple[bytes, ...]:
    """Read Moonshine's tokenizer.bin: byte strings, each after its length.

    Raises HearingError if the file is cut.
    """
    tokens, at = [], 0
    while at < len(data):
        length, at = data[at], at + 1
        if length >= _LONG and at < len(data):
            length, at = data[at] * _LONG + length - _LONG, at + 1
        tokens.append(data[at : at + length])
        at += length
    if at != len(data) or len(tokens) < _LAST_TEXT:
        raise HearingError("The model's tokenizer.bin is damaged; install the package moonshine-voice again.")
    return tuple(tokens)


@dataclass(slots=True)
class _Branch:
    """A node of the tokens' trie: the tokens that are written here, and the letters that go on."""

    tokens: list[int] = field(default_factory=list)
    letters: dict[str, "_Branch"] = field(default_factory=dict)


class Tokens:
    """The tokens by number, and as a trie of their letters."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._texts = texts
        self.trie = _Branch()
        for token in range(_FIRST_TEXT, min(_LAST_TEXT, len(texts))):
            self._plant(token, texts[token])

    def _plant(self, token: int, text: bytes) -> None:
        try:
            letters = text.decode()
        except UnicodeDecodeError:
            return  # a part of a letter
        branch = self.trie
        for letter in letters:
            branch = branch.letters.setdefault(letter, _Branch())
        branch.tokens.append(token)

    def write(self, tokens: Iterable[int]) -> str:
        """Give the text of `tokens`, with "▁" for each space."""
        return b"".join(self._texts[token] for token in tokens).decode(errors="ignore")


class TokenAutomaton:
    """An automaton over tokens instead of letters; remembers what it has worked out."""

    def __init__(self, automaton: Automaton, tokens: Tokens) -> None:
        self.letters = automaton
        self._tokens = tokens
        self._next: dict[int, tuple[Numbers, Numbers]] = {}

    def next(self, state: int) -> tuple[Numbers, Numbers]:
        """Give the tokens that may follow `state`, and the state after each."""
        known = self._next.get(state)
        if known is None:
            pairs = list(self._follow(self._tokens.trie, state))
            tokens = np.array([token for token, _ in pairs], np.int64)
            known = self._next[state] = tokens, np.array([after for _, after in pairs], np.int64)
        return known

    def read(self, tokens: Iterable[int]) -> str:
        """Turn tokens into the plain words of the grammar."""
        return self.letters.read(self._tokens.write(tokens))

    def _follow(self, branch: _Branch, state: int) -> Iterator[tuple[int, int]]:
        edges = self.letters.edges(state)
        for letter, further in _common(branch.letters, edges):
            after = edges[letter]
            for token in further.tokens:
                yield token, after
            if further.letters:
                yield from self._follow(further, after)


def _common(branches: Mapping[str, _Branch], edges: Mapping[str, int]) -> Iterator[tuple[str, _Branch]]:
    """Give the letters that both go on with, by way of the smaller."""
    if len(branches) < len(edges):
        yield from ((letter, branch) for letter, branch in branches.items() if letter in edges)
    else:
        yield from ((letter, branches[letter]) for letter in edges if letter in branches)
