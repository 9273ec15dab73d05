"""What others ask and learn: through one door, and never at the expense of the loop."""

import sys
import threading
from itertools import pairwise

import pytest

from tests.home.rooms import House
from voicecoach.home.control import WAITING_AT_MOST, Control
from voicecoach.home.status import ALARMS, PAINFUL, Status
from voicecoach.session.states import State


def asked(house: House, intent: str, **slots: object) -> str:
    return house.control.submit(intent, slots, source="test")


def test_a_session_is_started_paused_resumed_and_stopped_from_outside():
    house = House().begin().steps(1)
    assert house.status.state == "idle"
    assert asked(house, "start", routine="morning") == "taken"
    house.steps(1).until(State.HOLD)
    assert asked(house, "pause") == "taken"
    house.steps(1)
    assert house.status.state == "paused"
    assert asked(house, "resume") == "taken"
    house.steps(1)
    assert house.status.state == "lead_in"
    assert asked(house, "stop") == "taken"
    house.steps(1)
    assert asked(house, "stop") == "taken"
    house.steps(1).until(State.ENDED)
    assert [event["text"] for event in house.record.of("heard")][-1] == "(test)"


def test_a_start_is_told_before_its_session_is_there_and_a_stop_waits_for_it():
    house = House()
    house.control.board.starting("rotation")
    assert (house.status.state, house.status.routine) == ("starting", "rotation")
    assert asked(house, "start", routine="rotation") == "not_now"
    assert asked(house, "stop") == "taken"
    coach = house.enter()
    assert house.status.state == "starting"
    coach._carry_out(coach.session.start("rotation", 0.0), 0)
    assert house.status.state == "pain_now"
    house.steps(1)
    assert house.status.state == "paused"


def test_the_status_tells_exercise_repetition_side_and_seconds():
    house = House().begin()
    asked(house, "start", routine="rotation")
    house.steps(1).until(State.HOLD)
    status, now = house.status, house.control.board.now
    assert (status.routine, status.exercise, status.state) == ("rotation", "rotation", "hold")
    assert (status.side, status.repetition, status.repetitions) == ("left", 1, 2)
    assert status.seconds_left(now) == pytest.approx(10, abs=0.04)
    house.steps(100)
    assert house.status.seconds_left(house.control.board.now) == pytest.approx(10 - 3.2, abs=0.04)


def test_the_status_counts_what_was_done_on_each_side():
    house = House().begin()
    asked(house, "start", routine="rotation")
    house.steps(1).until(State.CHANGE_SIDE)
    assert [(t.exercise, t.side, t.done, t.asked) for t in house.status.tallies] == [
        ("rotation", "left", 1, 2),
        ("rotation", "right", 0, 2),
    ]


def test_it_tells_whether_the_coach_speaks_or_listens():
    house = House().begin()
    assert house.status.voice == "speaking"
    house.until(State.IDLE).steps(700)
    assert house.status.voice == "listening"
    house.control.board.clear()
    assert house.status == Status()
    assert house.status.voice == "muted"


def test_pain_is_told_and_a_discreet_status_says_nothing_of_it():
    house = House().begin()
    asked(house, "start", routine="rotation")
    house.steps(1).until(State.HOLD)
    asked(house, "pain")
    house.steps(1)
    assert (house.status.state, house.status.alarm, house.status.alarms) == ("pain_leg", "pain", 1)
    asked(house, "no")
    house.steps(1)
    assert asked(house, "number", score=11) == "unknown"
    asked(house, "number", score=6)
    house.steps(1)
    assert house.status.pain == 6
    discreet = house.status.discreet()
    assert (discreet.pain, discreet.alarm) == (None, None)
    assert not any("pain" in str(value) for value in (discreet.state, discreet.alarm))


def test_every_state_that_tells_of_pain_has_another_name_for_others():
    told = {s.value for s in State if s.value.startswith(("pain", "leg"))}
    told |= {"profile", "ask_first", "confirm_cleared", "flags", "last_time", "alarm", "safe_end", "stuck"}
    assert set(PAINFUL) == told
    assert {word for kind, word in ALARMS if kind == "state"} <= {"pain", "numb", "safe_end"}


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("start", {}),
        ("start", {"routine": "../../etc/passwd"}),
        ("start", {"routine": "morning", "more": 1}),
        ("number", {"score": "6"}),
        ("number", {"score": True}),
        ("number", {}),
        ("pause", {"routine": "morning"}),
        ("lost", {}),
        ("over", {}),
        ("", {}),
    ],
)
def test_what_no_grammar_knows_is_refused(intent, slots):
    assert House().control.submit(intent, slots, source="test") == "unknown"


def test_what_means_nothing_now_is_refused_at_the_door():
    house = House().begin()
    assert asked(house, "resume") == "not_now"
    assert Control(("morning",)).submit("pause", source="test") == "not_now"


def test_what_meant_something_when_it_was_asked_and_nothing_any_more_does_nothing():
    house = House().begin()
    asked(house, "start", routine="rotation")
    asked(house, "start", routine="rotation")
    house.steps(5)
    assert len(house.record.of("heard")) == 1
    assert not [event for event in house.record.of("cue") if event["name"] == "not_understood"]


def test_the_row_is_short_and_a_stop_never_waits_in_it():
    house = House().begin()
    answers = [asked(house, "help") for _ in range(WAITING_AT_MOST + 1)]
    assert answers == ["taken"] * WAITING_AT_MOST + ["full"]
    assert asked(house, "stop") == "taken"
    house.steps(2)
    assert [event["intent"] for event in house.record.of("heard")] == ["stop"]


def test_a_start_is_waited_for_between_sessions():
    control = Control(("morning",))
    assert control.wait_for_start(0.0) is None
    control.submit("start", {"routine": "morning"}, source="test")
    assert control.wait_for_start(5.0) == "morning"


def test_a_flood_and_slow_readers_shift_no_count_by_a_sample():
    quiet, loud = counts(flooded=False), counts(flooded=True)
    assert loud == quiet
    assert len(loud) > 15
    assert any(b - a == pytest.approx(1.0, abs=1e-6) for a, b in pairwise(loud))


def counts(*, flooded: bool) -> list[float]:
    """Live through an exercise while threads ask for nonsense and read as fast as they can."""
    house, over = House().begin(), threading.Event()

    def pester():
        while not over.is_set():
            for intent in ("next", "nonsense", "start"):
                if intent not in house.status.live:
                    house.control.submit(intent, {"routine": "x"}, source="flood")
            assert house.status.discreet().pain is None

    threads = [threading.Thread(target=pester) for _ in range(4 if flooded else 0)]
    pace = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    try:
        for thread in threads:
            thread.start()
        asked(house, "start", routine="abdominal_contraction")
        house.steps(1).until(State.REST).until(State.CHANGE_SIDE, State.ANNOUNCE, State.CLOSING)
    finally:
        over.set()
        for thread in threads:
            thread.join()
        sys.setswitchinterval(pace)
    return [event["t"] for event in house.record.of("count")]
