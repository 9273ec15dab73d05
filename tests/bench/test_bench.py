"""`python -m bench` itself: sections by name, each in a process of its own."""

import subprocess
import sys
from pathlib import Path


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bench", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_what_a_section_lacks_is_told_of_each() -> None:
    done = bench("hearing", "growth")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["hearing", "growth"]
    assert done.returncode == 0


def test_a_section_that_fails_is_named_and_the_others_run_on(tmp_path: Path) -> None:
    done = bench("own", "growth", "--set", str(tmp_path))
    assert "there is no labels.csv in it" in done.stderr
    assert "growth: left out" in done.stderr
    assert done.stderr.endswith("bench: not measured to the end: own\n")
    assert done.returncode == 1


def test_recordings_that_are_not_there_are_told(tmp_path: Path) -> None:
    done = bench("growth", "--voices", str(tmp_path))
    assert done.stderr.endswith(f"error: --voices: there is no manifest.csv in {tmp_path}\n")
    assert done.returncode == 2
