"""A Vosk model's words: how the phrases of a grammar are written in them.

Pure: it asks a function whether the model knows a word, and never touches the model itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from voicecoach.errors import GrammarError

UNKNOWN_WORDS = ("[unk]", "<UNK>", "<unk>")
"""The word for anything else: models differ."""
LONG_WORDS = ("스칸디나비아", "constantinople", "antarctica")
"""Words that nobody says to a coach, long enough not to be heard by chance; a model knows one of them."""
MOST_PIECES = 3
"""Most syllables are words of the Korean model; a word put together from many is not heard."""
_HANGUL = re.compile(r"[가-힣]+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that a model knows."""

    knows: Callable[[str], bool]

    @property
    def unknown_word(self) -> str | None:
        """The model's word for anything else."""
        return next(filter(self.knows, UNKNOWN_WORDS), None)

    @property
    def long_word(self) -> str | None:
        """A word of the model that nobody says."""
        return next(filter(self.knows, LONG_WORDS), None)

    def pieces(self, word: str) -> tuple[str, ...]:
        """Give `word` in the fewest words of the model, the first as long as can be; nothing if it cannot be.

        Only Korean is cut: its model knows pieces of words (남았 어요), and any typing mistake of another
        language could be put together from short words.
        """
        if self.knows(word):
            return (word,)
        if not _HANGUL.fullmatch(word):
            return ()
        heads = (word[:length] for length in range(len(word) - 1, 0, -1))
        cuts = ((head, *self.pieces(word[len(head) :])) for head in heads if self.knows(head))
        least = min((cut for cut in cuts if len(cut) > 1), key=len, default=())
        return least if len(least) <= MOST_PIECES else ()

    def spell(self, phrases: Iterable[str], source: str) -> Mapping[str, str]:
        """Give every phrase by how the model writes it. Raises GrammarError with all words it has not."""
        spelled: dict[str, str] = {}
        problems: dict[str, str] = {}
        for phrase in phrases:
            words = {word: self.pieces(word) for word in phrase.split()}
            for word in (word for word, pieces in words.items() if not pieces):
                problems.setdefault(
                    word, f"{source}: the model has no word '{word}' (in '{phrase}'); say it otherwise."
                )
            spelled[" ".join(piece for word in phrase.split() for piece in words[word])] = phrase
        if problems:
            raise GrammarError(*problems.values())
        return spelled
