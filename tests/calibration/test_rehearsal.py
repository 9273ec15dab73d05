"""A calibration in the simulated room, with a real recogniser; and what `run` makes of one that failed."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from voicecoach.calibration.outcome import QUIET, Outcome, key_of
from voicecoach.journal.journal import Journal
from voicecoach.rehearsal.script import PERSONS

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def program(*arguments):
    command = [sys.executable, "-m", "voicecoach", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize(("lang", "recognizer"), [("en", "moonshine"), ("ko", "vosk")])
def test_stop_and_pain_are_heard_in_the_quiet_and_over_the_coach(lang, recognizer):
    done = program("rehearse", "--calibrate", "--lang", lang, "--recognizer", recognizer)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {"✓ stop, quiet: 3/3", "✓ pain, quiet: 3/3"} <= set(done.stdout.splitlines())
    assert "✓ stop, over the coach: " in done.stdout


def test_a_person_who_is_not_heard_is_told_so(tmp_path):
    silent = tmp_path / "silent.toml"
    text = (PERSONS / "en_calibrate.toml").read_text(encoding="utf-8")
    silent.write_text(text.replace('"stop"', '"what a lovely morning it is"'), encoding="utf-8")
    done = program("rehearse", "--calibrate", "--recognizer", "moonshine", "--person", str(silent))
    assert done.returncode == 1
    assert "✗ stop, quiet: 0/3" in done.stdout
    assert "put the microphone nearer" in done.stdout


def test_in_a_room_that_failed_a_session_by_voice_alone_is_refused(tmp_path):
    failed = Outcome()
    failed.add(QUIET, "stop", hit=False)
    with Journal.open(tmp_path, NOW) as journal:
        journal.remember(key_of(None, None), failed.kept("2026-12-01"), NOW)
    refused = program("run", "morning", "--data", str(tmp_path))
    assert refused.returncode == 2
    assert "By voice alone it would not be safe here: 'stop' was heard 0 of 3 times" in refused.stderr
    assert "--button" in refused.stderr
    allowed = program("run", "morning", "--data", str(tmp_path), "--button")
    assert "not be safe" not in allowed.stderr
