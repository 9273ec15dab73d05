"""Writes sessions into a journal without end, telling on standard output what was kept, to be killed.

python -m tests.journal.writer FOLDER [LIMIT_BYTES]: with a limit no file may grow beyond it, as on a
full disk; then it ends by itself and prints the error.
"""

import os
import resource
import sys
from datetime import timedelta
from itertools import count
from pathlib import Path

from tests.journal.stories import MORNING, NOW, say, whole_session
from voicecoach.errors import JournalError
from voicecoach.journal.journal import Journal


def tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def write_without_end(folder: Path) -> None:
    tell("opening")
    with Journal.open(folder, NOW) as journal:
        for number in count():
            session = journal.begin_session("morning", "en", "vosk", MORNING + timedelta(hours=number))
            tell(f"session {session}")
            for event in whole_session():
                journal.write(session, event)
                tell("event")
                journal.write(session, say(event["t"], "x" * 200))
                tell("event")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        limit = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        write_without_end(Path(sys.argv[1]))
    except JournalError as error:
        tell(f"error {error}")
        sys.exit(2)
