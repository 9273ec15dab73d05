"""Stand-by on a real broker: what Home Assistant's buttons do there, and what it sees of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.home.brokers import Hub, peer, wait_until
from tests.home.day import Day, PacedHousehold, VirtualHousehold, live, standing_by, when
from voicecoach.home.control import Control
from voicecoach.home.mqtt.messages import BIRTH, Topics

TOPICS = Topics("voicecoach")


@pytest.fixture
def control():
    return Control(("morning", "evening", "stretch"))


class Buttons:
    """The device as Home Assistant was told it: a press goes to where the device message says."""

    def __init__(self, hub: Hub):
        self.hub = hub
        parts = self.introduced()["components"].values()
        self.parts = {part["name"]: part for part in parts if part["platform"] == "button"}

    def press(self, name: str) -> None:
        part = self.parts[name]
        sent = self.hub.client.publish(part["command_topic"], part["payload_press"], part["qos"])
        sent.wait_for_publish(15)

    def introduced(self) -> dict:
        """Say that Home Assistant is there, and give the device message that comes of it.

        The coach reads one thing after another: all that was pressed before has been read by then.
        """
        self.hub.publish(BIRTH, "online")
        return self.hub.next(TOPICS.device)


def was_told(hub: Hub, state: str) -> bool:
    return any(f'"state": "{state}"'.encode() in said for topic, said, _ in hub.all if topic == TOPICS.state)


def test_a_session_is_started_from_stand_by_paused_and_stopped_and_it_waits_again(tmp_path, control, broker):
    class Slow(PacedHousehold):
        """Its listener takes as long to load as it takes to see that it does."""

        def session_ears(self):
            wait_until(lambda: was_told(hub, "starting"))
            return super().session_ears()

    with Hub(broker.port) as hub, peer(control, broker.port), standing_by(tmp_path, control, household=Slow):
        buttons = Buttons(hub)
        hub.next(TOPICS.state, state="waiting")
        buttons.press("Start morning")
        assert hub.next(TOPICS.state, state="starting")["routine"] == "morning"
        hub.next(TOPICS.state, state="question")
        buttons.press("Pause")
        assert hub.next(TOPICS.state, state="paused")["routine"] == "morning"
        buttons.press("Go on")
        hub.next(TOPICS.state, state="question")
        buttons.press("Stop")
        hub.next(TOPICS.state, state="paused")
        buttons.press("Stop")
        hub.next(TOPICS.state, state="closing")
        assert hub.next(TOPICS.state, state="waiting")["routine"] is None


def test_muted_no_button_of_the_broker_starts_a_session_and_none_is_kept_for_later(tmp_path, control, broker):
    def press_all_the_same(unmute) -> None:
        hub.next(TOPICS.state, state="muted")
        buttons.press("Start evening")
        buttons.introduced()
        unmute("press")

    class Muted(VirtualHousehold):
        def wait_while_muted(self):
            with ThreadPoolExecutor(1) as elsewhere:
                pressing = elsewhere.submit(press_all_the_same, self.button.pressed)
                assert VirtualHousehold.wait_while_muted(self)
                pressing.result()
            return True

    day = Day(when("10:00"), when("10:05"))
    day.at("10:01", "coach mute yourself")
    sure = {("home.mute_question", 1): lambda: day.says("yes")}
    with Hub(broker.port) as hub, peer(control, broker.port):
        buttons = Buttons(hub)
        person, _ = live(tmp_path, day, sure, control, Muted)
        hub.next(TOPICS.state, state="waiting")
    assert day.closed == 2
    assert person.said("home.hello") == ["10:00", "10:01"]
    assert person.of("session") == []


def test_a_broker_that_dies_in_a_session_started_from_it_leaves_the_session_alone(tmp_path, control, broker):
    with peer(control, broker.port), standing_by(tmp_path, control) as day:
        with Hub(broker.port) as hub:
            Buttons(hub).press("Start morning")
            hub.next(TOPICS.state, state="question")
        broker.kill()
        began = day.position
        wait_until(lambda: day.position > began + 20 * 512)
        assert control.board.status.routine == "morning"
        broker.start()
        with Hub(broker.port) as hub:
            Buttons(hub).press("Stop")
            hub.next(TOPICS.state, state="paused")
