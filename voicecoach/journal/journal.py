"""The journal of one person: sessions with their events, and what is remembered. Rows are only added.

Every event is committed by itself, so a killed process loses at most the one that it was writing.
Those that weigh (WEIGHTY) also wait for the disk, and take the others before them along: a cut of
power loses at most the words and counts since. Every moment comes in as a parameter.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar
from uuid import uuid4

from voicecoach.errors import JournalError
from voicecoach.journal.database import FILE_NAME, Database, look_at_database
from voicecoach.journal.events import Event, line_of, parse_line
from voicecoach.journal.lock import Lock, session_going_on, take_lock
from voicecoach.journal.memories import memory_of
from voicecoach.journal.mending import open_or_begin
from voicecoach.journal.place import KINDS, place_of
from voicecoach.journal.record import (
    Ended,
    Memory,
    Prescribed,
    SessionRecord,
    Unfinished,
    microseconds_of,
    moment_of,
)
from voicecoach.journal.rows import (
    SESSIONS,
    UNREADABLE,
    events_query,
    memory_of_row,
    pair_of,
    record_of,
)

WEIGHTY = frozenset({"hold", "move", "heard", "exercise", "session", "pain"})
"""The kinds that wait for the disk."""
Row = TypeVar("Row")
_ENDINGS: dict[str, Ended] = {"done": "done", "stopped": "stopped"}


class Journal:
    """A person's journal, open for writing or for looking."""

    def __init__(self, folder: Path, database: Database, lock: Lock | None, told: Sequence[str] = ()) -> None:
        self.folder = folder
        self.database = database
        self.told = tuple(told)
        """What the person has to be told of the opening, in whole sentences."""
        self._lock = lock
        self._current: str | None = None

    @classmethod
    def open(cls, folder: Path, now: datetime) -> Self:
        """Open the journal in `folder` for writing, and hold the folder until `close`.

        A damaged one is kept aside and a new one begun; `told` says so. Raises JournalError where
        another coach holds the folder, the schema is newer, or the disk does not play along.
        """
        lock = take_lock(folder, now)
        try:
            database, told = open_or_begin(folder / FILE_NAME, now, suspicious=lock.left_behind)
        except BaseException:
            lock.release(clean=not lock.left_behind)
            raise
        return cls(folder, database, lock, told)

    @classmethod
    def look(cls, folder: Path) -> Self:
        """Open the journal in `folder` for reading, even while a coach writes; none is an empty one.

        Raises JournalError.
        """
        if folder.exists() and not folder.is_dir():
            raise JournalError(f"{folder} is no folder. Choose the journal's with --data.")
        journal = cls(folder, look_at_database(folder / FILE_NAME), None)
        journal._current = session_going_on(folder)
        return journal

    def close(self) -> None:
        """Close it and give the folder back."""
        self.database.close()
        if self._lock:
            self._lock.release(clean=not self.database.damaged)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---- sessions

    def begin_session(  # noqa: PLR0913 - a session is as many things
        self,
        routine: str,
        language: str,
        recognizer: str,
        started: datetime,
        *,
        clock: float = 0.0,
        resumes: str | None = None,
        plan: Sequence[Prescribed] = (),
    ) -> str:
        """Begin a session at the wall time `started` (aware), which is the sample clock's second `clock`.

        `resumes` names the broken-off session that it goes on with. Gives the session's id. Raises
        JournalError.
        """
        microseconds_of(started)
        session = str(uuid4())
        doses = json.dumps([asdict(dose) for dose in plan])
        values = (session, routine, language, recognizer, started.isoformat(), clock, resumes, doses)
        with self.database.transaction():
            self.database.run(
                "INSERT INTO session (id, routine, language, recognizer, started, clock, resumes, plan)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *values,
            )
        self._current = session
        if self._lock:
            self._lock.name_session(session)
        return session

    def write(self, session: str, event: Mapping[str, Any]) -> None:
        """Keep one event of the published format; its wall time comes from the session's start and `t`.

        Once this has returned, the event outlives the process. An event `session` of action `done`
        or `stopped` ends the session. Raises JournalError, after which nothing of it was kept.
        """
        body, record = line_of(event), self.session(session)
        at = microseconds_of(record.started + timedelta(seconds=event["t"] - record.clock))
        with self.database.transaction(lasting=event["kind"] in WEIGHTY):
            self.database.run(
                "INSERT INTO event SELECT ?1, COALESCE(MAX(number), 0) + 1, ?2, ?3, ?4"
                " FROM event WHERE session = ?1",
                *(record.number, at, event["kind"], body),
            )
            if event["kind"] == "session" and event["action"] in _ENDINGS:
                self._end(record.number, _ENDINGS[event["action"]], at)

    def end_session(self, session: str, ended: Ended, now: datetime) -> None:
        """Keep that a session came to an end; its first ending counts. Raises JournalError."""
        record = self.session(session)
        with self.database.transaction():
            self._end(record.number, ended, microseconds_of(now))

    def _end(self, number: int, ended: Ended, at: int) -> None:
        self.database.run(
            "INSERT OR IGNORE INTO ending (session, at, ended) VALUES (?, ?, ?)", number, at, ended
        )

    def session(self, session: str) -> SessionRecord:
        """Give a session by its id. Raises JournalError where there is none."""
        found = self._read(record_of, f"{SESSIONS} WHERE session.id = ?", session)
        if not found:
            raise JournalError(f"{self.database.path}: there is no session {session}.")
        return found[0]

    def session_records(self) -> list[SessionRecord]:
        """Give all sessions in the order in which they were begun. Raises JournalError."""
        return self._read(record_of, f"{SESSIONS} ORDER BY session.number")

    @property
    def going_on(self) -> str | None:
        """The session that this or another process is in the middle of."""
        open_one = f"{SESSIONS} WHERE session.id = ? AND ended IS NULL"
        return self._current if self._current and self.database.rows(open_one, self._current) else None

    def events(self, session: str, *kinds: str) -> list[Event]:
        """Give a session's events in their order; only those of some kinds where any are named.

        Raises JournalError.
        """
        return self.events_of(self.session(session), *kinds)

    def events_of(self, record: SessionRecord, *kinds: str) -> list[Event]:
        """Give the same of a session that was read already. Raises JournalError."""
        return self._read(parse_line, *events_query(record.number, kinds))

    def unfinished(self, now: datetime) -> Unfinished | None:
        """Give the last session if it was broken off, and where; None if it came to an end.

        Raises JournalError.
        """
        records = self.session_records()
        if not records or (last := records[-1]).ended or last.id == self.going_on:
            return None
        parts = self.parts_of(last)
        place = place_of(event for part in parts for event in self.events_of(part, *KINDS))
        minutes = (now - self.last_moment(last)).total_seconds() / 60
        return Unfinished(last.id, last.routine, last.language, max(0.0, minutes), **asdict(place))

    def parts_of(self, last: SessionRecord) -> list[SessionRecord]:
        """Give what a session went on with, from the first part on, and itself. Raises JournalError."""
        parts = [last]
        while (before := parts[0].resumes) and before not in {part.id for part in parts}:
            parts.insert(0, self.session(before))
        return parts

    def last_moment(self, record: SessionRecord) -> datetime:
        """Give the wall time of the last thing that was written of a session. Raises JournalError."""
        sql = "SELECT at FROM event WHERE session = ? ORDER BY number DESC LIMIT 1"
        found = self._read(moment_of, sql, record.number)
        return found[0] if found else record.started

    # ---- what is remembered

    def remember(self, key: str, value: Any, now: datetime) -> None:
        """Keep a value under a key; earlier ones stay in its history. Raises JournalError.

        A clock that was set back does not make it older than the one that it follows.
        """
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise JournalError(
                f"'{key}' cannot be remembered: its value is nothing that JSON has ({error})."
            ) from error
        with self.database.transaction():
            self.database.run(
                "INSERT INTO memory (id, key, value, at)"
                " SELECT ?1, ?2, ?3, MAX(?4, COALESCE(MAX(at), ?4)) FROM memory WHERE key = ?2",
                *(str(uuid4()), key, text, microseconds_of(now)),
            )

    def recall(self, key: str, default: Any = None) -> Any:
        """Give the value that was remembered last, or `default`. Raises JournalError."""
        history = self.history_of(key)
        return history[-1].value if history else default

    def memory(self) -> dict[str, Any]:
        """Give the last value of every key that can be used; see memories.py. Raises JournalError."""
        return memory_of(self._read(pair_of, "SELECT key, value FROM memory ORDER BY at, number"))

    def history_of(self, key: str) -> list[Memory]:
        """Give every value that a key ever had, the last one last. Raises JournalError."""
        sql = "SELECT key, value, at FROM memory WHERE key = ? ORDER BY at, number"
        return self._read(memory_of_row, sql, key)

    def _read(self, read: Callable[..., Row], sql: str, *values: Any) -> list[Row]:
        """Give what `read` makes of each row. Raises JournalError, also where one is none of ours."""
        rows = self.database.rows(sql, *values)
        try:
            return [read(*row) for row in rows]
        except UNREADABLE as error:
            raise self.unreadable from error

    @property
    def unreadable(self) -> JournalError:
        """What to tell where a row is none of ours, though the file is whole."""
        return JournalError(
            f"{self.database.path}: something in it was not written by voicecoach. Rename the file; then"
            " import your last export, or begin anew."
        )
