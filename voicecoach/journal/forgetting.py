"""Forgetting: what a person wants gone is gone from every file of the folder, not only from the tables."""

from dataclasses import dataclass
from datetime import date

from voicecoach.errors import JournalError
from voicecoach.journal.journal import Journal
from voicecoach.journal.mending import kept_aside
from voicecoach.journal.record import moment_of


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much went."""

    sessions: int
    memories: int
    files: int
    """Files of damaged journals; nobody can tell of which days they are, so they go whole."""


def forget(journal: Journal, before: date | None = None) -> Forgotten:
    """Forget the sessions that were started before a day, or all that there is.

    With a day, what is remembered about the person stays as it is now and only loses its history from
    before that day; without, it goes too. Damaged journals that were kept aside go in both cases.
    Exports that were written elsewhere are not ours to find. Raises JournalError, also while a
    session is going on.
    """
    if journal.going_on:
        raise JournalError("A session is going on. End it first, then forget.")
    gone = [one.id for one in journal.session_records() if before is None or one.started.date() < before]
    memories = _memories(journal, before)
    with journal.database.transaction():
        for session in gone:
            journal.database.run("DELETE FROM session WHERE id = ?", session)
        for number in memories:
            journal.database.run("DELETE FROM memory WHERE number = ?", number)
    journal.database.erase_traces()
    return Forgotten(len(gone), len(memories), _remove_kept_aside(journal))


def _memories(journal: Journal, before: date | None) -> list[int]:
    rows = journal.database.rows("SELECT number, key, at FROM memory ORDER BY at, number")
    newest = {key: number for number, key, _ in rows}
    return [
        number
        for number, key, at in rows
        if before is None or (number != newest[key] and moment_of(at).astimezone().date() < before)
    ]


def _remove_kept_aside(journal: Journal) -> int:
    files = kept_aside(journal.folder)
    try:
        for file in files:
            file.unlink()
    except OSError as error:
        raise JournalError(
            f"{error.filename} cannot be removed: {error.strerror}. Remove it yourself."
        ) from error
    return len(files)
