"""`voicecoach uninstall-data`: shows all that the program wrote outside its own folder, and removes it."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.commands.service import unit_path
from voicecoach.errors import SettingsError
from voicecoach.settings import Settings, load_settings, settings_file

VOSK_MODELS = Path.home() / ".cache" / "vosk"


def uninstall_data(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Show what voicecoach wrote on this machine, and remove it if you say so: the journal too."""
    service = [path for system in (False, True) if (path := unit_path(system=system)).exists()]
    if service:
        raise SettingsError(f"The service is still there ({service[0]}): first voicecoach uninstall-service.")
    found = written(load_settings())
    if not found:
        typer.echo("There is nothing of voicecoach here but the program itself.")
        return
    for path, what in found.items():
        typer.echo(f"{_size(path) / 1e6:8.1f} MB  {path}  ({what})")
    typer.echo("The journal is your record; 'voicecoach export FILE' keeps it.")
    if not yes and not typer.confirm("Remove all of it for good?"):
        typer.echo("Nothing was removed.")
        return
    for path in found:
        _remove(path)
    typer.echo("It is gone. The program itself goes with: pipx uninstall voicecoach, or as you installed it.")


def written(settings: Settings) -> dict[Path, str]:
    """Give what is there, and what it is."""
    kinds = {
        settings.data: "the journal",
        settings.cache: "rendered speech, and a list of fonts",
        settings_file(): "your settings",
        **dict.fromkeys(sorted(VOSK_MODELS.glob("vosk-model-small-en-us-0.15*")), "a downloaded model"),
    }
    return {path: what for path, what in kinds.items() if path.exists()}


def _size(path: Path) -> int:
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files)


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be removed ({error.strerror}); what is left is above."
        ) from error
