"""Figures in the terminal."""

from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from bench.figures import Aim, Figure, Table, lay


def show(title: str, figures: Iterable[Figure], aims: Mapping[str, Aim] | None = None) -> None:
    """Print figures side by side, under the first line of `title`."""
    Console().print(to_rich(title.splitlines()[0], lay(tuple(figures), dict(aims or {}))))


def to_rich(title: str, table: Table) -> RichTable:
    """Lay a table out for the terminal; columns that are empty throughout are left out."""
    shown = RichTable(title=escape(title), title_justify="left")
    kept = table.kept()
    for place in kept:
        shown.add_column(escape(table.columns[place]), justify="left" if place == 0 else "right")
    for row in table.rows:
        shown.add_row(*(escape(row[place]) for place in kept))
    return shown
