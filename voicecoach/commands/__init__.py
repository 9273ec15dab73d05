"""The commands, one function each; here they become one program.

A command's module is imported when the command is called: help and mistakes need none of them.
"""

from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from voicecoach import __version__

SESSIONS, HOUSE, CONTENT, RECORD = "Sessions", "This machine", "What is said and done", "Your record"


class Entry(NamedTuple):
    """What is known of a command before its module is imported."""

    place: str
    """Its module and function."""
    panel: str
    """Where the help lists it."""
    summary: str
    """The first sentence of its docstring."""


COMMANDS = {
    "run": Entry(
        "run:run",
        SESSIONS,
        'Go through a session by voice; without a ROUTINE, say "start morning routine".',
    ),
    "rehearse": Entry(
        "rehearse:rehearse",
        SESSIONS,
        "Rehearse a session: a simulated person speaks, a real recogniser hears, and the coach guides.",
    ),
    "stand-by": Entry(
        "standby:stand_by",
        SESSIONS,
        'Wait for "coach, start morning routine", go through the session, and wait again.',
    ),
    "serve": Entry(
        "serve:serve",
        SESSIONS,
        "Show the status page, and go through a session whenever one is started there.",
    ),
    "setup": Entry(
        "setup:setup",
        HOUSE,
        "Get what is missing, render what the coach says, and say who will listen.",
    ),
    "doctor": Entry(
        "doctor:doctor",
        HOUSE,
        "Check this machine, a line a check, with what to do where something is wrong.",
    ),
    "calibrate": Entry(
        "calibrate:calibrate",
        HOUSE,
        "Lie down and say what the coach asks for: stop, pain worse and ready, three times each.",
    ),
    "devices": Entry(
        "devices:devices",
        HOUSE,
        "List the sound devices; a part of a name chooses one in the settings, and stays true over a reboot.",
    ),
    "listen": Entry(
        "listen:listen",
        HOUSE,
        "Tell what is understood in recordings: a line an utterance, intent null where it was not.",
    ),
    "say": Entry(
        "say:say",
        HOUSE,
        "Say a line in the coach's voice and at its volume, to hear how it sounds.",
    ),
    "wyoming": Entry(
        "wyoming:wyoming",
        HOUSE,
        "Offer our recogniser and our voice over the Wyoming protocol, as Home Assistant's Assist speaks it.",
    ),
    "install-service": Entry(
        "service:install_service",
        HOUSE,
        "Let systemd start stand-by with the machine, and start it anew where it hangs or ends.",
    ),
    "uninstall-service": Entry(
        "service:uninstall_service",
        HOUSE,
        "Stop stand-by, and take its service away.",
    ),
    "service-status": Entry(
        "service:service_status",
        HOUSE,
        "Tell whether the service is there, runs, and what it does.",
    ),
    "uninstall-data": Entry(
        "uninstall:uninstall_data",
        HOUSE,
        "Show what voicecoach wrote on this machine, and remove it if you say so: the journal too.",
    ),
    "routines": Entry(
        "content:routines",
        CONTENT,
        "List the routines, with their exercises and about how long they take.",
    ),
    "show": Entry(
        "show:show",
        CONTENT,
        "Show an exercise: its start, movement and end as drawings, with the coach's words.",
    ),
    "new-routine": Entry(
        "new_routine:new_routine",
        CONTENT,
        "Ask for a routine of your own, and write it to a file: exercises, doses, and exercises of your own.",
    ),
    "validate": Entry(
        "content:validate",
        CONTENT,
        "Check content, prompts and grammars of every language, or the files given; all problems at once.",
    ),
    "schema": Entry(
        "schema:schema",
        CONTENT,
        "Print the JSON Schema of a kind of file, for Taplo, VS Code and other editors.",
    ),
    "profile": Entry(
        "profile:profile",
        RECORD,
        "Show what the coach knows of you, or change it; `unasked` lets the coach ask again.",
    ),
    "history": Entry(
        "journal:history",
        RECORD,
        "Show the sessions so far: what was done, for how long, and the pain before and after.",
    ),
    "report": Entry(
        "report:report",
        RECORD,
        "Make the record into something to take to the doctor: on this machine, from the journal.",
    ),
    "calendar": Entry(
        "calendar:calendar",
        RECORD,
        "Write your morning and evening times into a calendar file, so that your phone reminds you.",
    ),
    "export": Entry(
        "journal:export",
        RECORD,
        "Write the whole journal into a file, to keep it or to take it to another machine.",
    ),
    "import": Entry(
        "journal:import_",
        RECORD,
        "Take an exported journal into this one. What is here already is not doubled.",
    ),
    "forget": Entry(
        "journal:forget",
        RECORD,
        "Remove sessions from the journal for good, or everything where no day is given.",
    ),
}
"""Every command, in the order of the help."""


class _Commands(TyperGroup):
    """Shows what the table tells of the commands, and loads the one that is called."""

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[Any, Any, list[str]]:
        name, _, rest = super().resolve_command(ctx, args)
        return name, _load(str(name)), rest


def build_app() -> typer.Typer:
    """Put the commands together."""
    app = typer.Typer(
        cls=_Commands,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    app.callback()(_voicecoach)
    for name, entry in COMMANDS.items():
        app.command(name, rich_help_panel=entry.panel, help=entry.summary)(_unloaded)
    return app


def _load(name: str) -> Any:
    """Import a command."""
    module, _, function = COMMANDS[name].place.partition(":")
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode="rich")
    alone.command(name)(getattr(import_module(f"{__name__}.{module}"), function))
    return typer.main.get_command(alone)


def _unloaded() -> None:
    """Stand in the help for a command that nobody called."""


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"voicecoach {__version__}")
        raise typer.Exit


def _voicecoach(
    _version: Annotated[
        bool, typer.Option("--version", help="Tell the version.", callback=_tell_version, is_eager=True)
    ] = False,
) -> None:
    """Coach lower-back exercises by voice, offline. Begin with: voicecoach rehearse."""
