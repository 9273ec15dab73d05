"""The command that shows an exercise in pictures; the coach never needs it."""

import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.commands.options import Lang
from voicecoach.errors import ReportError
from voicecoach.private_file import open_privately
from voicecoach.settings import load_settings

Exercise = Annotated[str, typer.Argument(help="An exercise; `voicecoach routines` lists them.")]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write the page there, instead of opening it in a browser.")
]
Figures = Annotated[
    Path | None, typer.Option("--figures", help="A file of drawings of your own, like report/figures.toml.")
]


def show(exercise: Exercise, html: Html = None, figures: Figures = None, lang: Lang = None) -> None:
    """Show an exercise: its start, movement and end as drawings, with the coach's words."""
    from voicecoach.report.figure import FIGURES, load_figures
    from voicecoach.report.showing import show as page_of
    from voicecoach.report.words import load_words

    words = load_words(load_settings(lang=lang).lang)
    page = page_of(exercise, words, load_figures(figures or FIGURES))
    file = html or Path(tempfile.mkdtemp(prefix="voicecoach-")) / "exercise.html"
    with open_privately(file, ReportError) as paper:
        paper.write(page)
    if html is None:
        webbrowser.open(file.as_uri())
    typer.echo(f"{file} is written.")
