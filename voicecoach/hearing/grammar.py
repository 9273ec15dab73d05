"""What a person may say: the phrases of a language and what they mean.

A grammar answers two questions: which phrases are there (for recognisers that want them written
out), and what a text means. It knows nothing of sound or of the session; which intents are live
comes in from outside.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from hassil import Intents, recognize_all
from hassil.expression import Alternative, Expression, Group, ListReference, Permutation, RuleReference
from hassil.intents import TextSlotList
from hassil.sample import sample_sentence

from voicecoach.errors import GrammarError
from voicecoach.hearing.grammar_file import Templates, check_shape, read_grammar_file
from voicecoach.hearing.recognizer import Intent
from voicecoach.hearing.spelling import fold, spell_digits

MOST_PHRASES = 20_000
"""How many phrases may be written out; a grammar with more is only searched and understood."""


@dataclass(frozen=True, eq=False)
class Grammar:
    """The sentences of one language, by intent."""

    language: str
    hassil: Intents
    """The templates, in hassil's expressions: spoken words only, numbers as lists of words."""
    source: str
    """The file it came from, for messages."""
    _phrases: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _live: dict[frozenset[str] | None, Mapping[str, str]] = field(default_factory=dict, repr=False)
    _within: dict[frozenset[str] | None, Intents] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path) -> "Grammar":
        """Read a grammar file. Raises GrammarError with all of its problems."""
        return cls.parse(read_grammar_file(path), str(path))

    @classmethod
    def parse(cls, data: Mapping[str, Any], source: str) -> "Grammar":
        """Build a grammar from the content of a file. Raises GrammarError with all of its problems."""
        file = check_shape(data, source)
        grammar = cls(file.language, Templates(file, source).intents(), source)
        if grammar.size() <= MOST_PHRASES:
            grammar._check_phrases()
        return grammar

    @property
    def intents(self) -> tuple[str, ...]:
        """The names of the intents, in the order of the file."""
        return tuple(self.hassil.intents)

    def size(self, live: frozenset[str] | None = None) -> int:
        """Count the sentences of the live intents (all for None) without writing them out."""
        return sum(
            self._count(sentence.expression)
            for name in self._names(live)
            for data in self.hassil.intents[name].data
            for sentence in data.sentences
        )

    def phrases(self, live: frozenset[str] | None = None) -> Mapping[str, str]:
        """Give every spoken sentence of the live intents (all for None) and the intent it means.

        Raises GrammarError when there are more than MOST_PHRASES.
        """
        if live not in self._live:
            size = self.size(live)
            if size > MOST_PHRASES:
                raise GrammarError(
                    f"{self.source}: {size} sentences are too many to write out (at most {MOST_PHRASES});"
                    " use the recognizer 'moonshine', or make the grammar smaller."
                )
            self._live[live] = {
                phrase: name for name in self._names(live) for phrase in self._phrases_of(name)
            }
        return self._live[live]

    def words(self) -> frozenset[str]:
        """Give every word of every phrase. Raises GrammarError as `phrases` does."""
        return frozenset(word for phrase in self.phrases() for word in phrase.split())

    def understand(
        self,
        text: str,
        live: frozenset[str] | None = None,
        confidence: float = 1.0,
        start: int = 0,
        end: int = 0,
    ) -> Intent | None:
        """Give what `text` means among the live intents (all for None), if it is a whole sentence of them.

        Case and punctuation do not matter, and digits are as good as number words. `confidence` and
        the places `start` and `end` (samples) are handed on.
        """
        folded = fold(text)
        for spoken in (folded, *spell_digits(folded, self.language)):
            found = self._meaning(spoken, live)
            if found is not None:
                return Intent(found.name, found.slots, spoken, confidence, start, end)
        return None

    def _meaning(self, spoken: str, live: frozenset[str] | None) -> Intent | None:
        if self._is_small:
            name = self.phrases().get(spoken)
            if name is None or (live is not None and name not in live):
                return None
            live = frozenset((name,))
        for result in recognize_all(spoken, self._live_intents(live), language=self.language):
            slots = {each.name: each.value for each in result.entities_list}
            return Intent(result.intent.name, slots)
        return None

    @cached_property
    def _is_small(self) -> bool:
        return self.size() <= MOST_PHRASES

    def _live_intents(self, live: frozenset[str] | None) -> Intents:
        if live not in self._within:
            intents = {name: self.hassil.intents[name] for name in self._names(live)}
            self._within[live] = replace(self.hassil, intents=intents)
        return self._within[live]

    def _names(self, live: frozenset[str] | None) -> tuple[str, ...]:
        return tuple(name for name in self.intents if live is None or name in live)

    def _phrases_of(self, name: str) -> tuple[str, ...]:
        if name not in self._phrases:
            lists, rules = self.hassil.slot_lists, self.hassil.expansion_rules
            sampled = (
                fold(text)
                for data in self.hassil.intents[name].data
                for sentence in data.sentences
                for text in sample_sentence(sentence, lists, rules, self.language)
            )
            self._phrases[name] = tuple(dict.fromkeys(sampled))
        return self._phrases[name]

    def _count(self, expression: Expression) -> int:
        match expression:
            case Alternative():
                return sum(map(self._count, expression.items))
            case Permutation():
                return math.factorial(len(expression.items)) * math.prod(map(self._count, expression.items))
            case Group():
                return math.prod(map(self._count, expression.items))
            case ListReference():
                each = self.hassil.slot_lists[expression.list_name]
                values = each.values if isinstance(each, TextSlotList) else ()
                return sum(self._count(value.text_in) for value in values)
            case RuleReference():
                return self._count(self.hassil.expansion_rules[expression.rule_name].expression)
        return 1

    def _check_phrases(self) -> None:
        """Raise GrammarError where a phrase means two intents or a sentence may be silence."""
        problems = []
        meanings: dict[str, str] = {}
        pairs = [(name, phrase) for name in self.intents for phrase in self._phrases_of(name)]
        for name, phrase in pairs:
            other = meanings.setdefault(phrase, name)
            if not phrase:
                problems.append(f"intents.{name}: a sentence may be silence; free a word from its brackets.")
            elif other != name:
                problems.append(f"'{phrase}' is in both '{other}' and '{name}'; keep it in one.")
        if problems:
            raise GrammarError(*(f"{self.source}: {problem}" for problem in problems))
