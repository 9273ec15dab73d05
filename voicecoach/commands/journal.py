"""The commands about the person's record: history, export, import and forget."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from voicecoach.commands.keeping import open_journal
from voicecoach.commands.options import Data, read_day
from voicecoach.errors import JournalError
from voicecoach.settings import load_settings

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON array.")]
Plot = Annotated[bool, typer.Option("--plot", help="Draw the pain before and after over time.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Before = Annotated[
    str | None, typer.Option("--before", metavar="DATE", help="Only sessions before this day, as 2026-12-01.")
]

MARKS = {"done": "", "skipped": " (skipped)", "left_out": " (left out)", "unfinished": " (not to its end)"}
COLUMNS = ("Date", "Routine", "Minutes", "Exercises", "Pain", "Ended")


def history(data: Data = None, as_json: AsJson = False, plot: Plot = False) -> None:
    """Show the sessions so far: what was done, for how long, and the pain before and after."""
    from voicecoach.journal.history import sessions
    from voicecoach.journal.journal import Journal

    with Journal.look(_folder(data)) as journal:
        summaries = sessions(journal)
    if as_json:
        typer.echo(
            json.dumps([asdict(one) for one in summaries], default=datetime.isoformat, ensure_ascii=False)
        )
        return
    console = Console()
    if plot:
        _print_plot(summaries, console.width)
    elif console.is_terminal:
        _print_table(console, summaries)
    else:
        for one in summaries:
            typer.echo("\t".join(_row(one)))
    if not summaries:
        typer.echo("There is no session yet. Begin with: voicecoach run", err=True)


def export(
    file: Annotated[Path, typer.Argument(help="The file to write, of JSON lines.")], data: Data = None
) -> None:
    """Write the whole journal into a file, to keep it or to take it to another machine."""
    from voicecoach.journal.exchange import export as write
    from voicecoach.journal.journal import Journal

    with Journal.look(_folder(data)) as journal:
        count = write(journal, file)
    typer.echo(
        f"{_counted(count, 'session')} written to {file}, which only you may read: it is about your health."
    )


def import_(
    file: Annotated[Path, typer.Argument(help="A file that 'voicecoach export' wrote.")], data: Data = None
) -> None:
    """Take an exported journal into this one. What is here already is not doubled."""
    from voicecoach.journal.exchange import import_ as read

    with open_journal(_folder(data)) as journal:
        new = read(journal, file)
    counts = (_counted(new.sessions, "session"), _counted(new.events, "event"))
    typer.echo(f"{', '.join(counts)} and {_counted(new.memories, 'memory')} were new.")


def forget(before: Before = None, yes: Yes = False, data: Data = None) -> None:
    """Remove sessions from the journal for good, or everything where no day is given."""
    from voicecoach.journal.forgetting import forget as remove

    day = read_day("--before", before, JournalError)
    what = "everything that the coach knows of you" if day is None else f"all sessions before {day}"
    if not yes:
        typer.confirm(f"Forget {what} for good? It cannot be brought back", abort=True)
    with open_journal(_folder(data)) as journal:
        gone = remove(journal, day)
    typer.echo(f"{_counted(gone.sessions, 'session')} and {_counted(gone.memories, 'memory')} are forgotten.")
    if gone.files:
        typer.echo(f"{_counted(gone.files, 'file')} of damaged journals went too.")


def _folder(data: Path | None) -> Path:
    return load_settings(data=data).data


def _counted(count: int, noun: str) -> str:
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else noun + "s"
    return f"{count} {noun if count == 1 else plural}"


def _print_table(console: Console, summaries: list[Any]) -> None:
    from voicecoach.journal.history import sparkline

    table = Table(*COLUMNS, show_edge=False)
    for one in summaries:
        table.add_row(*map(Text, _row(one)))
    console.print(table)
    pains = [(one.pain_before, one.pain_after) for one in summaries]
    told = [pair for pair in pains if pair != (None, None)]
    for name, scores in zip(
        ("before", "after"), zip(*told, strict=True), strict=False
    ):  # nothing where none was told
        console.print(f"pain {name:6}  {sparkline(scores)}", highlight=False)


def _print_plot(summaries: list[Any], width: int) -> None:
    from voicecoach.report.plot import plot

    drawn = plot(summaries, width)
    typer.echo(drawn or "No pain was told yet.", err=not drawn)


def _row(one: Any) -> tuple[str, ...]:
    exercises = ", ".join(exercise.name + MARKS[exercise.action] for exercise in one.exercises)
    pain = f"{_score(one.pain_before)} -> {_score(one.pain_after)}" + (" leg" if one.leg else "")
    cells = (f"{one.started:%Y-%m-%d %H:%M}", one.routine, f"{one.minutes:.0f}", exercises, pain, one.ended)
    return tuple(map(_printable, cells))


def _score(score: int | None) -> str:
    return "-" if score is None else str(score)


def _printable(text: str) -> str:
    """Take out what would steer a terminal or break a line."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)
