"""Looking at the system: environment, groups, sound server, services, clock."""

import getpass
import grp
import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from voicecoach.doctor.system import SystemFacts

CARDS = Path("/proc/asound/cards")
SYSTEMD = Path("/run/systemd/system")
LINGERING = Path("/var/lib/systemd/linger")
SYNCHRONIZED = Path("/run/systemd/timesync/synchronized")
ANSWER_SECONDS = 3
"""A sound server that is silent for longer is none."""


def gather(now: datetime) -> SystemFacts:
    """Look at everything; what cannot be seen is taken for missing."""
    user = _user()
    runtime_dir = os.environ.get("XDG_RUNTIME_DIR", "")
    return SystemFacts(
        user=user,
        groups=_groups(),
        now=now,
        root=os.geteuid() == 0,
        server=_field(_pactl("info"), "Server Name"),
        cards=_cards(),
        runtime_dir=runtime_dir,
        runtime_dir_exists=bool(runtime_dir) and Path(runtime_dir).is_dir(),
        systemd=SYSTEMD.is_dir(),
        linger=(LINGERING / user).exists(),
        cancelling=_cancelling(_pactl("list", "short", "sources")),
        synchronized=SYNCHRONIZED.exists() if SYSTEMD.is_dir() else None,
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return str(os.geteuid())


def _groups() -> frozenset[str]:
    known = {entry.gr_gid: entry.gr_name for entry in grp.getgrall()}
    return frozenset(known[gid] for gid in os.getgroups() if gid in known)


def _cards() -> tuple[str, ...]:
    """Name the kernel's cards: lines such as ` 0 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones`."""
    try:
        lines = CARDS.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    return tuple(line.partition("[")[2].partition("]")[0].strip() for line in lines if "]:" in line)


def _pactl(*arguments: str) -> str:
    """Ask the sound server, PulseAudio or PipeWire; empty where none answers."""
    program = shutil.which("pactl")
    if program is None:
        return ""
    try:
        asked = subprocess.run(  # noqa: S603 - our own words
            [program, *arguments],
            capture_output=True,
            text=True,
            check=False,
            timeout=ANSWER_SECONDS,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout


def _field(text: str, name: str) -> str:
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _cancelling(sources: str) -> tuple[str, ...]:
    """Name the sources of module-echo-cancel, by the module or the name that PipeWire and users give it."""
    rows = [line.split("\t") for line in sources.splitlines()]
    signs = ("echo-cancel", "echo_cancel", "module-echo-cancel")
    return tuple(
        row[1]
        for row in rows
        if len(row) > len(("id", "name")) and any(sign in f"{row[1]} {row[2]}" for sign in signs)
    )
