"""The coach on a real broker, seen as Home Assistant sees it, and through everything a broker does."""

import gc
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.home.brokers import Hub, Mosquitto, certificates, peer, wait_until
from tests.home.rooms import House
from voicecoach.errors import HomeError
from voicecoach.home.mqtt.messages import Topics, device_message, read_order, state_of
from voicecoach.home.mqtt.peer import Broker, MqttPeer
from voicecoach.home.status import Status
from voicecoach.home.words import load_words
from voicecoach.session.states import State

TOPICS = Topics("voicecoach")
SECRET = "a good one"  # noqa: S105 - of a test


@pytest.fixture
def house():
    return House().begin().steps(1)


# ---- with a broker


def test_a_session_is_started_paused_and_stopped_over_the_broker(house, broker):
    with Hub(broker.port) as hub, peer(house.control, broker.port):
        assert hub.next(TOPICS.availability) == "online"
        assert hub.next(TOPICS.state)["state"] == "idle"
        hub.press("start morning")
        wait_until(lambda: house.steps(1).status.routine == "morning")
        for payload, state in (("pause", "paused"), ("stop", "closing")):
            hub.press(payload)
            wait_until(lambda: house.steps(1).status.state == state)  # noqa: B023 - used at once
            assert hub.next(TOPICS.state, state=state)["routine"] == "morning"


def test_a_hold_is_told_with_side_repetition_and_seconds(house, broker):
    with Hub(broker.port) as hub, peer(house.control, broker.port):
        house.control.submit("start", {"routine": "rotation"}, source="test")
        house.steps(1).until(State.HOLD)
        told = hub.next(TOPICS.state, state="hold")
        assert (told["exercise"], told["side"], told["repetition"], told["repetitions"]) == (
            "rotation",
            "left",
            1,
            2,
        )
        assert told["seconds_left"] == 10
        house.steps(40)
        assert hub.next(TOPICS.state, state="hold")["seconds_left"] == 9


def test_nothing_is_told_of_pain_unless_it_is_allowed(house, broker):
    with Hub(broker.port) as hub, peer(house.control, broker.port):
        hub.next(TOPICS.state)
        house.control.submit("start", {"routine": "stretch"}, source="test")
        house.steps(1).until(State.HOLD)
        for intent, slots in (("pain", {}), ("no", {}), ("number", {"score": 6})):
            house.control.submit(intent, slots, source="test")
            house.steps(1)
        hub.next(TOPICS.state, state="question")
        house.until(State.ENDED)
        assert hub.next(TOPICS.alarm)["event_type"] == "no_answer"
        hub.next(TOPICS.state, state="ended")
        said = [payload for topic, payload, _ in hub.all if topic.startswith("voicecoach")]
        assert not [payload for payload in said if b'"pain": 6' in payload or b"pain_" in payload]


def test_pain_is_told_where_it_is_allowed(house, broker):
    with Hub(broker.port) as hub, peer(house.control, broker.port, pain=True):
        hub.next(TOPICS.state)
        house.control.submit("start", {"routine": "rotation"}, source="test")
        house.steps(1).until(State.HOLD)
        house.control.submit("pain", source="test")
        house.steps(1)
        assert hub.next(TOPICS.alarm) == {"event_type": "pain"}


def test_home_assistant_is_told_the_device_again_when_it_comes_back(house, broker):
    with Hub(broker.port) as hub, peer(house.control, broker.port):
        first = hub.next(TOPICS.device)
        hub.publish("homeassistant/status", "offline")
        hub.publish("homeassistant/status", "online")
        assert hub.next(TOPICS.device) == first
        assert hub.next(TOPICS.availability) == "online"


def test_who_comes_later_finds_state_and_availability_but_no_old_alarm_or_device(house, broker):
    with peer(house.control, broker.port, pain=True):
        with Hub(broker.port) as first:
            first.next(TOPICS.state)
            house.control.submit("pain", source="test")
            house.steps(1)
            first.next(TOPICS.state, state="pain_leg")
            first.next(TOPICS.alarm)
        with Hub(broker.port) as late:
            assert late.next_kept(TOPICS.state)[1] is True
            topics = {topic for topic, _, _ in late.all}
            assert not topics & {TOPICS.alarm, TOPICS.device}


def test_at_the_end_it_says_that_it_is_gone_and_takes_its_state_back(house, broker):
    with peer(house.control, broker.port), Hub(broker.port) as hub:
        hub.next(TOPICS.state)
    with Hub(broker.port) as late:
        assert late.next_kept(TOPICS.availability) == ("offline", True)
        assert not [topic for topic, _, _ in late.all if topic == TOPICS.state]


# ---- what a broker does


def test_a_broker_that_is_started_late_is_found(house, tmp_path):
    with Mosquitto(tmp_path) as broker, peer(house.control, broker.port) as one:
        wait_until(lambda: one.told)
        house.steps(10)
        broker.start()
        with Hub(broker.port) as hub:
            assert hub.next(TOPICS.state)["state"] == "idle"
        assert one.told == [
            f"The broker 127.0.0.1:{broker.port} cannot be reached; it is tried again by itself."
        ]


def test_a_broker_killed_in_a_session_costs_no_chunk_and_is_found_again(house, broker):
    with peer(house.control, broker.port):
        with Hub(broker.port) as hub:
            hub.next(TOPICS.state)
        house.control.submit("start", {"routine": "rotation"}, source="test")
        house.steps(1).until(State.HOLD)
        broker.kill()
        began = house.coach.position
        house.steps(100)
        assert house.coach.position == began + 100 * 512
        broker.start()
        with Hub(broker.port) as hub:
            assert hub.next(TOPICS.state)["exercise"] == "rotation"
            hub.press("pause")
            wait_until(lambda: house.steps(1).status.state == "paused")


def test_a_wrong_password_is_told_once_and_hurts_nobody(house, tmp_path):
    with Mosquitto(tmp_path, password=SECRET) as broker:
        broker.start()
        with peer(house.control, broker.port, user="coach", password="wrong") as one:  # noqa: S106 - of a test
            wait_until(lambda: one.told)
            house.steps(50)
        assert len(one.told) == 1
        assert "Mend mqtt_user and mqtt_password" in one.told[0]


def test_the_right_password_is_let_in(house, tmp_path):
    with Mosquitto(tmp_path, password=SECRET) as broker:
        broker.start()
        with peer(house.control, broker.port, user="coach", password=SECRET) as one:
            wait_until(one._client.is_connected)
        assert one.told == []


@pytest.mark.filterwarnings("ignore:Exception ignored in. <ssl:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed <ssl:ResourceWarning")  # paho's, after a handshake that failed
def test_tls_is_spoken_with_a_broker_that_can_show_who_it_is(house, tmp_path):
    with certificates(tmp_path) as folder, Mosquitto(tmp_path, tls=folder) as broker:
        broker.start()
        with peer(house.control, broker.port, tls=True, authority=folder / "ca.pem") as one:
            wait_until(one._client.is_connected)
        with peer(house.control, broker.port, tls=True) as stranger:
            wait_until(lambda: stranger.told)
            assert not stranger._client.is_connected()
    gc.collect()


def test_a_certificate_that_is_none_is_told_before_the_session(house, tmp_path):
    (tmp_path / "ca.pem").write_text("nonsense", encoding="utf-8")
    at = Broker("127.0.0.1", tls=True, authority=tmp_path / "ca.pem")
    with pytest.raises(HomeError, match=r"ca.pem cannot be used"):
        MqttPeer(at, house.control, load_words("en"), print)


def test_a_retained_order_was_asked_before_we_came_and_does_nothing(house, broker):
    with Hub(broker.port) as hub:
        hub.press("start morning", retain=True)
        with peer(house.control, broker.port):
            hub.next(TOPICS.state)
            hub.press("help")
            wait_until(lambda: house.steps(1).record.of("heard"))
        assert [event["intent"] for event in house.record.of("heard")] == ["help"]


WRONG = [
    *(b"", b"\x00", b"\xff\xfe", b"start", b"start ../..", b"start morning now", b"stop" * 1000, b"STOP"),
    *(b"number", b"number x", b"number 11", b"number -1", b'{"intent": "stop"}', b"null", "정지".encode()),
    *(b"over", b"lost"),
]


@pytest.mark.parametrize("payload", WRONG)
def test_payloads_of_every_wrong_kind_do_nothing(house, payload):
    order = read_order(payload)
    assert order is None or house.control.submit(*order, source="mqtt") in ("unknown", "not_now")


@given(st.binary(max_size=200))
def test_no_payload_breaks_the_reader(payload):
    read_order(payload)


def test_a_flood_of_orders_is_cut_down_and_a_session_lives_on(house, broker):
    with Hub(broker.port) as hub, peer(house.control, broker.port):
        hub.next(TOPICS.state)
        for _ in range(500):
            hub.client.publish(TOPICS.order, "help", 0)
        hub.press("help")
        house.steps(200)
        assert 0 < len(house.record.of("heard")) < 40


# ---- the messages


def test_the_device_is_one_message_in_the_current_form():
    message = device_message(TOPICS, load_words("en"), pain=False)
    assert set(message) == {"device", "origin", "availability_topic", "qos", "components"}
    parts = message["components"]
    assert {part["platform"] for part in parts.values()} == {"sensor", "button", "event"}
    for name, part in parts.items():
        assert part["unique_id"] == name
        assert part["command_topic" if part["platform"] == "button" else "state_topic"].startswith(
            "voicecoach/"
        )
    presses = {part["payload_press"] for part in parts.values() if part["platform"] == "button"}
    assert {"start morning", "start evening", "pause", "stop", "next"} <= presses
    assert parts["voicecoach_alarm"]["event_types"] == ["no_answer", "cannot_hear"]
    assert "voicecoach_pain" not in parts
    assert "voicecoach_pain" in device_message(TOPICS, load_words("en"), pain=True)["components"]


def test_every_sensor_reads_something_that_the_state_tells():
    message = device_message(TOPICS, load_words("en"), pain=True)
    told = state_of(Status(), 0.0, datetime.now(UTC), load_words("en"))
    sensors = [part for part in message["components"].values() if part["platform"] == "sensor"]
    read = {part["value_template"].removeprefix("{{ value_json.").removesuffix(" }}") for part in sensors}
    assert read == set(told)
