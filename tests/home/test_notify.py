"""What is sent to systemd, on a socket like its own."""

import os
import socket

import pytest

from voicecoach.home.notify import Heartbeat, notify, watchdog_seconds
from voicecoach.sound.audio import samples_of


@pytest.fixture
def manager(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        there.bind(str(tmp_path / "notify"))
        there.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        yield there


def received(there: socket.socket) -> list[str]:
    found = []
    while True:
        try:
            found.append(there.recv(4096).decode())
        except BlockingIOError:
            return found


def test_a_state_is_sent(manager):
    assert notify("READY=1", os.environ)
    assert received(manager) == ["READY=1"]


def test_an_abstract_socket_is_found():
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        there.bind("\0voicecoach-test")
        assert notify("READY=1", {"NOTIFY_SOCKET": "@voicecoach-test"})
        assert there.recv(100) == b"READY=1"


def test_without_a_manager_or_with_one_that_is_gone_nothing_happens(tmp_path):
    assert not notify("READY=1", {})
    assert not notify("READY=1", {"NOTIFY_SOCKET": str(tmp_path / "gone")})


def test_the_watchdog_is_taken_only_when_it_is_ours():
    assert watchdog_seconds({"WATCHDOG_USEC": "30000000"}) == 30
    assert watchdog_seconds({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}) is None
    assert watchdog_seconds({}) is None


def test_the_loop_gives_three_signs_of_life_in_the_time_and_when_the_clock_begins_anew(manager):
    heart = Heartbeat.asked_for({"WATCHDOG_USEC": "30000000"})
    for at in range(0, samples_of(31), 512):
        heart.take(frozenset(), at)
    assert received(manager) == ["WATCHDOG=1"] * 4
    heart.take(frozenset(), 512)
    assert received(manager) == ["WATCHDOG=1"]
