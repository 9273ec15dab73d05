"""The user's own command at an alarm: run with the reason, ended in time, never in the coach's way."""

import sys
import threading
import time
from queue import Queue

import pytest

from voicecoach.commands.alarm import Bell

ALARM = {"kind": "alarm", "t": 1.0, "reason": "red_flag"}


def ringing() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if "_ring" in thread.name]


def wait_for_bells() -> None:
    for thread in ringing():
        thread.join(30)
        assert not thread.is_alive()


def test_the_command_is_run_and_knows_why(tmp_path):
    told: Queue[str] = Queue()
    written = tmp_path / "why"
    code = f"import os; open({str(written)!r}, 'w').write(os.environ['VOICECOACH_ALARM'])"
    Bell((sys.executable, "-c", code), told.put).happened(ALARM)
    wait_for_bells()
    assert written.read_text() == "red_flag"
    assert told.empty()


def test_nothing_is_run_at_other_events_or_without_a_command():
    Bell((sys.executable, "-c", ""), pytest.fail).happened({"kind": "cue", "t": 0.0, "name": "go"})
    Bell((), pytest.fail).happened(ALARM)
    assert ringing() == []


def test_a_command_that_hangs_does_not_hold_the_coach_and_is_ended():
    told: Queue[str] = Queue()
    began = time.monotonic()
    Bell((sys.executable, "-c", "import time; time.sleep(600)"), told.put, 0.5).happened(ALARM)
    assert time.monotonic() - began < 30  # it came back: the command takes ten minutes
    assert ringing()
    wait_for_bells()
    assert "took more than 0.5 s" in told.get_nowait()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("no-such-program-here",), "cannot be run"),
        ((sys.executable, "-c", "raise SystemExit(3)"), "failed with exit code 3"),
    ],
)
def test_a_command_that_fails_is_told_and_nothing_more(command, words):
    told: Queue[str] = Queue()
    Bell(command, told.put).happened(ALARM)
    wait_for_bells()
    assert words in told.get_nowait()
