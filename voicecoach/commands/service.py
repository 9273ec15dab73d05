"""`voicecoach install-service`, `uninstall-service`, `service-status`: the stand-by under systemd."""

import getpass
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.errors import SettingsError
from voicecoach.home.service import NAME, Install, unit_text
from voicecoach.settings import Settings, load_settings, settings_file

System = Annotated[
    bool, typer.Option("--system", help="Of the machine, before anyone logs in, instead of your own.")
]

MACHINE_FOLDER = Path("/etc/systemd/system")


def install_service(
    system: System = False,
    only_print: Annotated[bool, typer.Option("--print", help="Print the unit, and install nothing.")] = False,
) -> None:
    """Let systemd start stand-by with the machine, and start it anew where it hangs or ends.

    Your own service plays through your PipeWire; it begins with your login, or with the machine where
    lingering is on. --system plays through ALSA and needs root. It may open no network address, unless the
    settings ask for the page or a broker; install it again when you change that.
    """
    settings = load_settings()  # what cannot be used is told now, not by a service that does not start
    text = unit_text(_install(settings, system=system))
    if only_print:
        typer.echo(text, nl=False)
        return
    _require_systemd(system=system)
    path = unit_path(system=system)
    _verify(text, system=system)
    _write(path, text)
    for words in (("daemon-reload",), ("enable", "--now", NAME)):
        _systemctl(*words, system=system)
    typer.echo(f"{path} is written, and stand-by runs. See: voicecoach service-status")
    if not system and not _lingers():
        typer.echo("It begins when you log in. To let it begin with the machine: loginctl enable-linger")


def uninstall_service(system: System = False) -> None:
    """Stop stand-by, and take its service away."""
    path = unit_path(system=system)
    if not path.exists():
        raise SettingsError(f"There is no service to take away ({path}).")
    _require_systemd(system=system)
    _systemctl("disable", "--now", NAME, system=system)
    try:
        path.unlink()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be removed ({error.strerror}).") from error
    _systemctl("daemon-reload", system=system)
    typer.echo(f"{path} is gone. What you did is still in your journal.")


def service_status(system: System = False) -> None:
    """Tell whether the service is there, runs, and what it does."""
    path = unit_path(system=system)
    if not path.exists():
        typer.echo(f"There is no service ({path}). Install it with: voicecoach install-service")
        raise typer.Exit(1)
    _require_systemd(system=system)
    asked = "--property=ActiveState,StatusText,NRestarts,ActiveEnterTimestamp"
    shown = subprocess.run(
        [*_manager(system=system), "show", NAME, asked], capture_output=True, text=True, check=False
    )
    if shown.returncode:
        raise SettingsError(f"systemd does not answer: {_in_a_line(shown.stderr)}")
    told = dict(line.partition("=")[::2] for line in shown.stdout.splitlines())
    typer.echo(f"{told['ActiveState']}, {told['StatusText'] or 'says nothing'}")
    typer.echo(f"since {told['ActiveEnterTimestamp'] or 'never'}, started anew {told['NRestarts']} times")


def unit_path(*, system: bool) -> Path:
    """Give where the unit file lies."""
    if system:
        return MACHINE_FOLDER / NAME
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "systemd" / "user" / NAME


def _install(settings: Settings, *, system: bool) -> Install:
    own = settings_file()
    file = own if own.exists() or "VOICECOACH_SETTINGS" in os.environ else None
    command = (sys.executable, "-m", "voicecoach")
    user = os.environ.get("SUDO_USER") or getpass.getuser()
    network = settings.serve or settings.mqtt_host is not None
    version = systemd_version()
    return Install(command, system=system, user=user, settings=file, version=version, network=network)


def systemd_version() -> int:
    """Give systemd's version, 0 where it is not there."""
    if shutil.which("systemctl") is None:
        return 0
    told = subprocess.run(["systemctl", "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"systemd (\d+)", told)
    return int(found[1]) if found else 0


def _require_systemd(*, system: bool) -> None:
    if not systemd_version():
        raise SettingsError("There is no systemd here; start 'voicecoach stand-by' in another way.")
    if not system and not os.environ.get("XDG_RUNTIME_DIR"):
        raise SettingsError(
            "Your own systemd cannot be reached: XDG_RUNTIME_DIR is not set. Log in as this user, or:"
            " export XDG_RUNTIME_DIR=/run/user/$(id -u)"
        )


def _verify(text: str, *, system: bool) -> None:
    """Let systemd read the unit before it is put in its place."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / NAME
        draft.write_text(text, encoding="utf-8")
        whose = [] if system else ["--user"]
        checked = subprocess.run(
            ["systemd-analyze", *whose, "verify", str(draft)], capture_output=True, text=True, check=False
        )
    if checked.returncode:
        raise SettingsError(f"systemd would not take the unit: {_in_a_line(checked.stderr)}")


def _in_a_line(told: str) -> str:
    return "; ".join(told.strip().splitlines())


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        hint = "; use sudo, or leave out --system" if path.is_relative_to(MACHINE_FOLDER) else ""
        raise SettingsError(f"{path}: cannot be written ({error.strerror}){hint}.") from error


def _manager(*, system: bool) -> list[str]:
    return ["systemctl"] if system else ["systemctl", "--user"]


def _systemctl(*words: str, system: bool) -> None:
    done = subprocess.run([*_manager(system=system), *words], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SettingsError(f"systemctl {' '.join(words)}: {_in_a_line(done.stderr) or 'it failed'}")


def _lingers() -> bool:
    shown = subprocess.run(
        ["loginctl", "show-user", getpass.getuser(), "--property=Linger"],
        capture_output=True,
        text=True,
        check=False,
    )
    return shown.stdout.strip() == "Linger=yes"
