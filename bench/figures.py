"""A measured figure, what it should be, and figures laid side by side. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

DIGITS = {"%": 1, "ms": 0, "s": 2, "MB": 0, "x real time": 3, "an hour": 1}
"""Decimals by unit."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a figure should come to."""

    bound: float
    least: bool
    """Whether the figure should be at least `bound`; otherwise at most."""

    def met(self, value: float) -> bool:
        """Tell whether `value` is as good as it should be."""
        return value >= self.bound if self.least else value <= self.bound

    def __str__(self) -> str:
        """Write it as people do."""
        return f"{'≥' if self.least else '≤'} {self.bound:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one of those that are compared."""

    what: str
    """What was measured, the same for all who are compared in it."""
    who: str
    value: float
    unit: str
    count: int = 0
    """Of how many recordings, words or runs; 0 where that says nothing."""
    note: str = ""

    def __str__(self) -> str:
        """Write value and unit, and the note."""
        number = f"{self.value:,.{DIGITS.get(self.unit, 0)}f}"
        return " ".join(filter(None, (number, self.unit, self.note and f"({self.note})")))


@dataclass(frozen=True, slots=True)
class Table:
    """Figures side by side: a row a thing measured, a column each who is compared."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def kept(self) -> list[int]:
        """Give the places of the columns that are not empty throughout."""
        places = range(len(self.columns))
        return [place for place in places if place == 0 or any(row[place] for row in self.rows)]


def lay(figures: Sequence[Figure], aims: dict[str, Aim]) -> Table:
    """Lay figures side by side, in the order they come in; the aims come last, where there are any."""
    whos = _ordered(each.who for each in figures)
    whats = _ordered(each.what for each in figures)
    cells = {(each.what, each.who): each for each in figures}
    rows = []
    for what in whats:
        row = [cells.get((what, who)) for who in whos]
        counts = {each.count for each in row if each and each.count}
        same = str(*counts) if len(counts) == 1 else ""
        rows.append((what, same, *(_cell(each, alone=bool(same)) for each in row), str(aims.get(what, ""))))
    return Table(("measured", "of", *whos, "aim"), tuple(rows))


def _cell(figure: Figure | None, *, alone: bool) -> str:
    """Write a figure, and of how many, where that is not the same for all in its row."""
    if figure is None:
        return ""
    return str(figure) if alone or not figure.count else f"{figure} of {figure.count}"


def to_markdown(table: Table) -> str:
    """Write a table in Markdown; columns that are empty throughout are left out."""
    kept = table.kept()
    lines = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    return "\n".join("| " + " | ".join(line[place] for place in kept) + " |" for line in lines)


def to_data(figure: Figure, aims: dict[str, Aim]) -> dict[str, Any]:
    """Give a figure as JSON has it, with its aim and whether that is met."""
    aim = aims.get(figure.what)
    return asdict(figure) | ({} if aim is None else {"aim": str(aim), "met": aim.met(figure.value)})


def from_data(data: dict[str, Any]) -> Figure:
    """Read what `to_data` gave."""
    return Figure(**{each.name: data[each.name] for each in fields(Figure)})


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
