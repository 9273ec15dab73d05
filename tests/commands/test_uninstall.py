import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app, uninstall
from voicecoach.errors import SettingsError


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A home in which everything is that the program writes."""
    for name in ("data", "cache"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(bytes(1000))
        monkeypatch.setenv(f"VOICECOACH_{name.upper()}", str(tmp_path / name))
    (tmp_path / "settings.toml").write_text("", encoding="utf-8")
    (tmp_path / "other").write_text("", encoding="utf-8")
    monkeypatch.setenv("VOICECOACH_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(uninstall, "VOSK_MODELS", tmp_path / "vosk")
    return tmp_path


def run(answer: str, *words: str):
    return CliRunner().invoke(build_app(), ["uninstall-data", *words], input=answer)


def test_all_is_shown_and_nothing_removed_without_a_yes(house):
    done = run("n\n")
    assert all(str(house / name) in done.output for name in ("data", "cache", "settings.toml"))
    assert (house / "data" / "file").exists()


@pytest.mark.parametrize("words", [(), ("--yes",)])
def test_with_a_yes_all_of_ours_is_gone_and_nothing_else(house, words):
    run("y\n", *words)
    assert [each.name for each in house.iterdir()] == ["other"]
    assert "nothing of voicecoach" in run("").output


def test_a_service_goes_first(house):
    unit = house / "config" / "systemd" / "user" / "voicecoach.service"
    unit.parent.mkdir(parents=True)
    unit.write_text("", encoding="utf-8")
    assert isinstance(run("y\n").exception, SettingsError)
    assert (house / "data").exists()
