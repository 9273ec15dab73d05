"""The connection to a broker: in threads of its own, alive or not, and never in the way of a session.

A broker that is not there is asked again, at longer and longer intervals; what happened meanwhile is
not sent later, only what is true then.
"""

import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

from voicecoach.errors import HomeError
from voicecoach.home import wall
from voicecoach.home.allowance import Allowance
from voicecoach.home.control import Control
from voicecoach.home.mqtt.messages import (
    AT_LEAST_ONCE,
    BIRTH,
    EXACTLY_ONCE,
    Topics,
    alarm_of,
    as_bytes,
    device_message,
    read_order,
    state_of,
)
from voicecoach.home.status import Status
from voicecoach.home.words import Words

LOOK_SECONDS = 0.05
"""Between two looks at the board."""
KEEP_ALIVE_SECONDS = 30
WAITING_AT_MOST = 20
"""Messages that wait for the broker's receipt; more are not taken on."""
END_SECONDS = 2.0
ORDERS_A_SECOND = 5.0


@dataclass(frozen=True, slots=True)
class Broker:
    """Where the broker is, and who we are there."""

    host: str
    port: int = 1883
    user: str | None = None
    password: str | None = None
    tls: bool = False
    authority: Path | None = None
    """The certificate of who vouches for the broker; None takes the system's."""
    node: str = "voicecoach"
    """Our name there."""
    pain: bool = False
    """Whether pain is told."""
    back_off_seconds: tuple[int, int] = (1, 60)
    """How long to wait before asking a broker again that is not there: at first, and at most."""


class MqttPeer:
    """The coach on a broker, from `with` to its end."""

    def __init__(self, broker: Broker, control: Control, words: Words, tell: Callable[[str], None]) -> None:
        """Prepare; `tell` is told in a sentence what the person can mend. Raises HomeError."""
        self._broker, self._control, self._words, self._tell = broker, control, words, tell
        self._topics = Topics(broker.node)
        self._allowance = Allowance(rate=ORDERS_A_SECOND, burst=10.0, clock=time.monotonic)
        self._over = threading.Event()
        self._renew = threading.Event()
        self._told: set[str] = set()
        self._client = self._prepare()
        self._thread = threading.Thread(target=self._look, name="mqtt board", daemon=True)

    def _prepare(self) -> Client:
        broker = self._broker
        client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv311)
        client.username_pw_set(broker.user, broker.password)
        client.will_set(self._topics.availability, "offline", AT_LEAST_ONCE, retain=True)
        client.max_queued_messages_set(WAITING_AT_MOST)
        client.reconnect_delay_set(*broker.back_off_seconds)
        client.on_connect, client.on_message = self._on_connect, self._on_message
        client.on_connect_fail = self._on_connect_fail
        if broker.tls:
            try:
                client.tls_set(
                    str(broker.authority) if broker.authority else None, tls_version=ssl.PROTOCOL_TLS_CLIENT
                )
            except (OSError, ssl.SSLError) as error:
                raise HomeError(f"The certificate {broker.authority} cannot be used: {error}.") from error
        return client

    def __enter__(self) -> Self:
        self._client.connect_async(self._broker.host, self._broker.port, KEEP_ALIVE_SECONDS)
        self._client.loop_start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._renew.set()
        self._thread.join(END_SECONDS)
        if self._client.is_connected():
            self._publish(self._topics.state, b"", retain=True)
            last = self._client.publish(self._topics.availability, "offline", AT_LEAST_ONCE, retain=True)
            last.wait_for_publish(END_SECONDS)
        self._client.disconnect()
        self._client.loop_stop()

    # ---- what the broker tells, in paho's thread

    def _on_connect(self, client: Client, _data: Any, _flags: Any, reason: Any, _properties: Any) -> None:
        if reason.is_failure:
            self._tell_once(
                f"The broker {self._broker.host} refused: {reason}. Mend mqtt_user and mqtt_password."
            )
            return
        self._told.clear()
        client.subscribe([(self._topics.order, EXACTLY_ONCE), (BIRTH, AT_LEAST_ONCE)])
        self._renew.set()

    def _on_connect_fail(self, _client: Client, _data: Any) -> None:
        host = f"{self._broker.host}:{self._broker.port}"
        self._tell_once(f"The broker {host} cannot be reached; it is tried again by itself.")

    def _tell_once(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._tell(sentence)

    def _on_message(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        if message.topic == BIRTH:
            if message.payload == b"online":
                self._renew.set()
            return
        if message.retain or not self._allowance.take("mqtt"):
            return  # what was asked before we came is not asked now
        order = read_order(bytes(message.payload))
        if order is not None:
            self._control.submit(*order, source="mqtt")

    # ---- what we tell, in a thread of our own

    def _look(self) -> None:
        shown: tuple[Status, int | None] | None = None
        alarms = self._status().alarms
        while not self._over.is_set():
            if self._renew.is_set() and self._client.is_connected():
                self._renew.clear()
                self._introduce()
                shown = None
            status, now = self._status(), self._control.board.now
            if (status, status.count_left(now)) != shown and self._client.is_connected():
                shown = status, status.count_left(now)
                moment = wall.now()
                self._publish(
                    self._topics.state, as_bytes(state_of(status, now, moment, self._words)), retain=True
                )
            if status.alarm and status.alarms > alarms:
                self._publish(self._topics.alarm, as_bytes(alarm_of(status.alarm)))
            alarms = status.alarms
            self._over.wait(LOOK_SECONDS)

    def _status(self) -> Status:
        status = self._control.board.status
        return status if self._broker.pain else status.discreet()

    def _introduce(self) -> None:
        self._publish(
            self._topics.device, as_bytes(device_message(self._topics, self._words, pain=self._broker.pain))
        )
        self._publish(self._topics.availability, b"online", retain=True)

    def _publish(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        if self._client.is_connected():
            self._client.publish(topic, payload, AT_LEAST_ONCE, retain=retain)
