"""Where each key of a TOML file stands, and what a mistake means: for messages to whoever writes the file.

It reads text that is already in memory; whether a value is right is not its business.
"""

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

Place = tuple[str, ...]
"""Keys and positions from the outside in, as in ("exercises", "1", "repetitions")."""

_TOKEN = re.compile(
    r'(?P<skip>[^\S\n]+|#[^\n]*)|(?P<text>"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\')'
    r"|(?P<sign>[\[\]{}=,.\n])|(?P<word>[^\s\[\]{}=,.#]+)"
)
_QUOTED = re.compile(r"'(.+?)'")
_PROBLEM = re.compile(r"(?P<file>[^:]+\.toml): (?P<place>[^:]+): (?P<reason>.+)", re.DOTALL)

MISTAKES = {
    "Invalid value": "text needs quotes, and true and false are written small",
    "Expected '=' after a key": "a line is either 'key = value', a [table] or a # comment",
    "Unclosed array": "a closing ']' or a comma between two values is missing",
    "Unclosed inline table": "a closing '}' or a comma between two keys is missing",
    "Cannot overwrite a value": "this key or table is there twice; keep one",
    "Cannot declare": "this table is there twice; put its keys together",
    "Illegal character": "a closing quote is missing; text of several lines stands in three quotes",
    "Unterminated string": "a closing quote is missing",
    "Expected newline": "one key a line; text of several words stands in quotes",
    "Unescaped '\\'": "write a backslash twice",
    "Invalid initial character for a key part": "a name is missing here; a { } stands in one line",
    "Found newline": "a closing quote is missing",
}
"""By the beginning of tomllib's own words."""


def explain(error: tomllib.TOMLDecodeError) -> str:
    """Put a mistake of syntax into plain words, with the line and the column that tomllib tells."""
    told = str(error)
    hints = (hint for beginning, hint in MISTAKES.items() if told.startswith(beginning))
    hint = next(hints, None)
    return told if hint is None else f"{told}: {hint}"


def with_line(problem: str) -> str:
    """Give a problem of the form "FILE: PLACE: REASON" with the line in it, where the place is found.

    Of a file that is no TOML, tomllib's own words tell the line.
    """
    parts = _PROBLEM.fullmatch(problem)
    if parts is None:
        return problem
    try:
        text = Path(parts["file"]).read_text(encoding="utf-8-sig")
        tomllib.loads(text)
        line = _line_of(text, tuple(parts["place"].split(".")), parts["reason"])
    except (OSError, ValueError, IndexError):
        return problem
    return problem if line is None else f"{parts['file']}, line {line}: {parts['place']}: {parts['reason']}"


def _line_of(text: str, place: Place, reason: str) -> int | None:
    """Give the line of the place, or of the text below it that the reason begins with in quotes."""
    lines = places(text)
    line = next((lines[place[:n]] for n in range(len(place), 0, -1) if place[:n] in lines), None)
    quoted = _QUOTED.match(reason)
    if line is None or quoted is None:
        return line
    below = enumerate(text.splitlines()[line - 1 :], line)
    return next((number for number, each in below if quoted[1] in each), line)


def places(text: str) -> dict[Place, int]:
    """Give the line of every key, table and value of a list, counted from 1. `text` must be valid TOML."""
    return _Reader(_tokens(text)).read()


@dataclass(frozen=True, slots=True)
class _Token:
    sign: str
    """A sign, or "" for words and quoted text."""
    text: str
    line: int


def _tokens(text: str) -> list[_Token]:
    found = (match for match in _TOKEN.finditer(text) if match.lastgroup != "skip")
    return [
        _Token(match["sign"] or "", match[0].strip("\"'"), 1 + text.count("\n", 0, match.start()))
        for match in found
    ]


@dataclass(slots=True)
class _Reader:
    """Goes through the tokens once, from the outside in."""

    tokens: list[_Token]
    lines: dict[Place, int] = field(default_factory=dict)
    at: int = 0

    def read(self) -> dict[Place, int]:
        table: Place = ()
        while self.at < len(self.tokens):
            if self._take("\n"):
                continue
            if self._take("["):
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _take(self, sign: str) -> bool:
        found = self.at < len(self.tokens) and self.tokens[self.at].sign == sign
        self.at += found
        return found

    def _skip_lines(self) -> None:
        while self._take("\n"):
            pass

    def _key(self) -> tuple[Place, int]:
        line = self.tokens[self.at].line
        names = []
        while not self.tokens[self.at].sign or self._take("."):
            if not self.tokens[self.at].sign:
                names.append(self.tokens[self.at].text)
                self.at += 1
        return tuple(names), line

    def _header(self) -> Place:
        many = self._take("[")
        name, line = self._key()
        if many:
            name = (*name, str(sum((*name, str(n)) in self.lines for n in range(len(self.lines) + 1))))
        self.lines.setdefault(name, line)
        self.at += 2 if many else 1
        return name

    def _pair(self, table: Place) -> None:
        key, line = self._key()
        self.lines[table + key] = line
        self._take("=")
        self._value(table + key)

    def _value(self, place: Place) -> None:
        self.lines.setdefault(place, self.tokens[self.at].line)
        if self._take("["):
            self._inside("]", lambda n: self._value((*place, str(n))))
        elif self._take("{"):
            self._inside("}", lambda _n: self._pair(place))
        else:
            while self.at < len(self.tokens) and self.tokens[self.at].sign in {"", "."}:
                self.at += 1  # a number with a point is several tokens

    def _inside(self, end: str, read: Callable[[int], None]) -> None:
        number = 0
        self._skip_lines()
        while not self._take(end):
            read(number)
            number += 1
            self._skip_lines()
            self._take(",")
            self._skip_lines()
