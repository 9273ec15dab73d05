"""The command that makes the record into files to take to the doctor."""

import gc
import tempfile
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, get_args

import typer

from voicecoach.commands.options import Data, Lang, read_day
from voicecoach.errors import ReportError
from voicecoach.home.wall import local_now
from voicecoach.private_file import open_privately
from voicecoach.report.formats import Paper
from voicecoach.report.page import Made
from voicecoach.report.summary import Report
from voicecoach.settings import load_settings

From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="First day, as 2026-12-01. \\[default: the first session]"),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day. \\[default: today]")]
Html = Annotated[Path | None, typer.Option("--html", help="Write the page for the clinician.")]
Pdf = Annotated[Path | None, typer.Option("--pdf", help="Write it as a PDF; a month is one sheet.")]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write a table for spreadsheets, a row an exercise.")]
Fhir = Annotated[Path | None, typer.Option("--fhir", help="Write a FHIR R4 bundle for a clinic's system.")]
Name = Annotated[
    str | None,
    typer.Option("--name", help="Your name, to be put on it. \\[default: none]", show_default=False),
]
Open = Annotated[bool, typer.Option("--open", help="Open the page in a browser.")]
OnPaper = Annotated[
    str | None, typer.Option("--paper", help="A4 or Letter. \\[default: what is usual in your country]")
]


@contextmanager
def _garbage_kept() -> Iterator[None]:
    """Look for no garbage: there is hardly any, and looking takes a seventh of the time."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


@_garbage_kept()
def report(
    start: From = None,
    end: To = None,
    html: Html = None,
    pdf: Pdf = None,
    csv: Csv = None,
    fhir: Fhir = None,
    name: Name = None,
    paper: OnPaper = None,
    open_: Open = False,
    lang: Lang = None,
    data: Data = None,
) -> None:
    """Make the record into something to take to the doctor: on this machine, from the journal."""
    from voicecoach.journal.journal import Journal
    from voicecoach.report.charts import keep_fonts_in
    from voicecoach.report.reading import read_report
    from voicecoach.report.words import load_words

    wanted = [("html", html or (_somewhere() if open_ else None)), ("pdf", pdf), ("csv", csv), ("fhir", fhir)]
    if not any(file for _, file in wanted):
        raise ReportError("Say what to write: --html, --pdf, --csv or --fhir FILE, or --open.")
    settings = load_settings(lang=lang, data=data)
    keep_fonts_in(settings.cache / "fonts")
    words, today = load_words(settings.lang), local_now().date()
    made = Made(words, today, name, _paper(paper))
    first, last = read_day("--from", start, ReportError), read_day("--to", end, ReportError)
    with Journal.look(settings.data) as journal:
        told = read_report(journal, words.content.exercises, today, first, last)
    for kind, file in wanted:
        if file:
            _write(file, MAKERS[kind](told, made))
    if open_ and (page := wanted[0][1]):
        webbrowser.open(page.absolute().as_uri())


def _somewhere() -> Path:
    return Path(tempfile.mkdtemp(prefix="voicecoach-")) / "report.html"


def _write(file: Path, content: bytes) -> None:
    with open_privately(file, ReportError) as paper:
        paper.write(content)
    typer.echo(f"{file} is written. Only you may read it: it is about your health.")


def _html(told: Report, made: Made) -> bytes:
    from voicecoach.report.page import page_of

    return page_of(told, made).encode()


def _pdf(told: Report, made: Made) -> bytes:
    from voicecoach.report.page import page_of
    from voicecoach.report.pdf import pdf_of

    return pdf_of(page_of(told, made, on_paper=True))


def _csv(told: Report, made: Made) -> bytes:
    from voicecoach.report.table import csv_of

    return csv_of(told, made.words)


def _fhir(told: Report, made: Made) -> bytes:
    from voicecoach.report.fhir import bundle_of

    return bundle_of(told, made.words, made.name)


MAKERS: dict[str, Callable[[Report, Made], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "csv": _csv,
    "fhir": _fhir,
}
"""What each option writes."""


def _paper(text: str | None) -> Paper | None:
    known = {paper.lower(): paper for paper in get_args(Paper)}
    if text is not None and text.lower() not in known:
        raise ReportError(f"--paper {text}: choose one of {', '.join(known.values())}.")
    return None if text is None else known[text.lower()]
