"""A damaged journal: kept aside under a name with the date, told, and a new one begun."""

import logging
from datetime import datetime
from pathlib import Path

from voicecoach.errors import JournalError
from voicecoach.journal.database import DamagedError, Database, open_database

_log = logging.getLogger(__name__)


SMALL_BYTES = 50_000_000
"""Half a year; up to here all of the file is checked at every opening, in a tenth of a second."""


def open_or_begin(path: Path, now: datetime, *, suspicious: bool) -> tuple[Database, list[str]]:
    """Open the journal at `path`, or begin a new one where it is damaged.

    A large one is checked to its last page only where it is `suspicious`. Gives what the person has
    to be told, in whole sentences. Raises JournalError like open_database.
    """
    try:
        return open_database(path, thorough=suspicious or _is_small(path)), []
    except DamagedError:
        aside = keep_aside(path, now)
    told = f"The journal was damaged. It is kept as {aside}, and a new one was begun."
    _log.warning("%s", told)
    return open_database(path, thorough=False), [told]


def _is_small(path: Path) -> bool:
    return path.exists() and path.stat().st_size <= SMALL_BYTES


def keep_aside(path: Path, now: datetime) -> Path:
    """Rename a damaged journal and what lies beside it, and give its new path."""
    stamp = now.strftime("%Y-%m-%dT%H-%M-%S")
    names = (f"journal.damaged-{stamp}{more}.sqlite3" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    aside = next(path.with_name(name) for name in names if not path.with_name(name).exists())
    try:
        for suffix in ("-wal", "-shm", ""):
            beside = path.with_name(path.name + suffix)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise JournalError(
            f"{path} is damaged and cannot be kept aside: {error.strerror}. Rename it."
        ) from error
    return aside


def kept_aside(folder: Path) -> list[Path]:
    """Give all files of damaged journals in a folder."""
    return sorted(folder.glob("journal.damaged-*"))
