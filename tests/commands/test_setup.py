"""Setting up where the network is not there."""

import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app
from voicecoach.errors import HearingError
from voicecoach.hearing import download


@pytest.fixture
def offline(monkeypatch, tmp_path):
    monkeypatch.setattr(download, "PATIENCE_SECONDS", 0.0)
    for name, value in {"HOME": str(tmp_path), "HTTPS_PROXY": "http://127.0.0.1:9"}.items():
        monkeypatch.setenv(name, value)
    for name in ("VOSK_MODEL_PATH", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("offline")
def test_without_a_network_setup_tells_so_and_moonshine_will_listen():
    told = CliRunner().invoke(build_app(), ["setup"])
    assert told.exit_code == 0, told.output
    assert "could not be downloaded (alphacephei.com cannot be reached)" in told.stderr
    assert "moonshine will listen for 'en'; everything is in place." in " ".join(told.stdout.split())


@pytest.mark.usefixtures("offline")
def test_without_a_network_vosk_cannot_be_set_up_in_english():
    told = CliRunner().invoke(build_app(), ["setup", "--recognizer", "vosk"]).exception
    assert isinstance(told, HearingError)
    assert "cannot be reached" in str(told)
