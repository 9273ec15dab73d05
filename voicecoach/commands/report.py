"""The command that makes the record into files to take to the doctor."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.commands.journal import Data
from voicecoach.commands.options import Lang
from voicecoach.errors import ReportError
from voicecoach.report.summary import Report
from voicecoach.report.words import Words
from voicecoach.settings import load_settings

From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="First day, as 2026-12-01. [default: the first session]"),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day. [default: today]")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write a table for spreadsheets, a row an exercise.")]
Fhir = Annotated[Path | None, typer.Option("--fhir", help="Write a FHIR R4 bundle for a clinic's system.")]
Name = Annotated[
    str | None, typer.Option("--name", help="Your name, to be put on it. [default: none]", show_default=False)
]


def report(
    start: From = None,
    end: To = None,
    csv: Csv = None,
    fhir: Fhir = None,
    name: Name = None,
    lang: Lang = None,
    data: Data = None,
) -> None:
    """Make the record into something to take to the doctor: on this machine, from the journal."""
    from voicecoach.journal.journal import Journal
    from voicecoach.report.reading import read_report
    from voicecoach.report.words import load_words

    wanted = {kind: file for kind, file in (("csv", csv), ("fhir", fhir)) if file}
    if not wanted:
        raise ReportError("Say what to write: --csv FILE or --fhir FILE.")
    settings = load_settings(lang=lang, data=data)
    words = load_words(settings.lang)
    today = datetime.now(UTC).astimezone().date()
    with Journal.look(settings.data) as journal:
        told = read_report(journal, words.content.exercises, today, _day("--from", start), _day("--to", end))
    for kind, file in wanted.items():
        _write(file, MAKERS[kind](told, words, name))


def _write(file: Path, content: bytes) -> None:
    from voicecoach.report.files import write_privately

    write_privately(file, content)
    typer.echo(f"{file} is written. Only you may read it: it is about your health.")


def _csv(told: Report, words: Words, _name: str | None) -> bytes:
    from voicecoach.report.table import csv_of

    return csv_of(told, words)


def _fhir(told: Report, words: Words, name: str | None) -> bytes:
    from voicecoach.report.fhir import bundle_of

    return bundle_of(told, words, name)


MAKERS: dict[str, Callable[[Report, Words, str | None], bytes]] = {"csv": _csv, "fhir": _fhir}
"""What each option writes."""


def _day(option: str, text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise ReportError(f"{option} {text}: that is no day. Write it as 2026-12-01.") from error
