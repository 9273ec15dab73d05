"""What is forgotten is in no file of the folder any more."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.journal.stories import MORNING, NOW, exercise, say, session_event, write_all
from voicecoach.errors import JournalError
from voicecoach.journal.database import FILE_NAME
from voicecoach.journal.forgetting import Forgotten, forget
from voicecoach.journal.history import sessions
from voicecoach.journal.journal import Journal

OLD, YOUNG = "zanzibar-old-secret", "quetzal-young-word"


def _is_anywhere(folder: Path, word: str) -> bool:
    return any(word.encode() in file.read_bytes() for file in folder.iterdir())


def _fill(journal: Journal) -> None:
    """Write an old and a young session, much of it, so that rows lie on many pages."""
    for word, started in ((OLD, MORNING), (YOUNG, MORNING + timedelta(days=10))):
        events = [say(number, f"{word} {number} " * 20) for number in range(200)]
        write_all(
            journal, started, [exercise(0, word, "skipped", word), *events, session_event(300, "done")], word
        )
        journal.remember("levels", {"word": word}, started)


def test_the_test_would_find_what_was_not_forgotten(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        _fill(journal)
        assert _is_anywhere(tmp_path, OLD)
    assert _is_anywhere(tmp_path, OLD)


def test_everything_is_gone_from_the_bytes_of_every_file(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        _fill(journal)
        assert forget(journal) == Forgotten(sessions=2, memories=2, files=0)
        assert journal.session_records() == []
        assert journal.memory() == {}
        assert not _is_anywhere(tmp_path, OLD)
        assert not _is_anywhere(tmp_path, YOUNG)
    assert not _is_anywhere(tmp_path, OLD)
    assert not _is_anywhere(tmp_path, YOUNG)


def test_only_the_days_before_one_are_gone_and_the_last_memory_stays(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        _fill(journal)
        young = journal.session_records()[1]
        assert forget(journal, date(2026, 12, 11)) == Forgotten(sessions=1, memories=1, files=0)
        assert journal.session_records()[0].id == young.id
        assert len(journal.events(young.id)) == 202
        assert journal.recall("levels") == {"word": YOUNG}
    assert not _is_anywhere(tmp_path, OLD)
    assert _is_anywhere(tmp_path, YOUNG)


def test_a_day_is_the_persons_day_and_not_forgotten_itself(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, [session_event(1, "done")])
        assert forget(journal, MORNING.date()).sessions == 0
        assert forget(journal, MORNING.date() + timedelta(days=1)).sessions == 1


def test_damaged_journals_that_were_kept_aside_go_too(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        _fill(journal)
    content = (tmp_path / FILE_NAME).read_bytes()
    (tmp_path / FILE_NAME).write_bytes(b"\xff" * 100 + content[100:])
    with Journal.open(tmp_path, NOW) as journal:
        assert _is_anywhere(tmp_path, OLD)
        assert forget(journal, date(2026, 12, 11)) == Forgotten(sessions=0, memories=0, files=1)
    assert not _is_anywhere(tmp_path, OLD)


def test_a_part_that_is_forgotten_leaves_the_one_that_went_on_with_it(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        first = write_all(journal, MORNING, [])
        second = journal.begin_session("morning", "en", "vosk", MORNING + timedelta(days=1), resumes=first)
        journal.write(second, session_event(60, "done"))
        forget(journal, date(2026, 12, 2))
        assert journal.session(second).resumes is None
        assert [one.id for one in sessions(journal)] == [second]


def test_nothing_is_forgotten_while_a_session_goes_on(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, [])
        with pytest.raises(JournalError, match="A session is going on"):
            forget(journal)
        assert len(journal.session_records()) == 1


def test_someone_who_reads_meanwhile_is_told_of_and_the_next_try_succeeds(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        _fill(journal)
        journal.database.rows("PRAGMA busy_timeout = 10")
        with Journal.look(tmp_path) as looking, looking.database.snapshot():
            assert len(looking.session_records()) == 2
            with pytest.raises(JournalError, match="another program"):
                forget(journal)
        forget(journal)
        assert not _is_anywhere(tmp_path, OLD)
