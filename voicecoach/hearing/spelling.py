"""How words are written down so that what was heard and what was meant can be compared.

Pure text; knows nothing of grammars or recognisers.
"""

import re
import unicodedata
from functools import cache

APOSTROPHES = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{LEFT SINGLE QUOTATION MARK}": "'"})
_NOT_SPOKEN = re.compile(r"(?!')[\W_]+")
_DIGITS = re.compile(r"\d+")
_UNSPOKEN_RULESETS = ("financial", "attributive")
"""Ways to write a number that nobody says alone: 일십 on a cheque, 한 only before a counter."""


def fold(text: str) -> str:
    """Give the words alone: lower case, composed, without punctuation, one space between them."""
    composed = (
        unicodedata.normalize("NFC", text).translate(APOSTROPHES).lower()
    )  # casefold would spell fuß fuss
    return " ".join(_NOT_SPOKEN.sub(" ", composed).split())


@cache
def number_words(number: int, language: str) -> tuple[str, ...]:
    """Give every way to say `number` in `language`, the usual one first.

    Raises ValueError for a language without number words.
    """
    ways = _engine(language).format_number(number).text_by_ruleset
    spoken = [
        fold(text) for rule, text in ways.items() if not any(word in rule for word in _UNSPOKEN_RULESETS)
    ]
    return tuple(dict.fromkeys(spoken))


@cache
def _engine(language: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library is imported inside
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - only a grammar with numbers needs it

    return RbnfEngine.for_language(language)


def spell_digits(text: str, language: str) -> tuple[str, ...]:
    """Give `text` with its digits said in words, one text for each consistent way of saying them."""
    numbers = [int(digits) for digits in _DIGITS.findall(text)]
    ways = max((len(number_words(number, language)) for number in numbers), default=0)
    return tuple(_spell(text, language, way) for way in range(ways))


def _spell(text: str, language: str, way: int) -> str:
    def words(found: re.Match[str]) -> str:
        known = number_words(int(found[0]), language)
        return known[min(way, len(known) - 1)]

    return _DIGITS.sub(words, text)
