"""One coach at a time: the lock on a data folder, and the note of who holds it.

The lock itself is the system's and goes with its process, however that ends; the note beside it is
only for telling people, and one that was left behind tells that its writer did not come to an end.
"""

import json
import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from voicecoach.errors import JournalError

LOCK_NAME = "journal.lock"
NOTE_NAME = "journal.holder.json"


class Lock:
    """Holds a data folder for this process."""

    def __init__(self, folder: Path, now: datetime) -> None:
        """Take the lock. Raises JournalError naming who has it."""
        self._note = folder / NOTE_NAME
        self._fresh = self._note.with_suffix(".new")
        self._lock = FileLock(folder / LOCK_NAME, mode=0o600)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise JournalError(_told(folder)) from error
        self.left_behind = self._note.exists()
        """Whether the last holder was killed, or found damage."""
        self._holder = {"pid": os.getpid(), "since": now.isoformat(timespec="seconds"), "session": None}
        try:
            self._write()
        except OSError:
            self._fresh.unlink(missing_ok=True)
            self._lock.release()
            raise

    def name_session(self, session: str) -> None:
        """Note which session is going on, so that others do not take it for a broken one."""
        self._holder["session"] = session
        with suppress(OSError):  # a full disk: only the note is old then
            self._write()

    def _write(self) -> None:
        descriptor = os.open(self._fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(self._holder, file)
        self._fresh.replace(self._note)

    def release(self, *, clean: bool) -> None:
        """Give the folder back; the note stays where it was not `clean`, as a sign to check everything."""
        if clean:
            with suppress(OSError):
                self._note.unlink(missing_ok=True)
        self._lock.release()


def take_lock(folder: Path, now: datetime) -> Lock:
    """Take the lock on a data folder, making the folder (for its owner only) where there is none.

    Raises JournalError naming who holds it, or why it cannot be made.
    """
    try:
        if not folder.is_dir():
            folder.parent.mkdir(parents=True, exist_ok=True)
            folder.mkdir(mode=0o700, exist_ok=True)
        return Lock(folder, now)
    except OSError as error:
        raise JournalError(
            f"{folder} cannot be written: {error.strerror}. Choose another folder with --data."
        ) from error


def session_going_on(folder: Path) -> str | None:
    """Tell the id of the session that another coach is in the middle of, None where there is none."""
    if not (folder / NOTE_NAME).exists():  # so that looking never takes the lock from someone who opens
        return None
    try:
        with FileLock(folder / LOCK_NAME, mode=0o600, timeout=0):
            return None
    except Timeout:
        session: str | None = _holder(folder).get("session")
        return session
    except OSError:  # a folder that may only be read: nobody writes there
        return None


def _told(folder: Path) -> str:
    holder = _holder(folder)
    who = f"process {holder['pid']}, since {holder['since']}" if holder else "another process"
    return (
        f"Another coach is at work with the journal in {folder} ({who}). "
        "End it first, or choose another folder with --data."
    )


def _holder(folder: Path) -> dict[str, Any]:
    try:
        holder = json.loads((folder / NOTE_NAME).read_bytes())
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) and {"pid", "since"} <= holder.keys() else {}
