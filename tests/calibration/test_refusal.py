"""A room that failed its calibration: nothing starts there by voice alone, however it would be started."""

import pytest
from typer.testing import CliRunner

from voicecoach.calibration.outcome import QUIET, TIMES, Outcome, key_of
from voicecoach.commands import build_app
from voicecoach.errors import SettingsError
from voicecoach.home.wall import local_now
from voicecoach.journal.journal import Journal


@pytest.fixture
def failed_room(tmp_path, monkeypatch):
    outcome = Outcome()
    for word in ("stop", "pain"):
        for _ in range(TIMES):
            outcome.add(QUIET, word, hit=word == "stop")
    with Journal.open(tmp_path, local_now()) as journal:
        journal.remember(key_of(None, None), outcome.kept("2026-12-01"), local_now())
    monkeypatch.setenv("VOICECOACH_DATA", str(tmp_path))


@pytest.mark.usefixtures("failed_room")
@pytest.mark.parametrize("command", [["run"], ["serve", "--port", "0"], ["stand-by"]], ids=lambda one: one[0])
def test_nothing_starts_there_by_voice_alone(command):
    refused = CliRunner().invoke(build_app(), command)
    assert isinstance(refused.exception, SettingsError)
    assert "'pain' was heard 0 of 3 times" in str(refused.exception)
    assert "button_pin" in str(refused.exception)
