"""The commands, one function each; here they become one program."""

from collections.abc import Sequence
from importlib import import_module

import typer

SESSIONS, HOUSE, CONTENT, RECORD = "Sessions", "This machine", "What is said and done", "Your record"

COMMANDS = {
    "run": ("run:run", SESSIONS),
    "rehearse": ("rehearse:rehearse", SESSIONS),
    "stand-by": ("standby:stand_by", SESSIONS),
    "serve": ("serve:serve", SESSIONS),
    "setup": ("setup:setup", HOUSE),
    "doctor": ("doctor:doctor", HOUSE),
    "calibrate": ("calibrate:calibrate", HOUSE),
    "devices": ("devices:devices", HOUSE),
    "listen": ("listen:listen", HOUSE),
    "say": ("say:say", HOUSE),
    "wyoming": ("wyoming:wyoming", HOUSE),
    "install-service": ("service:install_service", HOUSE),
    "uninstall-service": ("service:uninstall_service", HOUSE),
    "service-status": ("service:service_status", HOUSE),
    "uninstall-data": ("uninstall:uninstall_data", HOUSE),
    "routines": ("content:routines", CONTENT),
    "show": ("show:show", CONTENT),
    "new-routine": ("new_routine:new_routine", CONTENT),
    "validate": ("content:validate", CONTENT),
    "schema": ("schema:schema", CONTENT),
    "profile": ("profile:profile", RECORD),
    "history": ("journal:history", RECORD),
    "report": ("report:report", RECORD),
    "calendar": ("calendar:calendar", RECORD),
    "export": ("journal:export", RECORD),
    "import": ("journal:import_", RECORD),
    "forget": ("journal:forget", RECORD),
}
"""Each command's module and function, and where the help lists it."""


def build_app(asked: Sequence[str] = ()) -> typer.Typer:
    """Put the commands together; of those `asked` for by name only that one, which is quicker."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
    )
    app.callback()(_voicecoach)
    for name in [asked[0]] if asked and asked[0] in COMMANDS else COMMANDS:
        place, panel = COMMANDS[name]
        module, _, function = place.partition(":")
        command = getattr(import_module(f"{__name__}.{module}"), function)
        app.command(name, rich_help_panel=panel)(command)
    return app


def _voicecoach() -> None:
    """Coach lower-back exercises by voice, offline. Begin with: voicecoach rehearse."""
