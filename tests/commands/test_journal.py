"""The commands about the record: history, export, import, forget."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.journal.stories import MORNING, NOW, exercise, pain, session_event, whole_session, write_all
from voicecoach.commands import build_app
from voicecoach.errors import JournalError
from voicecoach.journal.journal import Journal


def _run(*arguments: object, answer: str | None = None, **environment: str) -> Result:
    return CliRunner().invoke(build_app(), [str(one) for one in arguments], input=answer, env=environment)


def _written(folder: Path) -> Path:
    with Journal.open(folder, NOW) as journal:
        write_all(journal, MORNING, whole_session())
        events = [
            pain(1, "before", 2),
            exercise(2, "rotation", "skipped", "asked to skip"),
            pain(3, "after", 5, leg=True),
            session_event(60, "stopped"),
        ]
        write_all(journal, MORNING + timedelta(hours=13), events, "\x1b[2Jmy\n[red]own\t한국어")
    return folder


def test_history_is_one_json_array(tmp_path: Path) -> None:
    result = _run("history", "--json", "--data", _written(tmp_path))
    told: list[dict[str, Any]] = json.loads(result.stdout)
    assert [
        (one["routine"], one["ended"], one["pain_before"], one["pain_after"], one["leg"]) for one in told
    ] == [
        ("morning", "done", 4, 2, False),
        ("\x1b[2Jmy\n[red]own\t한국어", "stopped", 2, 5, True),
    ]
    assert told[0]["started"] == "2026-12-01T07:00:00+09:00"
    assert told[0]["exercises"][1] == {
        "name": "ball_alternation",
        "action": "left_out",
        "reason": "no ball",
        "sides": [],
    }


def test_history_that_is_piped_is_one_plain_line_a_session(tmp_path: Path) -> None:
    result = _run("history", "--data", _written(tmp_path))
    assert result.stdout.splitlines() == [
        (
            "2026-12-01 07:00\tmorning\t4\t"
            "abdominal_contraction, ball_alternation (left out), rotation\t4 -> 2\tdone"
        ),
        "2026-12-01 20:00\t?[2Jmy?[red]own?한국어\t1\trotation (skipped)\t2 -> 5 leg\tstopped",
    ]


def test_history_on_a_terminal_is_a_table_with_a_sparkline(tmp_path: Path) -> None:
    result = _run("history", "--data", _written(tmp_path), FORCE_COLOR="1", COLUMNS="160")
    assert "Routine" in result.stdout
    assert "[red]own" in result.stdout
    assert "\x1b[2J" not in result.stdout
    assert "before" in result.stdout
    assert "▄▂" in result.stdout


def test_the_sparkline_leaves_out_sessions_without_pain_told_and_is_none_without_any(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, [session_event(60, "done")])
    assert "before" not in _run("history", "--data", tmp_path, FORCE_COLOR="1").stdout
    result = _run("history", "--data", _written(tmp_path), FORCE_COLOR="1")
    assert "before" in result.stdout
    assert "·" not in result.stdout


def test_history_of_nothing_is_an_empty_array_and_a_hint(tmp_path: Path) -> None:
    assert _run("history", "--json", "--data", tmp_path / "none").stdout == "[]\n"
    result = _run("history", "--data", tmp_path / "none")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert "no session yet" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_environment_names_the_folder(tmp_path: Path) -> None:
    result = _run("history", "--json", VOICECOACH_DATA=str(_written(tmp_path)))
    assert len(json.loads(result.stdout)) == 2


def test_an_export_comes_into_another_folder(tmp_path: Path) -> None:
    file = tmp_path / "mine.jsonl"
    assert _run("export", file, "--data", _written(tmp_path / "a")).stdout.startswith("2 sessions written")
    first = _run("import", file, "--data", tmp_path / "b")
    assert first.stdout == "2 sessions, 27 events and 0 memories were new.\n"
    again = _run("import", file, "--data", tmp_path / "b")
    assert again.stdout == "0 sessions, 0 events and 0 memories were new.\n"
    histories = [_run("history", "--json", "--data", tmp_path / name).stdout for name in "ab"]
    assert histories[0] == histories[1]


def test_forgetting_asks_first(tmp_path: Path) -> None:
    _written(tmp_path)
    refused = _run("forget", "--data", tmp_path, answer="n\n")
    assert refused.exit_code == 1
    assert "Forget everything that the coach knows of you for good?" in refused.output
    assert len(json.loads(_run("history", "--json", "--data", tmp_path).stdout)) == 2
    assert (
        "2 sessions and 0 memories are forgotten." in _run("forget", "--data", tmp_path, answer="y\n").output
    )
    assert json.loads(_run("history", "--json", "--data", tmp_path).stdout) == []


def test_forgetting_up_to_a_day_without_being_asked(tmp_path: Path) -> None:
    _written(tmp_path)
    assert "0 sessions" in _run("forget", "--before", "2026-12-01", "--yes", "--data", tmp_path).stdout
    assert "2 sessions" in _run("forget", "--before", "2026-12-02", "--yes", "--data", tmp_path).stdout


@pytest.mark.parametrize("day", ["yesterday", "2026-13-01", "01.12.2026", ""])
def test_a_day_that_is_none_is_told(tmp_path: Path, day: str) -> None:
    result = _run("forget", "--before", day, "--yes", "--data", tmp_path)
    assert isinstance(result.exception, JournalError)
    assert "Write it as 2026-12-01." in str(result.exception)


def test_damage_is_told_when_the_journal_is_opened_for_writing(tmp_path: Path) -> None:
    _run("export", tmp_path / "mine.jsonl", "--data", _written(tmp_path / "a"))
    (tmp_path / "a" / "journal.sqlite3").write_bytes(b"\xff" * 5000)
    result = _run("import", tmp_path / "mine.jsonl", "--data", tmp_path / "a")
    assert "The journal was damaged. It is kept as" in result.stderr
    assert "2 sessions" in result.stdout


def test_history_is_plotted_with_a_mark_for_each_score(tmp_path: Path) -> None:
    result = _run("history", "--plot", "--data", _written(tmp_path), COLUMNS="60")
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 60
    assert "\x1b" not in result.stdout
    assert result.stdout.count("○") - lines[1].count("○") == 2
    assert "pain before" in result.stdout
    told = _run("history", "--plot", "--data", tmp_path / "none").stderr
    assert "No pain was told yet." in told
