"""Taking the lines of an export into a journal: what is new is added, what differs is refused."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from voicecoach.journal.events import dump
from voicecoach.journal.journal import Journal
from voicecoach.journal.lines import EndingLine, EventLine, Line, MemoryLine, SessionLine
from voicecoach.journal.record import microseconds_of


@dataclass(slots=True)
class Imported:
    """How much was new."""

    sessions: int = 0
    events: int = 0
    memories: int = 0


@dataclass(slots=True)
class Merger:
    """Takes line by line, inside a transaction of whoever uses it."""

    journal: Journal
    imported: Imported = field(default_factory=Imported)
    _numbers: dict[str, int] = field(default_factory=dict)
    """The row of each session met so far."""

    def take(self, line: Line) -> str | None:
        """Take one line; gives what is wrong with it, as a sentence, or None. Raises JournalError."""
        match line:
            case SessionLine():
                return self._take_session(line)
            case EventLine():
                return self._take_event(line)
            case EndingLine():
                return self._take_ending(line)
            case MemoryLine():
                return self._take_memory(line)
            case _:
                return None

    def _take_session(self, line: SessionLine) -> str | None:
        plan = json.dumps(line.plan)
        values = (line.routine, line.language, line.recognizer, line.started, line.clock, plan)
        sql = "SELECT routine, language, recognizer, started, clock, plan FROM session WHERE id = ?"
        if here := self.journal.database.rows(sql, line.id):
            return None if here[0] == values else f"the session {line.id} is here already, and differs."
        self.journal.database.run(
            "INSERT INTO session (id, routine, language, recognizer, started, clock, plan, resumes)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT id FROM session WHERE id = ?))",
            *(line.id, *values, line.resumes),
        )
        self.imported.sessions += 1
        return None

    def _take_event(self, line: EventLine) -> str | None:
        number = self._number(line.session)
        if number is None:
            return f"it is of a session that is not there, {line.session}."
        values = (_microseconds(line.at), line.event["kind"], dump(line.event))
        sql = "SELECT at, kind, body FROM event WHERE session = ? AND number = ?"
        if here := self.journal.database.rows(sql, number, line.number):
            return (
                None
                if here[0] == values
                else f"event {line.number} of {line.session} is here already, and differs."
            )
        self._insert("event (session, number, at, kind, body)", (number, line.number, *values))
        self.imported.events += 1
        return None

    def _take_ending(self, line: EndingLine) -> str | None:
        number = self._number(line.session)
        if number is None:
            return f"it is of a session that is not there, {line.session}."
        if not self.journal.database.rows("SELECT 1 FROM ending WHERE session = ?", number):
            self._insert("ending (session, at, ended)", (number, _microseconds(line.at), line.ended))
        return None

    def _take_memory(self, line: MemoryLine) -> str | None:
        values = (line.key, json.dumps(line.value, allow_nan=False), _microseconds(line.at))
        if here := self.journal.database.rows("SELECT key, value, at FROM memory WHERE id = ?", line.id):
            return None if here[0] == values else f"the memory {line.id} is here already, and differs."
        self._insert("memory (id, key, value, at)", (line.id, *values))
        self.imported.memories += 1
        return None

    def _insert(self, columns: str, values: Sequence[Any]) -> None:
        marks = ", ".join("?" * len(values))
        self.journal.database.run(f"INSERT INTO {columns} VALUES ({marks})", *values)  # noqa: S608 - our own words

    def _number(self, session: str) -> int | None:
        if session not in self._numbers:
            rows = self.journal.database.rows("SELECT number FROM session WHERE id = ?", session)
            if not rows:
                return None
            self._numbers[session] = rows[0][0]
        return self._numbers[session]


def _microseconds(moment: str) -> int:
    return microseconds_of(datetime.fromisoformat(moment))
