"""Filling in a prompt's braces, with numbers said the way the language says them.

`{minutes}` stands for the value as it is. `{minutes:TABLE}` looks the value up in a table of the
language's own prompts: `TABLE.3` if there is one for this number, else `TABLE.other` with the number as
`{n}`, else the value as it is. So "one minute" and "two minutes", or 세 번 and 삼 분, are data.
"""

import string
from collections.abc import Mapping
from typing import Any


class Wording(string.Formatter):
    """Formats sentences with the number tables found among `prompts`."""

    def __init__(self, prompts: Mapping[str, tuple[str, ...]]) -> None:
        self._prompts = prompts

    def format_field(self, value: Any, format_spec: str) -> str:
        """Say one value; `format_spec` is the name of a table or empty."""
        exact = self._prompts.get(f"{format_spec}.{value}")
        if exact is not None:
            return exact[0]
        other = self._prompts.get(f"{format_spec}.other")
        return str(value) if other is None else self.format(other[0], n=value)


def braces(sentence: str) -> list[tuple[str, str]]:
    """Give the value's name and the table's (empty without one) of every pair of braces.

    Raises ValueError where the braces do not fit together.
    """
    parsed = list(string.Formatter().parse(sentence))
    return [(name, table or "") for _, name, table, _ in parsed if name is not None]
