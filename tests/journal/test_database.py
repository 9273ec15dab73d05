"""The journal's file: damage, other schemas, the lock, and who may read it."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.journal.stories import MORNING, NOW, exercise, whole_session, write_all
from voicecoach.errors import JournalError
from voicecoach.journal.database import FILE_NAME, migrations
from voicecoach.journal.journal import Journal
from voicecoach.journal.lock import LOCK_NAME, NOTE_NAME
from voicecoach.journal.mending import SMALL_BYTES, kept_aside

ROOT = Path(__file__).parents[2]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _written(folder: Path) -> str:
    with Journal.open(folder, NOW) as journal:
        session = write_all(journal, MORNING, whole_session())
        journal.remember("has_ball", True, NOW)
    return session


# ---- who may read it


def test_the_folder_and_every_file_in_it_are_the_persons_own(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Journal.open(tmp_path / "far" / "data", NOW) as journal:
            write_all(journal, MORNING, whole_session())
            assert _mode(tmp_path / "far" / "data") == 0o700
            files = {path.name: _mode(path) for path in (tmp_path / "far" / "data").iterdir()}
    finally:
        os.umask(before)
    assert files == dict.fromkeys(
        (FILE_NAME, f"{FILE_NAME}-wal", f"{FILE_NAME}-shm", LOCK_NAME, NOTE_NAME), 0o600
    )


def test_a_file_that_others_could_read_is_closed_to_them_and_a_folder_of_others_left_alone(
    tmp_path: Path,
) -> None:
    _written(tmp_path / "data")
    (tmp_path / "data").chmod(0o755)
    (tmp_path / "data" / FILE_NAME).chmod(0o644)
    with Journal.open(tmp_path / "data", NOW):
        assert _mode(tmp_path / "data" / FILE_NAME) == 0o600
    assert _mode(tmp_path / "data") == 0o755


# ---- settings of the file


def test_it_is_written_ahead_with_foreign_keys_and_its_version(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        pragmas = {
            name: journal.database.rows(f"PRAGMA {name}")[0][0]
            for name in ("journal_mode", "foreign_keys", "user_version")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "user_version": len(migrations())}


def test_a_newer_schema_is_refused_and_the_file_left_as_it_was(tmp_path: Path) -> None:
    _written(tmp_path)
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    for opening in (lambda: Journal.open(tmp_path, NOW), lambda: Journal.look(tmp_path)):
        with pytest.raises(JournalError, match=r"newer voicecoach \(schema 99; this one knows 1\)\. Update"):
            opening()
    assert (tmp_path / FILE_NAME).read_bytes() == before
    assert kept_aside(tmp_path) == []


def test_a_file_of_another_program_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = (tmp_path / FILE_NAME).read_bytes()
    with pytest.raises(JournalError, match="belongs to another program"):
        Journal.open(tmp_path, NOW)
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_file_that_a_crash_left_empty_is_begun(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.told == ()
        assert journal.session_records() == []


# ---- damage


def _spoil(folder: Path, start: int, count: int) -> None:
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[start : start + count] = b"\xff" * count
    (folder / FILE_NAME).write_bytes(content)


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: _spoil(folder, 0, 100),
        lambda folder: _spoil(folder, 100, 3000),
        lambda folder: _spoil(folder, 8192, 4096),
        lambda folder: os.truncate(folder / FILE_NAME, 10_000),
        lambda folder: os.truncate(folder / FILE_NAME, 50),
        lambda folder: (folder / FILE_NAME).write_text(
            "Dear diary, this is no database at all.\n" * 100, encoding="utf-8"
        ),
    ],
    ids=["header", "schema", "page", "cut", "cut in the header", "text"],
)
def test_a_damaged_file_is_kept_aside_and_told_and_a_new_one_begun(
    tmp_path: Path, damage: "object", caplog: pytest.LogCaptureFixture
) -> None:
    _written(tmp_path)
    assert callable(damage)
    damage(tmp_path)
    before = (tmp_path / FILE_NAME).read_bytes()
    with Journal.open(tmp_path, NOW) as journal:
        (aside,) = kept_aside(tmp_path)
        assert aside.name == "journal.damaged-2026-12-01T12-00-00.sqlite3"
        assert aside.read_bytes() == before
        assert _mode(aside) == 0o600
        assert journal.told == (f"The journal was damaged. It is kept as {aside}, and a new one was begun.",)
        assert journal.told[0] in caplog.text
        write_all(journal, MORNING, whole_session())
        assert len(journal.session_records()) == 1
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.told == ()


def test_two_damaged_files_of_one_second_are_both_kept(tmp_path: Path) -> None:
    for _ in range(2):
        _written(tmp_path)
        _spoil(tmp_path, 0, 100)
    with Journal.open(tmp_path, NOW):
        pass
    assert len(kept_aside(tmp_path)) == 2


def test_damage_that_is_met_on_the_way_is_told_and_mended_by_the_next_opening(tmp_path: Path) -> None:
    session = _written(tmp_path)
    with Journal.open(tmp_path, NOW) as journal:
        ((root,),) = journal.database.rows("SELECT rootpage FROM sqlite_master WHERE name = 'event'")
        journal.database.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        _spoil(tmp_path, 4096 * (root - 1), 4096)
        journal.database.rows("PRAGMA shrink_memory")
        with pytest.raises(JournalError, match=r"it is damaged\. The next start of the coach keeps it aside"):
            journal.events(session)
    assert (tmp_path / NOTE_NAME).exists()
    with Journal.open(tmp_path, NOW) as journal:
        assert len(journal.told) == 1


def test_a_large_file_is_checked_to_its_last_page_only_after_a_crash(tmp_path: Path) -> None:
    _written(tmp_path)
    with Journal.open(tmp_path, NOW) as journal:
        journal.remember("much", "x" * SMALL_BYTES, NOW)
    _spoil(tmp_path, SMALL_BYTES // 2, 100_000)
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.told == ()
    (tmp_path / NOTE_NAME).write_text("{}", encoding="utf-8")
    with Journal.open(tmp_path, NOW) as journal:
        assert len(journal.told) == 1


# ---- two coaches


def test_a_second_coach_is_told_who_holds_the_journal(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW):
        command = [sys.executable, "-m", "tests.journal.writer", str(tmp_path)]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    holder = f"(process {os.getpid()}, since {NOW.isoformat()})"
    told = f"Another coach is at work with the journal in {tmp_path} {holder}."
    assert second.returncode == 2
    assert told in second.stdout


def test_a_second_coach_in_the_same_process_is_refused_until_the_first_ends(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW):
        for _ in range(2):
            with pytest.raises(JournalError, match="Another coach"):
                Journal.open(tmp_path, NOW)
    with Journal.open(tmp_path, NOW + timedelta(days=1)):
        pass
    assert not (tmp_path / NOTE_NAME).exists()


def test_others_may_look_while_a_coach_writes_and_never_write(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, [exercise(1, "rotation", "start")])
        with Journal.look(tmp_path) as looking:
            assert looking.going_on == session
            assert len(looking.events(session)) == 1
            journal.write(session, exercise(2, "rotation", "done"))
            assert len(looking.events(session)) == 2
            with pytest.raises(JournalError, match="may only be read"):
                looking.write(session, exercise(3, "rotation", "start"))


def test_looking_at_nothing_makes_nothing(tmp_path: Path) -> None:
    with Journal.look(tmp_path / "nowhere") as looking:
        assert looking.session_records() == []
        assert looking.memory() == {}
    assert list(tmp_path.iterdir()) == []


# ---- folders that cannot be used

UNPRIVILEGED = (
    ["setpriv", "--inh-caps=-dac_override", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
)


def _try(folder: Path) -> subprocess.CompletedProcess[str]:
    """Write as someone who is held to the permissions, which root is not."""
    command = [*UNPRIVILEGED, sys.executable, "-m", "tests.journal.writer", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_a_folder_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    outcome = _try(tmp_path / "data")
    assert "cannot be written: Permission denied. Choose another folder with --data." in outcome.stdout
    assert outcome.stderr == ""


def test_a_journal_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    _written(tmp_path)
    (tmp_path / FILE_NAME).chmod(0o400)
    outcome = _try(tmp_path)
    assert "cannot be written: Permission denied" in outcome.stdout
    assert outcome.stderr == ""


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(JournalError, match="cannot be written"):
        Journal.open(tmp_path / "data", NOW)


def test_a_journal_on_a_medium_that_may_only_be_read_can_be_looked_at(tmp_path: Path) -> None:
    session = _written(tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / LOCK_NAME, ignore_errors=True)
    (tmp_path / "data").chmod(0o500)
    program = (
        "import sys; from pathlib import Path; from voicecoach.journal.journal import Journal\n"
        "with Journal.look(Path(sys.argv[1])) as journal: print(journal.session_records()[0].id)"
    )
    command = [*UNPRIVILEGED, sys.executable, "-c", program, str(tmp_path / "data")]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert (outcome.stdout.strip(), outcome.stderr) == (session, "")
