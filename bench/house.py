"""How soon the page sees what the coach does, and what a crowd and a dying broker cost a session's counts.

    python -m bench.house

At life's own pace, with the coach, its echo removal and the page in one process as in `run --serve`, and
the viewers and the flood in another. The crowd is 200 viewers, ten of them too slow, and a flood of requests;
meanwhile the broker that the coach is on is killed and started again, over and over. The recogniser is left
out: it hears nothing here.
"""

import http.client
import json
import multiprocessing
import socket
import statistics
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from multiprocessing.synchronize import Event
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.figures import Figure
from bench.show import show
from tests.home.brokers import Mosquitto, peer
from tests.home.rooms import House, Pages
from voicecoach.coach import Coach
from voicecoach.rehearsal.pace import Paced
from voicecoach.session.states import State
from voicecoach.sound.audio import RATE_HZ, AudioChunk
from voicecoach.sound.own_voice import OwnVoice
from voicecoach.sound.room import SimulatedRoom

VIEWERS, SLOW, FLOODERS = 200, 10, 4
ROUNDS = 15
WHO = "voicecoach"
HOLD_SECONDS = 25
BROKER_SECONDS = 2.0
"""How long the broker lives, and how long it is gone."""


class Watched(Paced):
    """Notes how late each chunk is read: a sound card that holds 100 ms loses what is later."""

    def __init__(self, room: SimulatedRoom) -> None:
        super().__init__(room)
        self.late: list[float] = []
        self._began = self.clock() - room.position / RATE_HZ

    def read(self) -> AudioChunk | None:
        """Note how late this read comes, then read."""
        self.late.append(self.clock() - self._began - self.microphone.position / RATE_HZ)
        return super().read()


def figures() -> Iterator[Figure]:
    """Give how soon a change is seen, alone and in a crowd, and what the crowd costs the counts."""
    house = House().begin().steps(1)
    house.control.submit("start", {"routine": "abdominal_contraction"}, source="bench")
    house.steps(1).until(State.HOLD)
    coach, device = house.coach, Watched(house.coach.microphone)
    coach.microphone, coach.ears.own_voice = device, OwnVoice("auto")
    pages = Pages(house)
    pages.access.tarry_seconds = 1.0
    with TemporaryDirectory() as folder, pages.served() as server, Mosquitto(Path(folder)) as broker:
        threading.Thread(target=live, args=(coach,), daemon=True).start()
        yield from seen(house, server.port, "nobody else")
        over = multiprocessing.Event()
        crowd = multiprocessing.Process(target=pester, args=(server.port, over))
        crowd.start()
        dying = threading.Thread(target=die, args=(house, broker, over))
        dying.start()
        time.sleep(5)
        yield from seen(
            house, server.port, f"{VIEWERS} viewers, {SLOW} slow, {FLOODERS} flooding, a dying broker"
        )
        device.late.clear()
        if house.status.state == "paused":
            house.control.submit("resume", source="bench")
        began = house.control.board.now
        while house.control.board.now < began + HOLD_SECONDS and house.status.state != "ended":
            if house.status.state == "ready":
                house.control.submit("ready", source="bench")
            time.sleep(0.05)
        late = sorted(device.late)
        over.set()
        dying.join()
        crowd.join(10)
        crowd.kill()
    counts = [event["t"] for event in house.record.of("count") if event["t"] > began]
    steps = [b - a for a, b in pairwise(counts) if b - a < 1.5]
    furthest = max((abs(step - 1) for step in steps), default=0.0)
    yield Figure("counts in the crowd: furthest from 1 s apart", WHO, 1000 * furthest, "ms", len(counts))
    p99 = late[int(len(late) * 0.99)]
    yield Figure("chunks in the crowd: read late by, 99 % of them", WHO, 1000 * p99, "ms", len(late))
    yield Figure("chunks in the crowd: read late by, most", WHO, 1000 * late[-1], "ms", len(late))


def live(coach: Coach) -> None:
    while coach.session.state is not State.ENDED:
        coach.step()


def seen(house: House, port: int, among: str) -> Iterator[Figure]:
    """Press pause and go on by turns, and wait until a viewer sees it."""
    viewer = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    viewer.request("GET", "/events")
    lines = (line for line in viewer.getresponse() if line.startswith(b"data: "))
    took = []
    for number in range(ROUNDS):
        intent, wanted = ("resume", "not paused") if house.status.state == "paused" else ("pause", "paused")
        began = time.monotonic()
        house.control.submit(intent, source="bench")
        for line in lines:
            state = json.loads(line[6:])["state"]
            if (state == "paused") == (wanted == "paused"):
                break
        took.append(time.monotonic() - began)
        time.sleep(0.2 + number * 0.01)
    viewer.close()
    yield Figure(f"seen on the page, {among}: median", WHO, 1000 * statistics.median(took), "ms", len(took))
    yield Figure(f"seen on the page, {among}: most", WHO, 1000 * max(took), "ms", len(took))


def die(house: House, broker: Mosquitto, over: Event) -> None:
    """Kill the broker that the coach is on and start it again, as long as it lasts."""
    with peer(house.control, broker.port):
        while not over.is_set():
            broker.start()
            over.wait(BROKER_SECONDS)
            broker.kill()
            over.wait(BROKER_SECONDS)


def pester(port: int, over: Event) -> None:
    """Look on from many connections, some of which never read, and ask as fast as the page answers."""
    request = f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    viewers = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(VIEWERS + SLOW)]
    for viewer in viewers:
        viewer.sendall(request)
        viewer.setblocking(False)
    threads = [threading.Thread(target=flood, args=(port, over), daemon=True) for _ in range(FLOODERS)]
    for thread in threads:
        thread.start()
    while not over.wait(0.05):
        for viewer in viewers[SLOW:]:
            try:
                viewer.recv(65536)
            except BlockingIOError:
                continue


def flood(port: int, over: Event) -> None:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while not over.is_set():
        try:
            asked.request("GET", "/status")
            asked.getresponse().read()
        except (OSError, http.client.HTTPException):
            asked.close()


if __name__ == "__main__":
    show(__doc__, figures())
