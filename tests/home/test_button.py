import pytest
from gpiozero import Device
from gpiozero.pins.mock import MockFactory

from voicecoach.errors import SettingsError
from voicecoach.home.button import BLINKS, HOLD_SECONDS, Button, Lamp, open_pins
from voicecoach.home.standby import TRANSITIONS, Place
from voicecoach.session.table import LIVE, live_intents
from voicecoach.sound.audio import samples_of

WAITING = frozenset(key for place, key in TRANSITIONS if place is Place.WAITING)


@pytest.fixture
def pins():
    factory = Device.pin_factory = MockFactory()
    yield factory
    factory.close()
    Device.pin_factory = None


def a_button() -> Button:
    return Button(lambda: "evening")


def test_a_press_stops_in_every_state_of_a_session():
    for state in LIVE:
        button = a_button()
        button.pressed("press")
        (intent,) = button.take(live_intents(state), 512)
        assert intent.name == "stop", state


def test_a_long_press_starts_the_routine_of_the_hour_in_stand_by():
    button = a_button()
    button.pressed("hold")
    (intent,) = button.take(WAITING, 512)
    assert (intent.name, intent.slots) == ("start", {"routine": "evening"})


def test_a_long_press_wakes_whoever_sleeps():
    button = a_button()
    button.pressed("hold")
    assert button.take(frozenset({"awake"}), 0)[0].name == "awake"


def test_a_press_in_stand_by_only_silences():
    button = a_button()
    button.pressed("press")
    assert button.take(WAITING, 0)[0].name == "quiet"


def test_each_press_counts_once_and_forgotten_ones_do_not():
    button = a_button()
    button.pressed("press")
    assert button.take(WAITING, 0)
    assert not button.take(WAITING, 0)
    button.pressed("press")
    button.forget()
    assert not button.take(WAITING, 0)


def test_a_short_press_and_a_long_one_of_a_real_pin(pins):
    button = a_button()
    open_pins(button, 17, None)
    pin = pins.pin(17)
    pin.drive_low()
    pin.drive_high()
    assert button.take(live_intents(LIVE[0]), 0)[0].name == "stop"
    button.came.clear()
    pin.drive_low()
    assert button.came.wait(HOLD_SECONDS * 10)
    pin.drive_high()
    assert [intent.name for _ in range(2) for intent in button.take(WAITING, 0)] == ["start"]


def test_the_lamp_is_dark_when_nothing_is_heard_and_lit_when_it_listens(pins):
    show = open_pins(a_button(), None, 27)
    show("listening")
    assert pins.pin(27).state
    show("muted")
    assert not pins.pin(27).state
    for voice in (*BLINKS, "muted"):  # the last one ends the blinking
        show(voice)


@pytest.mark.usefixtures("pins")
def test_pins_that_cannot_be_opened_are_told():
    with pytest.raises(SettingsError, match="cannot be opened"):
        open_pins(a_button(), 1700, None)


def shown(*happenings):
    seen = []
    lamp = Lamp(seen.append)
    for at, event in happenings:
        if event and event["kind"] == "saying":
            lamp.saying("x", at, event["end"])
        elif event:
            lamp.happened(event)
        lamp.take(frozenset(), samples_of(at))
    return seen


def test_the_lamp_follows_the_coach():
    events = [
        (0.0, None),
        (1.0, {"kind": "saying", "end": 3.0}),
        (2.0, None),
        (3.5, None),
        (4.0, {"kind": "microphone", "action": "lost"}),
        (5.0, {"kind": "microphone", "action": "restored"}),
        (6.0, {"kind": "standby", "to": "asleep"}),
        (7.0, {"kind": "standby", "to": "waiting"}),
    ]
    wanted = ["listening", "speaking", "listening", "cannot_hear", "listening", "asleep", "listening"]
    assert shown(*events) == wanted


def test_words_that_are_cut_end_the_light_of_speech():
    cut = {"kind": "say", "completed": False}
    assert shown((0.0, {"kind": "saying", "end": 9.0}), (1.0, cut)) == ["speaking", "listening"]
