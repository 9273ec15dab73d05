"""What is said of loudspeaker and microphone."""

from dataclasses import replace

import pytest

from voicecoach.doctor.check import hands_free
from voicecoach.doctor.chirp import Echoes
from voicecoach.doctor.listening import CHIRPS, Heard
from voicecoach.doctor.sound import SoundFacts, checks_of
from voicecoach.sound.sounddevice import Device

DEVICE = Device(0, "speakerphone", 1, 2, 48_000)
WELL = Heard(-60.0, 0.0, dead=False, echoes=Echoes(CHIRPS, -12.0, 0.12, 2.0))
FACTS = SoundFacts("", DEVICE, DEVICE, WELL)


def failing(facts):
    """The names of the checks that fail, and whether a session by voice is possible all the same."""
    checks = list(checks_of(facts))
    return [check.name for check in checks if not check.ok], hands_free(checks)


def with_heard(**changed):
    return replace(FACTS, heard=replace(WELL, **changed))


def test_a_speakerphone_in_a_quiet_room_passes():
    assert failing(FACTS) == ([], True)


@pytest.mark.parametrize(
    ("facts", "name", "still_hands_free"),
    [
        (SoundFacts(portaudio="PortAudio is not installed"), "PortAudio", False),
        (replace(FACTS, microphone="There is no microphone."), "microphone", False),
        (replace(FACTS, loudspeaker="There is no loudspeaker."), "loudspeaker", False),
        (replace(FACTS, heard="busy"), "both together", False),
        (with_heard(lost_seconds=1.0), "both together", False),
        (with_heard(dead=True), "microphone level", False),
        (with_heard(clipped=0.02), "microphone level", False),
        (with_heard(noise_db=-30.0), "noise", True),
        (with_heard(echoes=Echoes(0)), "playback heard", True),
        (with_heard(echoes=Echoes(CHIRPS, -12, 0.7, 0)), "playback heard", True),
        (with_heard(echoes=Echoes(CHIRPS, -12, 0.1, 900)), "clock", True),
        (replace(FACTS, stumbles=3), "sound lost", True),
    ],
)
def test_what_is_wrong_is_named_once_with_its_fix(facts, name, still_hands_free):
    assert failing(facts) == ([name], still_hands_free)


def test_two_clocks_are_told_and_followed():
    (clock,) = [
        check for check in checks_of(with_heard(echoes=Echoes(7, 0, 0.1, 80))) if check.name == "clock"
    ]
    assert clock.ok
    assert "two, +80 ppm" in clock.line


def test_a_line_has_its_mark_and_what_to_do():
    well, *_, muted = list(checks_of(with_heard(dead=True)))[:5]
    assert well.line == "✓ PortAudio: is there"
    assert muted.line.startswith("✗ microphone level: it gives no sound at all → unmute it: ")
