"""The journal's file: opened, checked, migrated, and every failure of it in plain words.

It knows SQLite and the numbered migrations; it knows nothing of what the tables mean.

A commit without fsync outlives the death of the process, not that of the machine. Both are offered:
`transaction(lasting=True)` waits for the disk, and takes everything committed before with it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from voicecoach.errors import JournalError

FILE_NAME = "journal.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x566F4A31  # "VoJ1": tells our file from another program's
BUSY_SECONDS = 5.0

DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
ELSEWHERE = "choose another folder with --data."
_CLOSED = f"it may not be opened. Mend its permissions, or {ELSEWHERE}"
_IN_USE = "another program is using it. Try again when that has ended."
_DAMAGED = "it is damaged. The next start of the coach keeps it aside and begins a new one."
REASONS = {
    sqlite3.SQLITE_FULL: f"the disk is full. Make room, or {ELSEWHERE}",
    sqlite3.SQLITE_READONLY: f"it may only be read. Mend its permissions, or {ELSEWHERE}",
    sqlite3.SQLITE_PERM: _CLOSED,
    sqlite3.SQLITE_CANTOPEN: _CLOSED,
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_CONSTRAINT: "something does not fit with what is already there.",
    sqlite3.SQLITE_IOERR: f"the disk does not take it or give it. Make room, check the disk, or {ELSEWHERE}",
    **dict.fromkeys(DAMAGE, _DAMAGED),
}


class DamagedError(JournalError):
    """A journal whose file is no longer whole."""


class Database:
    """A connection to a journal's file, or to an empty journal in memory."""

    def __init__(self, path: Path | str, connection: sqlite3.Connection) -> None:
        self.path = path
        self.damaged = False
        """Whether damage was met since it was opened."""
        self._connection = connection

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Give what a query finds. Raises JournalError."""
        with self._plain_words():
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> None:
        """Carry out one statement, in a transaction of its own where there is none. Raises JournalError."""
        with self._plain_words():
            self._connection.execute(sql, values)

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Iterator[None]:
        """Make all or nothing of what is run inside; see the module about `lasting`. Raises JournalError."""
        self.run(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # some failures have rolled back by themselves
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See the journal as it is now, whatever is written meanwhile."""
        self.run("BEGIN")
        try:
            yield
        finally:
            self.run("ROLLBACK")

    def erase_traces(self) -> None:
        """Rewrite the file without what was deleted, and empty the log beside it.

        Raises JournalError where someone else's reading keeps it from doing so.
        """
        self.run("VACUUM")
        ((busy, *_),) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise JournalError(
                f"{self.path}: what was forgotten is still in the file beside it, since another program "
                "reads it. End that program and forget again."
            )

    def close(self) -> None:
        """Close the file. Nothing is lost without it."""
        with suppress(sqlite3.Error):
            self._connection.close()

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            told = _told(self.path, error)
            self.damaged = self.damaged or isinstance(told, DamagedError)
            raise told from error
        except UnicodeEncodeError as error:
            raise JournalError(f"{self.path}: a text with half a character in it cannot be kept.") from error


def open_database(path: Path, *, thorough: bool) -> Database:
    """Open the journal at `path` for writing, beginning or migrating it as needed.

    `thorough` checks all of it, which takes a second for about 300 megabytes. Raises DamagedError
    where it is not whole, and JournalError where it is not ours, too new, or cannot be used.
    """
    try:
        _make_private(path)
        database = _connected(path, path.absolute().as_uri() + "?mode=rw")
    except OSError as error:
        raise JournalError(
            f"{path} cannot be written: {error.strerror}. Choose another folder with --data."
        ) from error
    try:
        _check(database, thorough=thorough)
        database.run("PRAGMA journal_mode = WAL")
        _migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def look_at_database(path: Path) -> Database:
    """Open the journal at `path` for reading only; one that is not there is an empty one.

    Raises JournalError, also where it is of an older schema than the program's.
    """
    if not path.exists():
        database = _connected("an empty journal", "file::memory:")
        _migrate(database)
        return database
    mode = "mode=rw" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    database = _connected(path, f"{path.absolute().as_uri()}?{mode}")
    try:
        _check(database, thorough=False)
        _check_not_older(database)
        database.run("PRAGMA query_only = ON")
    except BaseException:
        database.close()
        raise
    return database


def migrations() -> list[str]:
    """Give the SQL of every migration, in their order; the first makes schema 1."""
    return [file.read_text(encoding="utf-8") for file in sorted(MIGRATIONS.glob("m[0-9]*.sql"))]


def _connected(path: Path | str, uri: str) -> Database:
    try:
        connection = sqlite3.connect(uri, timeout=BUSY_SECONDS, isolation_level=None, uri=True)
    except sqlite3.Error as error:
        raise _told(path, error) from error
    database = Database(path, connection)
    try:
        for setting in ("foreign_keys = ON", "secure_delete = ON", "temp_store = MEMORY"):
            database.run(f"PRAGMA {setting}")
    except BaseException:
        database.close()
        raise
    return database


def _make_private(path: Path) -> None:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _check(database: Database, *, thorough: bool) -> None:
    ((owner,),) = database.rows("PRAGMA application_id")
    ((tables,),) = database.rows("SELECT COUNT(*) FROM sqlite_master")
    newest, version = len(migrations()), _version(database)
    if tables and owner != APPLICATION_ID:
        raise JournalError(f"{database.path} belongs to another program. Choose another folder with --data.")
    if version > newest:
        raise JournalError(
            f"{database.path} was written by a newer voicecoach (schema {version}; this one knows {newest}). "
            f"Update voicecoach, or {ELSEWHERE}"
        )
    if thorough and (found := database.rows("PRAGMA quick_check(1)")) != [("ok",)]:
        raise DamagedError(f"{database.path} is damaged: {found[0][0]}.")


def _check_not_older(database: Database) -> None:
    if _version(database) < len(migrations()):
        raise JournalError(
            f"{database.path} is of an older program. Start the coach once: it brings the journal up to date."
        )


def _version(database: Database) -> int:
    ((version,),) = database.rows("PRAGMA user_version")
    return int(version)


def _migrate(database: Database) -> None:
    for number, sql in list(enumerate(migrations(), 1))[_version(database) :]:
        marks = f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {number};"
        with database._plain_words():  # noqa: SLF001 - the two are one
            database._connection.executescript(f"BEGIN IMMEDIATE; {sql} {marks} COMMIT;")  # noqa: SLF001 - likewise


def _told(path: Path | str, error: sqlite3.Error) -> JournalError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    kind = DamagedError if code in DAMAGE else JournalError
    return kind(f"{path}: {REASONS.get(code, f'the journal cannot be used: {error}.')}")
