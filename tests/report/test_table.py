"""The record as a spreadsheet."""

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journal.stories import MORNING, NOW, exercise, pain, session_event, write_all
from tests.report.stories import heard
from tests.report.test_summary import report_of
from voicecoach.journal.journal import Journal
from voicecoach.report.table import COLUMNS, csv_of
from voicecoach.report.words import load_words

HOSTILE = '=cmd|"/c calc"!A1'


def rows_of(folder: Path, language: str = "en") -> list[dict[str, str]]:
    text = csv_of(report_of(folder), load_words(language)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def hostile(folder: Path) -> Path:
    with Journal.open(folder, NOW) as journal:
        events = [
            pain(1, "before", 5),
            exercise(2, "../../etc/passwd", "skipped", "@SUM(1+1)\n<b>"),
            heard(3, '-2+3, "it", 아파요', "pain"),
            pain(5, "after", 1),
            session_event(6, "done"),
        ]
        write_all(journal, MORNING, events, HOSTILE)
    return folder


def test_every_exercise_is_a_row_with_its_dose_and_its_sides(ben_folder: Path) -> None:
    rows = rows_of(ben_folder)
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 8 * 3 + 2 + 3 * 3
    flare = next(row for row in rows if row["date"] == "2026-11-17" and row["exercise"] == "knees_to_chest")
    assert flare | {"session": ""} == dict.fromkeys(COLUMNS, "") | {
        "date": "2026-11-17",
        "time": "07:00",
        "started": "2026-11-17T07:00:00+09:00",
        "routine": "morning",
        "time_of_day": "morning",
        "session_minutes": "7.3",
        "session_ended": "stopped",
        "pain_before": "3",
        "pain_during": "7",
        "pain_after": "7",
        "pain_change": "4",
        "notable": "yes",
        "leg": "yes",
        "own_words": "it goes down my leg",
        "exercise": "knees_to_chest",
        "exercise_name": "Knees to chest",
        "outcome": "skipped",
        "reason": "into a leg, or numb",
        "level": "3",
        "prescribed_seconds": "75",
        "actual_seconds": "30",
        "prescribed_repetitions": "5",
        "done_repetitions": "2",
    }
    rotation = next(row for row in rows if row["date"] == "2026-11-12" and row["exercise"] == "rotation")
    sides = ("left_seconds", "left_repetitions", "right_seconds", "right_repetitions")
    assert [rotation[side] for side in sides] == ["10", "1", "10", "1"]


def test_lines_end_as_the_standard_says_and_a_mark_tells_that_it_is_unicode(ben_folder: Path) -> None:
    content = csv_of(report_of(ben_folder), load_words("ko"))
    assert content.startswith("\ufeffdate,".encode())
    assert content.count(b"\r\n") == content.count(b"\n") == 36
    assert "무릎".encode() in content


def test_a_text_that_would_be_a_formula_is_only_a_text(tmp_path: Path) -> None:
    (row,) = rows_of(hostile(tmp_path))
    assert row["routine"] == f"'{HOSTILE}"
    assert row["reason"] == "'@SUM(1+1)\n<b>"
    assert row["own_words"] == '\'-2+3, "it", 아파요'
    assert row["pain_change"] == "-4"  # a number of ours stays one
    assert row["exercise"] == "../../etc/passwd"


def test_an_empty_journal_is_a_header(tmp_path: Path) -> None:
    assert rows_of(tmp_path / "none") == []


def test_a_session_without_exercises_keeps_its_pain(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, [pain(1, "before", 8, leg=True), session_event(2, "stopped")])
    (row,) = rows_of(tmp_path)
    assert (row["pain_before"], row["leg"], row["exercise"]) == ("8", "yes", "")


@pytest.mark.full
def test_libreoffice_reads_every_cell_as_it_was_meant(tmp_path: Path) -> None:
    """Needs Debian's libreoffice-calc."""
    office = shutil.which("soffice")
    assert office, "apt install libreoffice-calc"
    report = report_of(hostile(tmp_path))
    (tmp_path / "record.csv").write_bytes(csv_of(report, load_words("ko")))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    utf_8 = "--infilter=CSV:44,34,76,1"  # what its dialogue proposes by the mark; headless it has none
    command = [office, home, "--headless", utf_8, "--convert-to", "fods", "record.csv"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    sheet = (tmp_path / "record.fods").read_text(encoding="utf-8")
    assert "table:formula" not in sheet
    assert "아파요" in sheet
    assert 'office:value="-4"' in sheet
    assert "../../etc/passwd" in sheet
