"""The journal outlives kills, torn writes and full disks; at most the event in flight is lost."""

import random
import shutil
import sqlite3
import subprocess
import sys
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from tests.journal.stories import MORNING, NOW, exercise, say, whole_session, write_all
from voicecoach.commands.past import past_of
from voicecoach.content.models import Content
from voicecoach.errors import JournalError
from voicecoach.journal.database import FILE_NAME
from voicecoach.journal.events import parse_event
from voicecoach.journal.journal import Journal
from voicecoach.journal.place import place_of
from voicecoach.session.session import Session
from voicecoach.session.states import State

ROOT = Path(__file__).parents[2]
ALL_EVENTS = [
    *map(parse_event, chain.from_iterable((event, say(event["t"], "x" * 200)) for event in whole_session()))
]
"""What the writer writes into every session."""


def _start_writer(folder: Path, *limit: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.journal.writer", str(folder), *limit]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _kill_after(folder: Path, lines: int) -> list[str]:
    """Kill a writer without warning once it has told so many lines; gives all that it told."""
    with _start_writer(folder) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        told += writer.stdout.readlines()
    return [line.strip() for line in told]


def _check_integrity(folder: Path) -> None:
    connection = sqlite3.connect(folder / FILE_NAME)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


Kept = list[tuple[str, int]]
"""The sessions in their order, and how many events of each were kept."""


def _acknowledged(told: list[str]) -> Kept:
    """Give what the writer said had been kept."""
    kept: Kept = []
    for line in told:
        if line.startswith("session "):
            kept.append((line.removeprefix("session "), 0))
        elif line == "event":
            kept[-1] = (kept[-1][0], kept[-1][1] + 1)
    return kept


def _check_kept(folder: Path, acknowledged: Kept) -> Kept:
    """Check that what was acknowledged is there unchanged, with at most one more thing; gives all."""
    with Journal.open(folder, NOW) as journal:
        assert journal.told == ()
        there = {record.id: journal.events(record.id) for record in journal.session_records()}
        assert all(events == ALL_EVENTS[: len(events)] for events in there.values())
        kept = [(session, len(events)) for session, events in there.items()]
        one_event_more = [*acknowledged[:-1], *((session, count + 1) for session, count in acknowledged[-1:])]
        assert kept in (acknowledged, one_event_more) or (kept[:-1] == acknowledged and kept[-1][1] == 0)
        if kept:
            _check_place(journal, kept[-1][0])
    return kept


def _check_place(journal: Journal, session: str) -> None:
    """Check that the last session is offered where it was broken off, and not where it had ended."""
    kept, record = journal.events(session), journal.session(session)
    unfinished = journal.unfinished(record.started + timedelta(minutes=30))
    if record.ended:
        assert unfinished is None
        return
    assert unfinished is not None
    assert unfinished.session == session
    place = place_of(kept)
    assert (unfinished.exercise, unfinished.rep, unfinished.side) == (place.exercise, place.rep, place.side)
    seconds = kept[-1].t if kept else 0
    assert unfinished.minutes_ago == pytest.approx(30 - seconds / 60)
    _check_offered(journal, record.started + timedelta(minutes=30))


def _check_offered(journal: Journal, moment: datetime) -> None:
    """Check that the next session offers to go on."""
    coach = Session(Content.load("en"), journal.memory(), past=past_of(journal, moment))
    coach.open(0.0)
    assert coach.state is State.RESUME_OFFER


def _kill_many_times(folder: Path, times: int, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    kept: Kept = []
    for _ in range(times):
        told = _kill_after(folder, chance.choice((1, 1, 2, chance.randrange(2, 300))))
        _check_integrity(folder)
        kept = _check_kept(folder, kept + _acknowledged(told))
    assert len(kept) > times / 2


def test_twenty_kills_lose_at_most_the_event_in_flight(tmp_path: Path) -> None:
    _kill_many_times(tmp_path, 20, seed=1)


@pytest.mark.full
def test_two_hundred_kills_lose_at_most_the_event_in_flight(tmp_path: Path) -> None:
    _kill_many_times(tmp_path, 200, seed=2)


def test_a_log_cut_or_spoilt_anywhere_loses_only_its_end(tmp_path: Path) -> None:
    chance = random.Random(3)  # noqa: S311 - nothing secret
    with Journal.open(tmp_path / "whole", NOW) as journal:
        session = write_all(journal, MORNING, whole_session())
        everything = journal.events(session)
        for number in range(30):
            folder = tmp_path / str(number)
            shutil.copytree(tmp_path / "whole", folder)
            log = folder / f"{FILE_NAME}-wal"
            content = bytearray(log.read_bytes())
            place = chance.randrange(len(content))
            log.write_bytes(
                content[:place] if number % 2 else content[:place] + b"torn" + content[place + 4 :]
            )
            _check_is_a_beginning(folder, session, everything)


def _check_is_a_beginning(folder: Path, session: str, everything: list[Any]) -> None:
    with Journal.open(folder, NOW) as torn:
        assert torn.told == ()
        if session in {record.id for record in torn.session_records()}:
            kept = torn.events(session)
            assert kept == everything[: len(kept)]
    _check_integrity(folder)


@pytest.mark.parametrize("limit_bytes", [100_000, 123_456, 1_000_000])
def test_a_disk_without_room_is_told_and_loses_nothing_that_was_kept(
    tmp_path: Path, limit_bytes: int
) -> None:
    with _start_writer(tmp_path, str(limit_bytes)) as writer:
        assert writer.stdout is not None
        *told, error = [line.strip() for line in writer.stdout]
    assert writer.returncode == 2
    assert error.startswith("error ")
    assert "ake room" in error
    assert "Traceback" not in error
    assert "event" in told
    _check_integrity(tmp_path)
    _check_kept(tmp_path, _acknowledged(told))


def _write_much(journal: Journal, session: str) -> None:
    for number in range(100):
        journal.write(session, say(number, "x" * 2000))


def test_a_disk_that_has_room_again_takes_the_next_event(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, [])
        ((pages,),) = journal.database.rows("PRAGMA page_count")
        journal.database.rows(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(JournalError, match="the disk is full"):
            _write_much(journal, session)
        kept = journal.events(session)
        journal.database.rows("PRAGMA max_page_count = 1000000")
        journal.write(session, exercise(200, "rotation", "start"))
        assert journal.events(session) == [*kept, parse_event(exercise(200, "rotation", "start"))]


def test_a_disk_that_is_full_from_the_start_is_told_and_left_as_it_was(tmp_path: Path) -> None:
    with _start_writer(tmp_path, "0") as writer:
        assert writer.stdout is not None
        *_, error = writer.stdout
    assert error.startswith(f"error {tmp_path} cannot be written")
    assert [path.name for path in tmp_path.iterdir()] == ["journal.lock"]
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.told == ()
