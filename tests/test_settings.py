"""What can be chosen, and what follows from it."""

from datetime import time

import pytest

from voicecoach.commands.parts import build_speaker
from voicecoach.errors import SettingsError
from voicecoach.settings import load_settings
from voicecoach.sound.timeline import Timeline


@pytest.fixture(autouse=True)
def nobodys_file(monkeypatch, tmp_path):
    """No settings but those of the test."""
    monkeypatch.setenv("VOICECOACH_SETTINGS", str(tmp_path / "settings.toml"))


def started(moment, **chosen):
    """How loud a session starts."""
    player = Timeline()
    build_speaker(load_settings(**chosen), player, moment)
    return player.volume


def test_a_session_starts_as_loud_as_the_settings_say():
    assert started(time(12), volume=0.7) == 0.7
    assert started(None, volume=0.7) == 0.7


@pytest.mark.parametrize(
    ("moment", "volume"),
    [(time(21, 59), 1.0), (time(22), 0.3), (time(0), 0.3), (time(6, 59), 0.3), (time(7), 1.0)],
)
def test_at_night_the_coach_is_quieter(moment, volume):
    assert started(moment, night_volume=0.3) == volume


def test_a_night_that_begins_after_midnight_is_a_night_too():
    night = {"night_begins": time(1), "night_ends": time(5), "night_volume": 0.3}
    assert [started(time(hour), **night) for hour in (0, 1, 4, 5, 23)] == [1, 0.3, 0.3, 1, 1]


def test_a_night_without_length_is_none():
    night = {"night_begins": time(3), "night_ends": time(3), "night_volume": 0.3}
    assert [started(time(hour), **night) for hour in (2, 3, 4)] == [1, 1, 1]


def test_the_night_is_never_louder_than_the_day():
    assert started(time(23), volume=0.2, night_volume=0.5) == 0.2


def test_the_night_is_set_in_the_file(tmp_path):
    (tmp_path / "settings.toml").write_text(
        'night_begins = 20:30:00\nnight_ends = "06:00"\nnight_volume = 0.3\n'
    )
    assert [started(moment) for moment in (time(20, 29), time(20, 30), time(6))] == [1, 0.3, 1]


def test_a_setting_that_cannot_be_used_names_where_to_mend_it():
    with pytest.raises(SettingsError, match="VOICECOACH_NIGHT_BEGINS"):
        load_settings(night_begins="bedtime")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("on_alarm", "ring", "VOICECOACH_ON_ALARM: write a list"),
        ("share_pain", "page", "VOICECOACH_SHARE_PAIN: write a list in one line"),
        ("night_begins", "22:00Z", "has no zone"),
    ],
)
def test_what_the_environment_cannot_mean_is_told(monkeypatch, name, value, told):
    monkeypatch.setenv(f"VOICECOACH_{name.upper()}", value)
    with pytest.raises(SettingsError, match=told):
        load_settings()


def test_an_empty_variable_is_as_none(monkeypatch):
    for name in ("DATA", "ON_ALARM", "MORNING"):
        monkeypatch.delenv(f"VOICECOACH_{name}", raising=False)
    usual = load_settings()
    for name in ("DATA", "ON_ALARM", "MORNING"):
        monkeypatch.setenv(f"VOICECOACH_{name}", "")
    assert load_settings() == usual
