"""Reading a grammar file: its shape, its templates, and every problem in it at once.

A grammar file is TOML of hassil's shape; what comes out is `hassil.Intents` whose templates hold
spoken words only (digits spelled out, punctuation gone), so that phrases, recognisers and
recognition see the same words. Nothing here samples or recognises.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hassil import Intents
from hassil.expression import Group, ListReference, RuleReference, Sentence
from hassil.intents import Intent, IntentData, SlotList, TextSlotList, TextSlotValue
from hassil.parse_expression import parse_sentence
from hassil.parser import ParseError
from pydantic import ConfigDict, Field, ValidationError, model_validator

from voicecoach.errors import GrammarError
from voicecoach.hearing.spelling import APOSTROPHES, number_words, spell_digits
from voicecoach.model import FileModel
from voicecoach.reasons import reasons
from voicecoach.toml_file import read_toml

LARGEST_RANGE = 1000
"""Numbers in one list; more is a mistake rather than something to say."""

_PARTS = re.compile(r"([{<][^}>]*[}>])|([^{<]+)")
_NOT_SPOKEN = re.compile(r"[.,!?…¡¿\"“”‐–—-]+")  # noqa: RUF001 - dashes are what it is about
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TEMPLATE = re.compile(r"[][(){}<>|;]")


class Range(FileModel):
    """A run of whole numbers, both ends included."""

    first: int = Field(alias="from")
    last: int = Field(alias="to")


class Value(FileModel):
    """A list's value: how it is said (a template) and what the slot then holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
    said: str = Field(alias="in")
    meant: str | int = Field(alias="out")


class ListFile(FileModel):
    """A list of the grammar file: values, or a range of numbers."""

    values: tuple[str | Value, ...] = ()
    range: Range | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "ListFile":
        if bool(self.values) == (self.range is not None):
            raise ValueError("needs either 'values' with at least one value, or 'range'")
        return self


class IntentFile(FileModel):
    """An intent of the grammar file: the sentences that mean it."""

    sentences: tuple[str, ...] = Field(min_length=1)


class GrammarFile(FileModel):
    """A whole grammar file."""

    language: str = Field(min_length=2)
    intents: dict[str, IntentFile] = Field(min_length=1)
    lists: dict[str, ListFile] = Field(default_factory=dict)
    expansion_rules: dict[str, str] = Field(default_factory=dict)


KEYS = (
    *GrammarFile.model_fields,
    *IntentFile.model_fields,
    *ListFile.model_fields,
    "in",
    "out",
    "from",
    "to",
)
"""Every key there is, to guess what was meant by one that there is not."""


def read_grammar_file(path: Path) -> dict[str, Any]:
    """Read the TOML. Raises GrammarError if there is no file or it is no TOML."""
    return read_toml(path, GrammarError)


def check_shape(data: Mapping[str, Any], source: str) -> GrammarFile:
    """Check keys and types. Raises GrammarError with every problem of that kind."""
    try:
        return GrammarFile.model_validate(data)
    except ValidationError as error:
        raise GrammarError(*dict.fromkeys(_shape_problems(source, error))) from None


def _shape_problems(source: str, error: ValidationError) -> Iterator[str]:
    for place, reason in reasons(error, keys=KEYS):
        where = ".".join(part for part in place if part not in ("str", "Value", "int"))
        yield f"{source}: {where or 'the file'}: {reason}."


class Templates:
    """Turns the texts of a grammar file into hassil's expressions and collects what is wrong."""

    def __init__(self, file: GrammarFile, source: str) -> None:
        self.file = file
        self.source = source
        self.problems: list[str] = []

    def intents(self) -> Intents:
        """Build all. Raises GrammarError with every problem of the templates."""
        lists = {name: self._list(name, each) for name, each in self.file.lists.items()}
        rules = {
            name: self._sentence(f"expansion_rules.{name}", text)
            for name, text in self.file.expansion_rules.items()
        }
        intents = {name: self._intent(name, each) for name, each in self.file.intents.items()}
        self._check_circles()
        if self.problems:
            raise GrammarError(*dict.fromkeys(self.problems))
        return Intents(
            language=self.file.language,
            intents=intents,
            slot_lists=lists,
            expansion_rules={name: rule for name, rule in rules.items() if rule is not None},
        )

    def _tell(self, where: str, problem: str) -> None:
        self.problems.append(f"{self.source}: {where}: {problem}")

    def _intent(self, name: str, intent: IntentFile) -> Intent:
        texts = [text for text in intent.sentences if self._sentence(f"intents.{name}", text) is not None]
        return Intent(name, [IntentData([self._speakable(text) for text in texts])])

    def _list(self, name: str, each: ListFile) -> SlotList:
        where = f"lists.{name}"
        if each.range is not None:
            return TextSlotList(name=name, values=list(self._numbers(where, each.range)))
        found = [self._value(where, value) for value in each.values]
        return TextSlotList(name=name, values=[value for value in found if value is not None])

    def _numbers(self, where: str, numbers: Range) -> Iterator[TextSlotValue]:
        if not 0 <= numbers.last - numbers.first < LARGEST_RANGE:
            self._tell(
                where, f"'from' must not be above 'to', and at most {LARGEST_RANGE} numbers fit in a range."
            )
            return
        try:
            for number in range(numbers.first, numbers.last + 1):
                for words in number_words(number, self.file.language):
                    yield TextSlotValue.from_tuple((words, number))
        except ValueError:
            self._tell(
                where, f"no number words are known for the language '{self.file.language}'; use 'values'."
            )

    def _value(self, where: str, value: str | Value) -> TextSlotValue | None:
        said = value if isinstance(value, str) else value.said
        if isinstance(value, str) and _TEMPLATE.search(value):
            self._tell(
                where, f'\'{value}\' is a template; write {{in = "{value}", out = "…"}} to say what it means.'
            )
            return None
        if self._sentence(where, said) is None:
            return None
        return TextSlotValue.from_tuple(
            (self._speakable(said), said if isinstance(value, str) else value.meant)
        )

    def _speakable(self, text: str) -> str:
        """Leave only what is spoken: digits in words, no punctuation. Names in brackets stay."""

        def words(found: re.Match[str]) -> str:
            if found[1]:
                return found[1]
            spoken = _NOT_SPOKEN.sub(" ", found[2].translate(APOSTROPHES))
            return next(iter(spell_digits(spoken, self.file.language)), spoken)

        return _PARTS.sub(words, text).strip()

    def _sentence(self, where: str, text: str) -> Sentence | None:
        """Parse one template, or tell what is wrong with it."""
        problem = _unbalanced(text)
        if not problem and not _NOT_SPOKEN.sub("", text).strip():
            problem = "there are no words in it"
        if not problem:
            try:
                sentence = parse_sentence(self._speakable(text))
            except (ParseError, AssertionError, ValueError) as error:
                problem = f"it cannot be read as a template ({error})"
            else:
                self._check_references(where, text, sentence)
                return sentence
        self._tell(where, f"'{text}': {problem}.")
        return None

    def _check_references(self, where: str, text: str, sentence: Sentence) -> None:
        for each in references(sentence.expression):
            if isinstance(each, ListReference) and each.list_name not in self.file.lists:
                self._tell(
                    where, f"'{text}': there is no list '{each.list_name}'; add [lists.{each.list_name}]."
                )
            if isinstance(each, RuleReference) and each.rule_name not in self.file.expansion_rules:
                self._tell(
                    where,
                    f"'{text}': there is no rule '{each.rule_name}'; add it to [expansion_rules].",
                )

    def _check_circles(self) -> None:
        """Tell rules and lists that lead back to themselves: their sentences would never end."""
        leads = {f"<{name}>": _names(text) for name, text in self.file.expansion_rules.items()}
        for name, each in self.file.lists.items():
            texts = [value.said for value in each.values if isinstance(value, Value)]
            leads[f"{{{name}}}"] = {found for text in texts for found in _names(text)}
        for name in leads:
            if name in _reachable(name, leads):
                self._tell("the templates", f"{name} leads back to itself; its sentences would never end.")


def _names(text: str) -> set[str]:
    return {re.sub(r":[^}]*", "", name) for name in re.findall(r"[{<][^}>]*[}>]", text)}


def _reachable(name: str, leads: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = list(leads[name])
    while ahead:
        here = ahead.pop()
        if here not in found:
            found.add(here)
            ahead += leads.get(here, ())
    return found


def references(expression: Any) -> Iterator[ListReference | RuleReference]:
    """Give every reference to a list or a rule within one of hassil's expressions."""
    if isinstance(expression, Group):
        for item in expression.items:
            yield from references(item)
    elif isinstance(expression, ListReference | RuleReference):
        yield expression


def _unbalanced(text: str) -> str:
    """Say which bracket has no partner; nothing if all have."""
    opened: list[str] = []
    for letter in text:
        if letter in _PAIRS.values():
            opened.append(letter)
        elif letter in _PAIRS and (not opened or opened.pop() != _PAIRS[letter]):
            return f"'{letter}' closes nothing that is open"
    return f"'{opened[-1]}' is never closed" if opened else ""
