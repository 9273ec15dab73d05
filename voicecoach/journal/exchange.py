"""Export and import: the whole journal as JSON lines, lossless both ways.

The first line tells the format; then come the sessions, each followed by its events and its ending,
then what was remembered, and a last line that tells how many lines came before it, so that a file
that was cut is noticed. What is already here is not doubled, and what differs is refused.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from voicecoach.errors import JournalError
from voicecoach.journal.journal import Journal
from voicecoach.journal.lines import (
    FORMAT,
    EndLine,
    HeaderLine,
    Line,
    parse_export,
)
from voicecoach.journal.merging import Imported, Merger
from voicecoach.journal.record import SessionRecord, moment_of
from voicecoach.journal.rows import UNREADABLE
from voicecoach.private_file import open_privately

MOST_PROBLEMS = 20
"""How many problems of a file are told at once."""


def export(journal: Journal, path: Path) -> int:
    """Write the whole journal to a new file that only its owner may read; gives the number of sessions.

    Raises JournalError where the file is already there or cannot be written; nothing is half there.
    """
    if path.exists():
        raise JournalError(f"{path} is already there. Choose another name, or remove it first.")
    try:
        with open_privately(path, JournalError) as file, journal.database.snapshot():
            file.writelines(f"{line}\n".encode() for line in _lines(journal))
            return len(journal.session_records())
    except UNREADABLE as error:
        raise journal.unreadable from error


def _lines(journal: Journal) -> Iterator[str]:
    count = 0
    for count, line in enumerate(_records(journal), 1):  # noqa: B007 - it is told at the end
        yield json.dumps(line, ensure_ascii=line["record"] == "memory", allow_nan=False)
    yield json.dumps({"record": "end", "lines": count})


def _records(journal: Journal) -> Iterator[dict[str, Any]]:
    yield {"record": "journal", "format": FORMAT}
    for session in journal.session_records():
        yield from _of_session(journal, session)
    for identity, key, value, at in journal.database.rows(
        "SELECT id, key, value, at FROM memory ORDER BY number"
    ):
        moment = moment_of(at).isoformat()
        yield {"record": "memory", "id": identity, "key": key, "value": json.loads(value), "at": moment}


def _of_session(journal: Journal, session: SessionRecord) -> Iterator[dict[str, Any]]:
    sql = "SELECT started, plan FROM session WHERE number = ?"
    ((started, plan),) = journal.database.rows(sql, session.number)
    what = {"routine": session.routine, "language": session.language, "recognizer": session.recognizer}
    yield {
        "record": "session",
        "id": session.id,
        **what,
        "started": started,
        "clock": session.clock,
        "resumes": session.resumes,
        "plan": json.loads(plan),
    }
    sql = "SELECT number, at, body FROM event WHERE session = ? ORDER BY number"
    for number, at, body in journal.database.rows(sql, session.number):
        moment = moment_of(at).astimezone(session.started.tzinfo).isoformat()
        event = json.loads(body)
        yield {"record": "event", "session": session.id, "number": number, "at": moment, "event": event}
    if session.ended and session.ended_at:
        moment = session.ended_at.isoformat()
        yield {"record": "ending", "session": session.id, "at": moment, "ended": session.ended}


def import_(journal: Journal, path: Path) -> Imported:
    """Take all of an exported file into the journal, or nothing; gives what was new.

    Raises JournalError with every problem of the file (the first MOST_PROBLEMS of them).
    """
    merger = Merger(journal)
    problems: list[str] = []
    with journal.database.transaction():
        for number, line in enumerate(_checked(path), 1):
            problem = line if isinstance(line, str) else merger.take(line)
            if problem:
                problems.append(f"{path}, line {number}: {problem}")
            if len(problems) == MOST_PROBLEMS:
                break
        if problems:
            raise JournalError(*problems)
    return merger.imported


def _checked(path: Path) -> Iterator[Line | str]:
    """Give every line as its model, or as the sentence of what is wrong with it."""
    last: Line | str | None = None
    count = 0
    try:
        with path.open("rb") as file:
            for count, text in enumerate(file, 1):
                last = parse_export(text)
                if not isinstance(last, str) and isinstance(last, HeaderLine) != (count == 1):
                    last = "this is no export of voicecoach."
                yield last
                if count == 1 and isinstance(last, str):
                    return
    except OSError as error:
        raise JournalError(f"{path} cannot be read: {error.strerror}.") from error
    if not isinstance(last, EndLine) or last.lines != count - 1:
        yield "the file was cut before its end. Export it again."
