"""A real broker for tests, Debian's Mosquitto, and a client that sees what Home Assistant would see."""

import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from voicecoach.home.mqtt.peer import Broker, MqttPeer
from voicecoach.home.words import load_words

SECONDS = 15.0
"""Longer than anything here takes on a busy machine."""


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


class Mosquitto:
    """A broker that can be started late, killed, and started again."""

    def __init__(self, folder: Path, *, password: str | None = None, tls: Path | None = None):
        self.port = free_port()
        self._file = folder / "mosquitto.conf"
        lines = [f"listener {self.port} 127.0.0.1", f"allow_anonymous {'false' if password else 'true'}"]
        lines += ["user root", "persistence false"]
        if password:
            keys = folder / "passwords"
            make = [program("mosquitto_passwd"), "-b", "-c", keys, "coach", password]
            subprocess.run(make, check=True, capture_output=True)
            lines.append(f"password_file {keys}")
        if tls:
            lines += [f"certfile {tls / 'broker.pem'}", f"keyfile {tls / 'broker.key'}"]
        self._file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Mosquitto":
        self._process = subprocess.Popen(
            [program("mosquitto"), "-c", self._file], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(self._answers)
        return self

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 0.2).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def program(name: str) -> str:
    """Find a program, also where only root's PATH leads."""
    found = shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/bin")
    assert found, f"{name} is not here; on Debian: apt install mosquitto"
    return found


def wait_until(true, seconds: float = SECONDS):
    """Wait for something to become true; it fails loudly where it does not."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


class Hub:
    """A client that hears everything, as Home Assistant would, and presses buttons."""

    def __init__(self, port: int):
        self.heard: Queue[tuple[str, bytes, bool]] = Queue()
        self.all: list[tuple[str, bytes, bool]] = []
        self.client = Client(CallbackAPIVersion.VERSION2)
        self.client.on_message = lambda _c, _d, m: self._hear((m.topic, m.payload, m.retain))
        self.client.connect("127.0.0.1", port)
        ready: Queue[int] = Queue()
        self.client.on_subscribe = lambda *_: ready.put(1)
        self.client.loop_start()
        self.client.subscribe([("homeassistant/#", 1), ("voicecoach/#", 2)])
        ready.get(timeout=SECONDS)

    def _hear(self, message: tuple[str, bytes, bool]) -> None:
        self.all.append(message)
        self.heard.put(message)

    def next(self, topic: str, **fields) -> dict:
        """Wait for the next message on a topic that has these fields, and give it."""
        return self.next_kept(topic, **fields)[0]

    def next_kept(self, topic: str, **fields) -> tuple[dict | str, bool]:
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            try:
                where, payload, kept = self.heard.get(timeout=SECONDS)
            except Empty:
                break
            said = payload.decode()
            told = json.loads(said) if said.startswith("{") else said
            if where == topic and all(told.get(name) == value for name, value in fields.items()):
                return told, kept
        raise AssertionError(f"nothing with {fields} came on {topic}")

    def press(self, payload: str | bytes, qos: int = 2, **options):
        self.client.publish("voicecoach/voicecoach/order", payload, qos, **options).wait_for_publish(SECONDS)

    def publish(self, topic: str, payload: str):
        self.client.publish(topic, payload, 1).wait_for_publish(SECONDS)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.disconnect()
        self.client.loop_stop()


@contextmanager
def peer(control, port, **kinds):
    """Put a coach on a broker; `told` is what it had to tell."""
    told = []
    at = Broker("127.0.0.1", port, back_off_seconds=(1, 1), **kinds)
    with MqttPeer(at, control, load_words("en"), told.append) as one:
        one.told = told
        yield one


@contextmanager
def certificates(folder: Path):
    """Make an authority and a broker's certificate for 127.0.0.1."""
    script = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem && "
        "openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout broker.key -out broker.csr && "
        "printf 'subjectAltName=IP:127.0.0.1,DNS:localhost' > names && openssl x509 -req -in broker.csr "
        "-CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out broker.pem"
    )
    subprocess.run(script, shell=True, check=True, cwd=folder, capture_output=True)  # noqa: S602 - our own words
    yield folder
