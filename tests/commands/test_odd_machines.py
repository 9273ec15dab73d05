"""The program on machines that are not as ours: other letters, other names, other clocks, other rights."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
"""A terminal and a system that know no letters but English ones."""


def voicecoach(*arguments: str, cwd: Path, **env: str) -> str:
    """Run the program as a user does, and give what it prints; it must not fail."""
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout.decode(errors="replace")


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder whose name has letters, a space, and a byte that is no letter at all."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path / "Übung 운동 ") + b"\xff"))
    folder.mkdir()
    return folder


def test_korean_is_kept_whole_though_neither_terminal_nor_folder_has_such_letters(odd: Path) -> None:
    env = ASCII
    rehearse = ("rehearse", "rotation", "--text", "--lang", "ko", "--date", "2026-12-01T07:00")
    assert "=== rotation: done" in voicecoach(*rehearse, "--data", str(odd / "d"), cwd=odd, **env)
    assert "rotation" in voicecoach("history", "--data", str(odd / "d"), cwd=odd, **env)
    files = ("--html", "보고.html", "--csv", "é.csv")
    voicecoach("report", "--lang", "ko", *files, "--data", str(odd / "d"), cwd=odd, **env)
    assert "회전" in (odd / "보고.html").read_text(encoding="utf-8")
    voicecoach("export", str(odd / "x.jsonl"), "--data", str(odd / "d"), cwd=odd, **env)
    assert "1 session" in voicecoach("import", "x.jsonl", "--data", str(odd / "e"), cwd=odd, **env)


@pytest.mark.parametrize("env", [{}, ASCII], ids=["utf-8", "ascii"])
def test_a_file_of_any_name_that_is_not_there_is_told(odd: Path, env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "voicecoach", "validate", str(odd / "nö.toml")]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **env})
    assert done.returncode == 2
    assert b"is the name right?" in done.stderr
    assert b"Traceback" not in done.stderr


EDGES = ["2038-01-19T03:14", "2026-03-29T01:59:50", "2026-10-25T02:59:50", "2100-02-28T23:59"]


@pytest.mark.parametrize("date", EDGES)
def test_a_session_goes_across_every_edge_of_a_calendar(tmp_path: Path, date: str) -> None:
    env = {"TZ": "Europe/Berlin"}
    rehearse = ("rehearse", "rotation", "--text", "--date", date, "--data", str(tmp_path))
    voicecoach(*rehearse, cwd=tmp_path, **env)
    voicecoach(*rehearse, cwd=tmp_path, **env)  # the same day once more, as after a clock that was set back
    history = voicecoach("history", "--data", str(tmp_path), cwd=tmp_path, **env)
    assert [line[:4] for line in history.splitlines()] == [date[:4]] * 2
    voicecoach("report", "--csv", "x.csv", "--data", str(tmp_path), cwd=tmp_path, **env)


def test_a_home_in_which_nothing_can_be_written_is_enough_to_look_and_rehearse() -> None:
    env = {"HOME": "/proc", **{f"XDG_{each}_HOME": "/proc/x" for each in ("CACHE", "CONFIG", "DATA")}}
    for command in (["routines"], ["history"], ["profile"], ["rehearse", "rotation", "--text"]):
        voicecoach(*command, cwd=Path("/"), **env)


def test_a_report_is_made_without_a_word_where_nothing_can_be_kept(tmp_path: Path) -> None:
    journal = str(tmp_path / "journal")
    voicecoach("rehearse", "rotation", "--text", "--data", journal, cwd=tmp_path)
    assert made_in("/proc/voicecoach", journal, tmp_path) == b""
    assert made_in(str(tmp_path / "home"), journal, tmp_path) == b""
    kept = [str(file.relative_to(tmp_path / "home")) for file in (tmp_path / "home").rglob("*.*")]
    assert [name for name in kept if not name.startswith(".cache")] == []
    assert [folder.name for folder in (tmp_path / "home" / ".cache").iterdir()] == ["voicecoach"]


def made_in(home: str, journal: str, folder: Path) -> bytes:
    """Make a report as a person whose home is another, and give what is told of trouble."""
    command = [sys.executable, "-m", "voicecoach", "report", "--html", "x.html", "--data", journal]
    env = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "MPL"))}
    env["HOME"] = home
    done = subprocess.run(command, capture_output=True, cwd=folder, env=env, check=True)
    return done.stderr
