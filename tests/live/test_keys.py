"""Keys in a terminal, through the program on the virtual sound card."""

import os
import pty
import signal
import termios
import time

import pytest

from tests.live.outside import Person, Program, Rule
from voicecoach.home.keys import Keys
from voicecoach.session.table import State, live_intents


@pytest.fixture
def terminal():
    """A keyboard to type on, and the terminal that a program has."""
    keyboard, screen = pty.openpty()
    yield keyboard, screen
    os.close(keyboard)
    os.close(screen)


def understood(keys, state):
    return [intent.name for intent in keys.take(live_intents(state), 0)]


def test_a_key_means_what_is_live():
    reading, writing = os.pipe()
    keys = Keys(reading)
    for typed, state, meant in (
        (b" ", State.HOLD, ["pause"]),
        (b" ", State.PAUSED, ["resume"]),
        (b"s", State.POSITION, ["stop"]),
        (b"P", State.HOLD, ["pain"]),
        (b"n", State.HOLD, ["next"]),
        (b"q", State.READY, ["finish"]),
        (b"x", State.HOLD, []),
        (b"xs", State.HOLD, ["stop"]),
        (b"", State.HOLD, []),
    ):
        os.write(writing, typed)
        assert understood(keys, state) == meant, typed
    os.close(writing)
    assert understood(keys, State.HOLD) == []
    os.close(reading)


def test_a_request_to_end_is_kept_until_the_loop_looks():
    reading, writing = os.pipe()
    keys = Keys(reading)
    keys.end(signal.SIGTERM, None)
    with pytest.raises(SystemExit) as ended:
        keys.take(live_intents(State.HOLD), 0)
    assert ended.value.code == 128 + signal.SIGTERM
    os.close(reading)
    os.close(writing)


def types(keyboard, key):
    return lambda: os.write(keyboard, key)


def test_a_session_is_led_by_keys_and_the_terminal_is_as_it_was(sound_card, tmp_path, terminal):
    keyboard, screen = terminal
    before = termios.tcgetattr(screen)
    program = Program(tmp_path, "knees_to_chest", stdin=screen)
    question = {"kind": "state", "to": "pain_now"}
    rules = [
        Rule(question, types(keyboard, b" "), 0.5, times=1),
        Rule({"kind": "state", "trigger": "pause"}, types(keyboard, b" "), 0.5),
        Rule({"kind": "state", "trigger": "resume"}, types(keyboard, b"s"), 0.5),
        Rule({"kind": "state", "trigger": "stop"}, types(keyboard, b"q"), 0.5),
    ]
    Person(sound_card, tmp_path).live(program, rules, 60)
    program.end()
    assert program.process.returncode == 0, program.told()
    assert [event["text"] for event in program.of("heard")] == ["(space)", "(space)", "(s)", "(q)"]
    assert program.of("state")[-1]["to"] == "ended"
    assert termios.tcgetattr(screen) == before


def test_a_terminated_session_leaves_the_terminal_as_it_was(sound_card, tmp_path, terminal):
    del sound_card
    _, screen = terminal
    before = termios.tcgetattr(screen)
    program = Program(tmp_path, "knees_to_chest", stdin=screen)
    limit = time.monotonic() + 40
    while termios.tcgetattr(screen) == before and time.monotonic() < limit:
        time.sleep(0.05)
    assert termios.tcgetattr(screen) != before
    program.process.send_signal(signal.SIGTERM)
    assert program.process.wait(20) == 128 + signal.SIGTERM, program.told()
    assert termios.tcgetattr(screen) == before
