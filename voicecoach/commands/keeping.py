"""The person's journal as a command opens it: whichever does, what its opening has to tell is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from voicecoach.home.wall import local_now
from voicecoach.journal.journal import Journal


@contextmanager
def open_journal(folder: Path) -> Iterator[Journal]:
    """Open the journal in `folder` for writing, now; that a damaged one was kept aside is told once.

    Raises JournalError.
    """
    with Journal.open(folder, local_now()) as journal:
        for sentence in journal.told:
            typer.echo(sentence, err=True)
        yield journal
