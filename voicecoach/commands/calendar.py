"""The command that writes the morning and evening times as a calendar file."""

from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from voicecoach.commands.options import Data, Lang
from voicecoach.errors import ReportError
from voicecoach.home import wall
from voicecoach.private_file import open_privately
from voicecoach.settings import Settings, load_settings

if TYPE_CHECKING:
    from voicecoach.report.agenda import TimeOfDay

FILE_HELP = "The file to write, of the kind that every calendar takes in."
Morning = Annotated[
    str | None,
    typer.Option("--morning", metavar="TIME", help="As 07:00. \\[default: when you usually begin]"),
]
Evening = Annotated[str | None, typer.Option("--evening", metavar="TIME", help="As 21:00.")]


def calendar(
    file: Annotated[Path, typer.Argument(help=FILE_HELP)],
    morning: Morning = None,
    evening: Evening = None,
    lang: Lang = None,
    data: Data = None,
) -> None:
    """Write your morning and evening times into a calendar file, so that your phone reminds you."""
    from voicecoach.report.agenda import calendar_of
    from voicecoach.report.words import load_words

    settings = load_settings(lang=lang, data=data)
    given: dict[TimeOfDay, time | None] = {
        "morning": _time("--morning", morning),
        "evening": _time("--evening", evening),
    }
    times = {when: at for when, at in given.items() if at} or _usual(settings)
    if not times:
        raise ReportError("Say when: --morning 07:00, --evening 21:00, or both; there is no session yet.")
    now = wall.now()
    with open_privately(file, ReportError) as paper:
        paper.write(calendar_of(times, load_words(settings.lang), now.astimezone().date(), now))
    told = " and ".join(f"{when} at {at:%H:%M}" for when, at in times.items())
    typer.echo(f"{file} is written: {told}, every day.")


def _usual(settings: Settings) -> "dict[TimeOfDay, time]":
    from voicecoach.journal.history import sessions
    from voicecoach.journal.journal import Journal
    from voicecoach.report.agenda import usual_times

    with Journal.look(settings.data) as journal:
        return usual_times(sessions(journal))


def _time(option: str, text: str | None) -> time | None:
    try:
        at = None if text is None else time.fromisoformat(text)
    except ValueError as error:
        raise ReportError(f"{option} {text}: that is no time of the day. Write it as 07:00.") from error
    if at and at.tzinfo:
        raise ReportError(f"{option} {text}: write it without a zone, as 07:00.")
    return at
