"""The unit, judged by systemd itself; and a coach that hangs, under a supervisor with systemd's protocol."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app
from voicecoach.commands.service import unit_path
from voicecoach.errors import SettingsError
from voicecoach.home.service import LEFT_OUT, NAME, STEPS_SINCE, Install, unit_text

COMMAND = (sys.executable, "-m", "voicecoach")
WORST_SCORE = 3.0
WATCHDOG_SECONDS = 4.0


def analyze(folder: Path, *words: str, system: bool) -> "subprocess.CompletedProcess[str]":
    unit = folder / NAME
    install = Install(COMMAND, system=system, user="daemon", version=0)  # what every systemd knows
    unit.write_text(unit_text(install), encoding="utf-8")
    return subprocess.run(
        ["systemd-analyze", "--no-pager", *words, unit],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
    )


def test_where_the_page_or_a_broker_is_asked_for_it_may_open_the_addresses_of_a_house(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_MQTT_HOST", "broker")
    unit = CliRunner().invoke(build_app(), ["install-service", "--print"]).output
    assert "\nRestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n" in unit
    text = unit_text(Install(COMMAND, system=True, user="daemon", version=0, network=True))
    assert "\nPrivateNetwork=no\n" in text
    assert "\nIPAddressDeny=any\n" in text
    (unit := tmp_path / NAME).write_text(text, encoding="utf-8")
    checked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.parametrize("command", ["install-service", "service-status", "uninstall-service"])
def test_a_person_who_is_not_logged_in_is_told_how_to_reach_their_systemd(command, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    if command != "install-service":
        unit_path(system=False).parent.mkdir(parents=True)
        unit_path(system=False).write_text("[Service]", encoding="utf-8")
    told = CliRunner().invoke(build_app(), [command]).exception
    assert isinstance(told, SettingsError)
    assert "export XDG_RUNTIME_DIR=/run/user/$(id -u)" in str(told)


@pytest.mark.parametrize("system", [True, False], ids=["machine", "person"])
def test_systemd_takes_the_unit_without_a_word(tmp_path, system):
    whose = [] if system else ["--user"]
    checked = analyze(tmp_path, *whose, "verify", system=system)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_machines_unit_is_little_exposed_and_what_it_leaves_out_has_its_reason(tmp_path):
    judged = analyze(tmp_path, "security", "--offline=yes", system=True)
    score = float(re.search(r"exposure level.*: ([0-9.]+)", judged.stdout)[1])
    assert score <= WORST_SCORE
    missing = {re.match(r"[A-Za-z]+", line[2:])[0] for line in judged.stdout.splitlines() if line[:1] == "✗"}
    assert missing <= set(LEFT_OUT)


def test_the_back_off_is_asked_for_where_systemd_knows_it():
    assert "RestartSteps" not in unit_text(Install(COMMAND, version=STEPS_SINCE - 1))
    assert "RestartSteps=6" in unit_text(Install(COMMAND, version=STEPS_SINCE))


def test_it_may_open_no_address_but_local_sockets():
    for system in (True, False):
        assert "\nRestrictAddressFamilies=AF_UNIX\n" in unit_text(Install(COMMAND, system=system))


def test_paths_with_spaces_and_percents_are_kept():
    text = unit_text(Install(("/a b/python", "-m", "voicecoach"), settings=Path("/home/m e/100%.toml")))
    assert 'ExecStart="/a b/python" -m voicecoach stand-by' in text
    assert 'Environment="VOICECOACH_SETTINGS=/home/m e/100%%.toml"' in text


def test_print_installs_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    done = CliRunner().invoke(build_app(), ["install-service", "--print"])
    assert "Type=notify" in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_service_that_is_not_there_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert not unit_path(system=False).exists()
    assert "no service" in CliRunner().invoke(build_app(), ["service-status"]).output
    assert isinstance(CliRunner().invoke(build_app(), ["uninstall-service"]).exception, SettingsError)


@dataclass
class Supervisor:
    """A small service manager: starts a command, waits for READY=1, and kills it when it gives no sign."""

    command: list[str]
    environment: dict[str, str]
    there: socket.socket
    starts: int = 0

    @contextmanager
    def started(self):
        process = subprocess.Popen(
            self.command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        self.starts += 1
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def waits_for(self, word: str, seconds: float) -> bool:
        """Tell whether a message with `word` comes in time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self.there.settimeout(left)
            try:
                if word in self.there.recv(4096).decode():
                    return True
            except TimeoutError:
                return False
        return False

    def forgets(self) -> None:
        self.there.setblocking(False)
        try:
            while self.there.recv(4096):
                pass
        except BlockingIOError:
            pass


@pytest.mark.usefixtures("sound_card")
def test_a_coach_that_was_stopped_gives_no_sign_of_life_and_is_started_anew(tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        there.bind(str(tmp_path / "notify"))
        own = {
            "NOTIFY_SOCKET": str(tmp_path / "notify"),
            "WATCHDOG_USEC": str(round(WATCHDOG_SECONDS * 1e6)),
            "VOICECOACH_DATA": str(tmp_path / "data"),
            "VOICECOACH_SETTINGS": str(tmp_path / "none.toml"),
        }
        supervisor = Supervisor([*COMMAND, "stand-by"], {**os.environ, **own}, there)
        with supervisor.started() as coach:
            assert supervisor.waits_for("READY=1", 60), coach.stderr.read1().decode()
            assert supervisor.waits_for("WATCHDOG=1", 10 * WATCHDOG_SECONDS)
            coach.send_signal(signal.SIGSTOP)
            supervisor.forgets()
            assert not supervisor.waits_for("WATCHDOG=1", WATCHDOG_SECONDS)
        with supervisor.started():
            assert supervisor.waits_for("READY=1", 60)
            assert supervisor.waits_for("WATCHDOG=1", 10 * WATCHDOG_SECONDS)
        assert supervisor.starts == 2
