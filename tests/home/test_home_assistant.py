"""Home Assistant itself: it finds the coach, presses its buttons, and hears and speaks with its voice."""

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.home.brokers import free_port, peer
from tests.home.rooms import House
from tests.home.test_browser import living

HERE = Path(__file__).parent.parent.parent / "integrations" / "home_assistant"
PYTHON = shutil.which("python3.13")

pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(PYTHON is None, reason="this Home Assistant needs Python 3.13"),
]


@contextmanager
def wyoming():
    """Run `voicecoach wyoming` until it listens; give its port."""
    port = free_port()
    command = [sys.executable, "-m", "voicecoach", "wyoming", "--uri", f"tcp://127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        assert b"Wyoming: tcp://" in process.stderr.readline()
        yield port
        process.terminate()


def test_home_assistant_finds_the_coach_presses_its_buttons_and_talks_by_wyoming(tmp_path, broker):
    subprocess.run([PYTHON, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-r", HERE / "requirements.txt"], check=True)
    presses = ("start_morning=question", "pause=paused", "go_on=question", "stop=paused", "stop=closing")
    house = House()
    with living(house, 1.0), peer(house.control, broker.port), wyoming() as port:
        command = [python, HERE / "converse.py", str(broker.port), str(port), *presses]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert [f"{one['pressed']}={one['state']}" for one in told if "pressed" in one] == list(presses)
    shown = {one["entity"]: one["state"] for one in told if "entity" in one}
    assert shown["sensor.voicecoach_routine"] == "morning"
    assert {"button.voicecoach_next", "event.voicecoach_alarm"} <= set(shown)
    assert told[-1]["heard"] == told[-1]["said"]
