"""What goes over the broker: topics, the device message of Home Assistant, states and orders; pure.

Why each quality of service and each retained flag is what it is stands with its topic.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, get_args

from voicecoach import __version__
from voicecoach.home.status import ALARMS, PAINFUL_ALARMS, Status, Voice
from voicecoach.home.words import Words

PREFIX = "homeassistant"
"""Where Home Assistant looks for devices, and tells that it is there itself."""
BIRTH = f"{PREFIX}/status"
ORDER_BYTES_AT_MOST = 64
AT_LEAST_ONCE, EXACTLY_ONCE = 1, 2

STARTS = ("morning", "evening")
BUTTONS = (*(f"start {routine}" for routine in STARTS), "pause", "resume", "stop", "next")
"""The payloads of the device's buttons."""

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one coach."""

    node: str
    """Its name among the others on the broker."""

    @property
    def device(self) -> str:
        """The device message.

        At least once, not retained: it is sent again whenever Home Assistant says that it is there, and
        nothing stays behind of a coach that is gone.
        """
        return f"{PREFIX}/device/{self.node}/config"

    @property
    def availability(self) -> str:
        """Whether the coach is there. Retained, since the last will must be found by whoever comes later."""
        return f"voicecoach/{self.node}/availability"

    @property
    def state(self) -> str:
        """What it does.

        Retained, since Home Assistant asks for it only after the device message; taken back at the end.
        """
        return f"voicecoach/{self.node}/state"

    @property
    def alarm(self) -> str:
        """What someone in the house should know. Never retained: an alarm is news once."""
        return f"voicecoach/{self.node}/alarm"

    @property
    def order(self) -> str:
        """What is asked for. Exactly once: a second "stop" would end what the first one paused."""
        return f"voicecoach/{self.node}/order"


def state_of(status: Status, now: float, moment: datetime, words: Words) -> Payload:
    """Put a status into the message on the state topic; `moment` is the wall time of `now`."""
    left = status.seconds_left(now)
    return {
        "state": status.state,
        "title": words.states.get(status.state, status.state),
        "routine": status.routine,
        "exercise": status.exercise,
        "side": status.side,
        "repetition": status.repetition,
        "repetitions": status.repetitions,
        "seconds_left": status.count_left(now),
        "ends": None if left is None else (moment + timedelta(seconds=left)).isoformat(timespec="seconds"),
        "voice": status.voice,
        "pain": status.pain,
    }


def read_order(payload: bytes) -> tuple[str, dict[str, str | int]] | None:
    """Read an order, such as `pause`, `start morning` or `number 6`; None where it is none."""
    if len(payload) > ORDER_BYTES_AT_MOST:
        return None
    try:
        words = payload.decode("ascii").split()
    except UnicodeDecodeError:
        return None
    match words:
        case ["start", routine]:
            return "start", {"routine": routine}
        case ["number", score] if score.isdecimal():
            return "number", {"score": int(score)}
        case [intent]:
            return intent, {}
    return None


def device_message(topics: Topics, words: Words, *, pain: bool) -> Payload:
    """Describe the whole device in one message, as Home Assistant's device discovery wants it."""
    parts = {**_sensors(topics, pain=pain), **_buttons(topics, words), "alarm": _alarm(topics, pain=pain)}
    named = {f"{topics.node}_{name}": part for name, part in parts.items()}
    known = {name: {"unique_id": name, **part} for name, part in named.items()}
    return {
        "device": {"identifiers": [topics.node], "name": "voicecoach", "sw_version": __version__},
        "origin": {"name": "voicecoach", "sw_version": __version__},
        "availability_topic": topics.availability,
        "qos": AT_LEAST_ONCE,
        "components": known,
    }


def _sensors(topics: Topics, *, pain: bool) -> dict[str, Payload]:
    shown = {**SENSORS, **(PAIN_SENSOR if pain else {})}
    return {name: {**_sensor(topics, name), **more} for name, more in shown.items()}


def _sensor(topics: Topics, name: str) -> Payload:
    return {
        "platform": "sensor",
        "name": name.replace("_", " ").capitalize(),
        "state_topic": topics.state,
        "value_template": f"{{{{ value_json.{name} }}}}",
    }


SENSORS: Mapping[str, Payload] = {
    "state": {"icon": "mdi:human"},
    "title": {"entity_registry_enabled_default": False},
    "routine": {"icon": "mdi:format-list-checks"},
    "exercise": {"icon": "mdi:yoga"},
    "side": {"device_class": "enum", "options": ["left", "right"]},
    "repetition": {"icon": "mdi:counter"},
    "repetitions": {"icon": "mdi:counter"},
    "seconds_left": {"device_class": "duration", "unit_of_measurement": "s"},
    "ends": {"device_class": "timestamp"},
    "voice": {"device_class": "enum", "options": list(get_args(Voice))},
}
"""What each sensor has beside what all have. A value of null is told as unknown."""
PAIN_SENSOR: Mapping[str, Payload] = {"pain": {"icon": "mdi:speedometer"}}


def _buttons(topics: Topics, words: Words) -> dict[str, Payload]:
    return {
        payload.replace(" ", "_"): {
            "platform": "button",
            "name": payload.capitalize() if " " in payload else words.orders[payload],
            "command_topic": topics.order,
            "payload_press": payload,
            "qos": EXACTLY_ONCE,
        }
        for payload in BUTTONS
    }


def _alarm(topics: Topics, *, pain: bool) -> Payload:
    hidden = () if pain else PAINFUL_ALARMS
    kinds = [kind for kind in dict.fromkeys(ALARMS.values()) if kind not in hidden]
    return {"platform": "event", "name": "Alarm", "state_topic": topics.alarm, "event_types": kinds}


def alarm_of(kind: str) -> Payload:
    """Put an alarm into the message on its topic."""
    return {"event_type": kind}


def as_bytes(payload: Payload) -> bytes:
    """Give a message's bytes."""
    return json.dumps(payload, ensure_ascii=False).encode()
