"""`voicecoach profile`: what the coach knows of the person, shown and changed."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from voicecoach.commands import options
from voicecoach.commands.keeping import open_journal
from voicecoach.errors import SettingsError
from voicecoach.home.wall import local_now
from voicecoach.journal.journal import Journal
from voicecoach.session.ladder import key_of
from voicecoach.session.today import PROFILE
from voicecoach.settings import load_settings

QUESTIONS: Mapping[str, str] = {
    "pregnant": "pregnant, or a baby in the last three months",
    "operated": "an operation or a broken bone in the last months",
    "osteoporosis": "osteoporosis",
    "told_not_to": "told by a clinician not to exercise",
    "cleared": "a clinician was asked and agreed",
    "has_ball": "has an exercise ball",
    "floor_guide": "is guided down to the floor and up again",
}
"""What may be answered, and in which words it is shown."""

ANSWERS = {"yes": True, "no": False}


def profile(
    answers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME=yes|no|unasked]…", help="Answers to change; none shows them all."),
    ] = None,
    cleared: Annotated[
        bool, typer.Option("--cleared", help="A doctor or physiotherapist was asked and agreed.")
    ] = False,
    data: options.Data = None,
) -> None:
    """Show what the coach knows of you, or change it; `unasked` lets the coach ask again.

    Everything stays in the journal, with the time of each change.
    """
    changes = read_answers([*(answers or ()), *(("cleared=yes",) if cleared else ())])
    folder = load_settings(data=data).data
    if changes:
        moment = local_now()
        with open_journal(folder) as journal:
            for name, value in changes.items():
                journal.remember(key(name), value, moment)
    with Journal.look(folder) as journal:
        show(Console(), journal.memory())


def read_answers(words: list[str]) -> dict[str, bool | None]:
    """Read NAME=yes|no|unasked. Raises SettingsError with all that cannot be read."""
    pairs = [word.partition("=") for word in words]
    known = {**ANSWERS, "unasked": None}
    problems = [
        f"{name}{sign}{value}: write one of {', '.join(QUESTIONS)} with =yes, =no or =unasked."
        for name, sign, value in pairs
        if name not in QUESTIONS or value not in known
    ]
    if problems:
        raise SettingsError(*problems)
    return {name: known[value] for name, _, value in pairs}


def key(name: str) -> str:
    """Give the key under which an answer is remembered."""
    return f"profile.{name}" if name in (*PROFILE, "cleared") else name


def show(console: Console, memory: Mapping[str, Any]) -> None:
    """Print the answers, and where the person stands on the ladder of each exercise."""
    table = Table("name", "answer", "", box=None, pad_edge=False)
    words = {True: "yes", False: "no", None: "unasked"}
    for name, meaning in QUESTIONS.items():
        table.add_row(name, words[memory.get(key(name))], meaning)
    console.print(table)
    prefix = key_of("")
    for name, rung in sorted(memory.items()):
        if name.startswith(prefix):
            gentle = ", the gentler form next" if rung.get("gentle") else ""
            console.print(f"{name.removeprefix(prefix)}: level {rung['level']}{gentle}", highlight=False)
