"""How soon the home sees what it asks for: the whole program, a sound card, a broker, and clients.

    python -m bench.seen [--rounds N] [--command serve|stand-by]

From the moment an order leaves its client, an MQTT client, a viewer of the page or the OpenVoiceOS skill's,
to the one at which the same client sees the new state; what the coach needs to act is in it. The program
runs as a user's does, with its recogniser, on the virtual sound card, where nobody speaks; the broker is
Mosquitto. It needs what the tests of live sound and of MQTT need.
"""

import argparse
import http.client
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bench.card import borrowed_card
from bench.figures import Aim, Figure
from bench.show import show
from tests.home.brokers import Mosquitto, free_port
from voicecoach.home.mqtt.messages import Topics
from voicecoach.journal.journal import Journal
from voicecoach.rehearsal.experience import done_this_before

SKILL = Path(__file__).parent.parent / "integrations" / "ovos" / "skill_voicecoach" / "coach.py"
COMMANDS = ("serve", "stand-by")
Wanted = Callable[[str], bool]
"""Whether a state is what was waited for."""
BETWEEN = ("away", "waiting")
"""States without a session."""
ORDERS: tuple[tuple[str, Wanted], ...] = (
    ("start", lambda state: state not in BETWEEN),
    ("pause", "paused".__eq__),
    ("stop", "closing".__eq__),
)
"""What is asked for, in this order, and what comes of it."""
BEGUN: Wanted = lambda state: state not in (*BETWEEN, "starting")  # noqa: E731 - beside the others
ROUNDS = 10
CALM_SECONDS = 1.5
"""Between two orders, so that no round falls on the same place of a second as the one before."""
PATIENCE_SECONDS = 90.0
AIMS = {f"{command}: {order}, most": Aim(300, least=False) for command in COMMANDS for order, _ in ORDERS}


class Hand(Protocol):
    """Someone in the home who asks, and sees."""

    name: str

    def ask(self, order: str) -> None:
        """Ask for an order."""
        ...

    def sees(self, wanted: Wanted, since: float) -> float:
        """Wait until a wanted state is seen, and give its moment; both are seconds, monotonic."""
        ...


@dataclass
class Eyes:
    """States as they came in, each with its moment."""

    seen: list[tuple[float, str]] = field(default_factory=list)
    came: threading.Condition = field(default_factory=threading.Condition)

    def saw(self, state: str) -> None:
        """Note a state that is true now."""
        with self.came:
            self.seen.append((time.monotonic(), state))
            self.came.notify_all()

    def sees(self, wanted: Wanted, since: float) -> float:
        """Wait for a wanted state."""
        with self.came:
            if not self.came.wait_for(lambda: self._first(wanted, since), PATIENCE_SECONDS):
                raise TimeoutError(f"seen last: {self.seen[-1:]}")
            return self._first(wanted, since) or since

    def _first(self, wanted: Wanted, since: float) -> float | None:
        """Give when a wanted state came first after `since`, or whether it has been so all the time."""
        before = [(since, state) for at, state in self.seen if at <= since][-1:]
        after = [(at, state) for at, state in self.seen if at > since]
        return next((at for at, state in (*before, *after) if wanted(state)), None)


class Broker(Eyes):
    """A client on the broker, as Home Assistant is one."""

    name = "MQTT"

    def __init__(self, port: int) -> None:
        from paho.mqtt.client import Client  # noqa: PLC0415 - the bench lives without the home's extra
        from paho.mqtt.enums import CallbackAPIVersion  # noqa: PLC0415

        super().__init__()
        self.topics = Topics("voicecoach")
        self.client = Client(CallbackAPIVersion.VERSION2)
        self.client.on_message = lambda _client, _data, message: self._hear(message.payload)
        self.client.on_connect = lambda client, *_: client.subscribe(self.topics.state, 1)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()

    def _hear(self, payload: bytes) -> None:
        if payload:
            self.saw(json.loads(payload)["state"])

    def ask(self, order: str) -> None:
        """Press the button of the device message."""
        said = "start morning" if order == "start" else order
        self.client.publish(self.topics.order, said, 2)

    def close(self) -> None:
        """Leave the broker."""
        self.client.disconnect()
        self.client.loop_stop()


class Viewer(Eyes):
    """A viewer of the page, by its own requests."""

    name = "the page"

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port
        self.asking = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        looking = http.client.HTTPConnection("127.0.0.1", self.port)
        looking.request("GET", "/events")
        try:
            for line in looking.getresponse():
                if line.startswith(b"data: "):
                    self.saw(json.loads(line[6:])["state"])
        except (OSError, http.client.HTTPException):
            return  # the program ended

    def ask(self, order: str) -> None:
        """Send the form of the page's button."""
        body = "routine=morning" if order == "start" else ""
        own = {"Origin": f"http://127.0.0.1:{self.port}", "Accept": "application/json"}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.asking.close()  # a browser may have let it go too; what connecting costs is in the figure
        self.asking.request("POST", f"/order/{order}", body, own | form)
        answer = self.asking.getresponse()
        told = answer.read()
        if answer.status != http.client.ACCEPTED:
            raise RuntimeError(f"{order}: {told.decode()}")


class Skill:
    """The client in the OpenVoiceOS skill, which looks only when it is asked to."""

    name = "OpenVoiceOS"

    def __init__(self, port: int) -> None:
        spec = importlib.util.spec_from_file_location("skill_coach", SKILL)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        self.coach = module.Coach(f"http://127.0.0.1:{port}")

    def ask(self, order: str) -> None:
        """Ask as the skill does when it has understood a sentence."""
        slots = {"routine": "morning"} if order == "start" else {}
        answer = self.coach.ask_for(order, **slots)
        if answer != "taken":
            raise RuntimeError(f"{order}: {answer}")

    def sees(self, wanted: Wanted, since: float) -> float:
        """Ask again and again how far the coach is."""
        while not wanted(self.coach.status()["state"]):
            if time.monotonic() > since + PATIENCE_SECONDS:
                raise TimeoutError("not seen")
            time.sleep(0.02)
        return time.monotonic()


@contextmanager
def program(command: str, folder: Path, broker: int) -> Iterator[int]:
    """Run a command of the program until it has a page; give the page's port."""
    now, port = datetime.now(UTC).astimezone(), free_port()
    with Journal.open(folder / "data", now) as journal:
        for key, value in done_this_before(now).items():
            journal.remember(key, value, now)
    told = {"SERVE": "true", "PAGE_PORT": port, "MQTT_HOST": "127.0.0.1", "MQTT_PORT": broker}
    environment = os.environ | {f"VOICECOACH_{name}": str(value) for name, value in told.items()}
    line = [sys.executable, "-m", "voicecoach", command, "--data", str(folder / "data")]
    with (folder / f"{command}.log").open("wb") as log:
        process = subprocess.Popen(line, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_for_page(process, port, folder / f"{command}.log")
            yield port
        finally:
            process.terminate()
            process.wait()


def wait_for_page(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until the page answers."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    end = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < end:
        try:
            asked.request("GET", "/status")
            asked.getresponse().read()
        except OSError:
            asked.close()
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{process.args} has no page: {log.read_text()}")


def figures(rounds: int = ROUNDS, commands: tuple[str, ...] = COMMANDS) -> Iterator[Figure]:
    """Give the median and the most of each order by each hand, for each command."""
    for command in commands:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            stack.enter_context(borrowed_card(folder))
            broker = stack.enter_context(Mosquitto(folder)).start()
            port = stack.enter_context(program(command, folder, broker.port))
            mqtt = Broker(broker.port)
            stack.callback(mqtt.close)
            for hand in (mqtt, Viewer(port), Skill(port)):
                yield from taken(command, hand, mqtt, rounds)


def taken(command: str, hand: Hand, watch: Eyes, rounds: int) -> Iterator[Figure]:
    """Let one hand go through sessions; give how long it waited to see each order done.

    Where the sound card was lost, as on a machine that is too busy, a pause waits for it: such a round
    counts as one, and its times do not.
    """
    took: defaultdict[str, list[float]] = defaultdict(list)
    lost = 0
    for number in range(rounds):
        hand.sees(BETWEEN.__contains__, time.monotonic())
        began = time.monotonic()
        times = dict(session(hand, CALM_SECONDS + number / rounds))
        if any(state == "cannot_hear" for at, state in watch.seen if at > began):
            lost += 1
            continue
        for order, seconds in times.items():
            took[order].append(seconds)
    yield Figure(f"{command}: sessions in which the card was lost, left out", hand.name, lost, "", rounds)
    for order, seconds in took.items():
        for name, value in (("median", statistics.median(seconds)), ("most", max(seconds))):
            yield Figure(f"{command}: {order}, {name}", hand.name, 1000 * value, "ms", len(seconds))


def session(hand: Hand, calm_seconds: float) -> Iterator[tuple[str, float]]:
    """Let one hand start a session, pause it and stop it; give each order with how long it waited."""
    for order, comes in ORDERS:
        time.sleep(calm_seconds)
        began = time.monotonic()
        hand.ask(order)
        yield order, hand.sees(comes, began) - began
        if order == "start":
            yield "start until its session is there", hand.sees(BEGUN, began) - began


def main() -> None:
    parser = argparse.ArgumentParser("python -m bench.seen", description=__doc__)
    parser.add_argument("--command", choices=COMMANDS, help="one of them only")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    show(__doc__, figures(chosen.rounds, (chosen.command,) if chosen.command else COMMANDS), AIMS)


if __name__ == "__main__":
    main()
