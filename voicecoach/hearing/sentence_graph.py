"""The sentences of a grammar as one graph of letters.

hassil's expressions are compiled backwards, each towards what follows it, and equal continuations are
one node; so a hundred templates over the same lists stay a few thousand nodes, and nothing is ever
multiplied out. Text only: what the letters look like on paper is the automaton's business.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from hassil import Intents
from hassil.expression import (
    Alternative,
    Expression,
    Group,
    ListReference,
    Permutation,
    RuleReference,
    TextChunk,
)
from hassil.intents import RangeSlotList, TextSlotList

from voicecoach.errors import GrammarError
from voicecoach.hearing.spelling import APOSTROPHES, number_words

GAP = " "
"""The edge between two words."""
LARGEST_NUMBER = 100
"""Numbers up to here may be written in digits."""


@dataclass(slots=True)
class SentenceGraph:
    """Nodes and edges. A node's number is its index in `letters`, `free` and `label`."""

    language: str
    letters: list[tuple[tuple[str, int], ...]] = field(default_factory=list)
    """A node's edges that write a letter or cross a GAP, as (letter, next node)."""
    free: list[tuple[int, ...]] = field(default_factory=list)
    """A node's edges that write nothing."""
    label: list[str | None] = field(default_factory=list)
    """What a sentence that ends here means: an intent's name; None where none ends."""
    _known: dict[object, int] = field(default_factory=dict, repr=False)

    def end(self, label: str) -> int:
        """Give the node at which sentences of `label` end."""
        return self._node(("end", label), label=label)

    def phrase(self, text: str, following: int) -> int:
        """Give the node from which `text` leads to `following`, with its numbers in words or in digits."""
        words = unicodedata.normalize("NFC", text).translate(APOSTROPHES).casefold()
        spelled = (words, write_digits(words, self.language))
        return self.either(self._spell(each, following) for each in dict.fromkeys(spelled))

    def either(self, nodes: Iterable[int]) -> int:
        """Give the node from which all of `nodes` can be gone on from."""
        choices = tuple(sorted(set(nodes)))
        return choices[0] if len(choices) == 1 else self._node(("either", choices), free=choices)

    def nodes_from(self, nodes: Iterable[int]) -> frozenset[int]:
        """Give `nodes` and all that can be reached from them."""
        seen = set(nodes)
        ahead = list(seen)
        while ahead:
            node = ahead.pop()
            after = {*self.free[node], *(other for _, other in self.letters[node])} - seen
            seen |= after
            ahead += after
        return frozenset(seen)

    def labels_from(self, nodes: Iterable[int]) -> frozenset[str]:
        """Give the labels of all sentences that go on from any of `nodes`."""
        labels = (self.label[node] for node in self.nodes_from(nodes))
        return frozenset(label for label in labels if label is not None)

    def _spell(self, text: str, following: int) -> int:
        for letter in reversed(text):
            edge = letter if letter.isalnum() or letter == "'" else GAP
            following = self._node((edge, following), letters=((edge, following),))
        return following

    def _node(
        self,
        key: object,
        letters: tuple[tuple[str, int], ...] = (),
        free: tuple[int, ...] = (),
        label: str | None = None,
    ) -> int:
        if key not in self._known:
            self._known[key] = len(self.letters)
            self.letters.append(letters)
            self.free.append(free)
            self.label.append(label)
        return self._known[key]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Puts a grammar's expressions into a graph."""

    graph: SentenceGraph
    intents: Intents
    _known: dict[tuple[str, str, int], int] = field(default_factory=dict, repr=False)

    def intent(self, name: str) -> int:
        """Give the node from which the sentences of the intent `name` start.

        Raises GrammarError for a list of a kind that cannot be searched.
        """
        data = self.intents.intents[name].data
        sentences = [sentence.expression for each in data for sentence in each.sentences]
        return self._either(sentences, self.graph.end(name))

    def has_list(self, name: str) -> bool:
        """Tell whether a sentence of the intent `name` holds a value of a list."""
        data = self.intents.intents[name].data
        return any(self._holds_list(sentence.expression) for each in data for sentence in each.sentences)

    def _holds_list(self, expression: Expression) -> bool:
        match expression:
            case Group():
                return any(map(self._holds_list, expression.items))
            case RuleReference():
                return self._holds_list(self.intents.expansion_rules[expression.rule_name].expression)
        return isinstance(expression, ListReference)

    def expression(self, expression: Expression, following: int) -> int:
        """Give the node from which `expression` leads to `following`."""
        match expression:
            case TextChunk():
                return self.graph.phrase(expression.original_text, following)
            case Alternative():
                return self._either(expression.items, following)
            case Permutation():
                return self._in_any_order(tuple(expression.items), following)
            case Group():
                for item in reversed(expression.items):
                    following = self.expression(item, following)
                return following
            case ListReference():
                return self._list(expression.list_name, following)
            case RuleReference():
                return self._rule(expression.rule_name, following)
        raise GrammarError(f"A template holds a {type(expression).__name__}, which cannot be searched.")

    def _either(self, items: Iterable[Expression], following: int) -> int:
        return self.graph.either([self.expression(item, following) for item in items])

    def _in_any_order(self, items: tuple[Expression, ...], following: int) -> int:
        if not items:
            return following
        rests = [items[:place] + items[place + 1 :] for place in range(len(items))]
        return self.graph.either(
            [
                self.expression(item, self._in_any_order(rest, following))
                for item, rest in zip(items, rests, strict=True)
            ]
        )

    def _rule(self, name: str, following: int) -> int:
        key = ("rule", name, following)
        if key not in self._known:
            self._known[key] = self.expression(self.intents.expansion_rules[name].expression, following)
        return self._known[key]

    def _list(self, name: str, following: int) -> int:
        key = ("list", name, following)
        if key not in self._known:
            self._known[key] = self._values(name, following)
        return self._known[key]

    def _values(self, name: str, following: int) -> int:
        match values := self.intents.slot_lists.get(name):
            case TextSlotList():
                return self._either([value.text_in for value in values.values], following)
            case RangeSlotList():
                numbers = range(values.start, values.stop + 1, values.step)
                words = [word for number in numbers for word in number_words(number, self.graph.language)]
                return self.graph.either([self.graph.phrase(word, following) for word in words])
        raise GrammarError(f"The list '{name}' can be searched only if it has values or a range.")


def write_digits(text: str, language: str) -> str:
    """Give `text` with its number words written in digits, the longest first."""
    pattern, digits = _number_table(language)
    return pattern.sub(lambda found: digits[found[0]], text) if pattern else text


@cache
def _number_table(language: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    """Give the usual words of the numbers up to LARGEST_NUMBER, as a pattern and with their digits."""
    try:
        digits = {number_words(number, language)[0]: str(number) for number in range(LARGEST_NUMBER + 1)}
    except ValueError:
        return None, {}
    longest_first = sorted(digits, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), digits
