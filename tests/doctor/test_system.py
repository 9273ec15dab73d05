"""What is said of the system."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from voicecoach.doctor import storage, system_facts
from voicecoach.doctor.check import hands_free
from voicecoach.doctor.parts import EarFacts, Trial, VoiceFacts, check_ears, check_voice
from voicecoach.doctor.storage import FolderFacts
from voicecoach.doctor.system import SystemFacts, checks_of

NOW = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
DESKTOP = SystemFacts(
    user="kim",
    groups=frozenset({"audio"}),
    now=NOW,
    server="PulseAudio (on PipeWire 1.4.2)",
    cards=("Headphones",),
    runtime_dir="/run/user/1000",
    runtime_dir_exists=True,
    systemd=True,
    linger=True,
    synchronized=True,
)
BARE = replace(DESKTOP, server="", runtime_dir="", runtime_dir_exists=False)
GB = 10**9


def failing(checks):
    return [check.name for check in checks if not check.ok]


def test_a_desktop_passes():
    assert failing(checks_of(DESKTOP)) == []


def test_alsa_alone_is_enough():
    assert failing(checks_of(BARE)) == []


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        (replace(BARE, groups=frozenset()), "groups"),
        (replace(DESKTOP, linger=False), "linger"),
        (replace(DESKTOP, runtime_dir_exists=False), "XDG_RUNTIME_DIR"),
        (replace(DESKTOP, cancelling=("echo-cancel-source",)), "echo cancellation"),
        (replace(DESKTOP, now=NOW.replace(year=1970)), "clock set"),
    ],
)
def test_what_is_wrong_is_named_once(facts, name):
    assert failing(checks_of(facts)) == [name]


def test_without_server_and_card_both_lines_say_what_to_start():
    assert failing(checks_of(replace(BARE, cards=()))) == ["sound server", "XDG_RUNTIME_DIR"]


def test_a_sound_server_needs_no_right_to_the_cards():
    assert failing(checks_of(replace(DESKTOP, groups=frozenset()))) == []


def test_the_kernels_cards_are_read(tmp_path, monkeypatch):
    cards = tmp_path / "cards"
    cards.write_text(
        " 0 [Headphones     ]: bcm2835_headpho - bcm2835 Headphones\n"
        "                      bcm2835 Headphones\n"
        " 1 [S3             ]: USB-Audio - Anker S3\n"
    )
    monkeypatch.setattr(system_facts, "CARDS", cards)
    assert system_facts.gather(NOW).cards == ("Headphones", "S3")
    monkeypatch.setattr(system_facts, "CARDS", tmp_path / "none")
    assert system_facts.gather(NOW).cards == ()


def test_a_journal_that_cannot_be_written_ends_hands_free_use_and_a_cache_does_not():
    well = FolderFacts(Path("/a"), free_bytes=GB)
    broken = FolderFacts(Path("/b"), "Read-only file system", GB)
    assert failing(storage.checks_of(well, well)) == []
    assert not hands_free(list(storage.checks_of(broken, well)))
    assert hands_free(list(storage.checks_of(well, broken)))
    assert failing(storage.checks_of(well, broken)) == ["clips"]
    assert failing(storage.checks_of(well, replace(well, free_bytes=1000))) == ["disk"]


def test_a_voice_is_needed_and_a_slow_one_is_told():
    assert failing(check_voice(VoiceFacts("joe", 0.3))) == []
    assert failing(check_voice(VoiceFacts("joe", 3.0))) == ["voice"]
    assert not hands_free(list(check_voice(VoiceFacts("joe", problem="not installed"))))


def test_a_recogniser_has_to_understand_and_to_keep_up():
    trial = Trial("stop", "stop", "stop", 0.1)
    assert failing(check_ears(EarFacts("vosk", 2.0, trial=trial))) == []
    assert failing(check_ears(EarFacts("vosk", 2.0, trial=replace(trial, understood="")))) == ["self-test"]
    busy = list(check_ears(EarFacts("vosk", 2.0, trial=replace(trial, realtime_factor=0.7))))
    late = list(check_ears(EarFacts("vosk", 2.0, trial=replace(trial, realtime_factor=1.2))))
    assert (failing(busy), hands_free(busy)) == (["speed"], True)
    assert (failing(late), hands_free(late)) == (["speed"], False)
    assert not hands_free(list(check_ears(EarFacts(problem="there is no model"))))
