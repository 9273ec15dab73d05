"""A day in the life of the speaker in the corner, from boot to sleep, in one piece."""

import sys
from threading import Timer

import pytest

from tests.commands.test_alarm import wait_for_bells
from tests.home.day import SCHEDULE, Day, Person, VirtualHousehold, live, when
from voicecoach.commands.beside import Beside
from voicecoach.commands.standby import outcomes_of
from voicecoach.home.control import Control
from voicecoach.home.corner import Corner
from voicecoach.home.schedule import Outcome
from voicecoach.journal.history import sessions
from voicecoach.journal.journal import Journal
from voicecoach.settings import Settings


@pytest.fixture(scope="module")
def a_day(tmp_path_factory):
    day = Day(when("07:00"), when("22:30"))
    day.at("20:20", "coach start evening routine")
    day.at("21:45", "coach go to sleep")
    answers = {
        ("home.answers", 1): lambda: day.says("in ten minutes"),
        ("home.answers_last", 1): lambda: day.says("yes please"),
        ("rep.progress", 2): lambda: day.unplug(30),
        ("device.hear_again", 0): lambda: day.says("go on", 2),
        ("home.answers", 2): lambda: day.says("not now"),
    }
    folder = tmp_path_factory.mktemp("day")
    person, _ = live(folder, day, answers)
    with Journal.look(folder / "data") as journal:
        done = sessions(journal)
        outcomes = outcomes_of(journal, when("12:00").date())
    return person, done, outcomes, day


def test_it_says_at_boot_that_it_is_there(a_day):
    person, *_ = a_day
    assert person.said("home.hello") == ["07:00"]


def test_it_reminds_in_the_morning_and_again_when_it_was_asked_to(a_day):
    person, *_ = a_day
    assert person.said("home.remind_morning") == ["07:30", "07:40"]
    assert person.said("home.later") == ["07:30"]


def test_the_morning_begins_by_a_yes_and_is_done_though_the_device_was_lost(a_day):
    person, done, outcomes, _ = a_day
    (began, _), *_ = person.of("session", action="start", routine="morning")
    assert began == "07:40"
    assert [e["action"] for _, e in person.of("microphone")] == ["lost", "restored"]
    assert person.of("session", action="done", routine="morning")
    assert (done[0].routine, done[0].ended) == ("morning", "done")
    assert outcomes["morning"] is Outcome.DONE


def test_every_repetition_of_the_morning_was_done_in_spite_of_it(a_day):
    person, *_ = a_day
    spans = [event for _, event in person.of("hold", completed=True, exercise="rotation")]
    turns = [span["side"] for span in spans]
    assert turns == ["right", "left"] * (len(turns) // 2)  # on this day the right comes first


def test_the_evening_knows_the_morning_and_takes_not_now_for_an_answer(a_day):
    person, *_ = a_day
    assert person.said("home.remind_evening")[0] == "20:00"
    assert person.said("home.morning_done")[0] == "20:00"
    assert person.said("home.not_now") == ["20:00"]


def test_the_evening_is_started_by_voice_and_then_nobody_is_reminded_of_it(a_day):
    person, done, *_ = a_day
    assert person.of("session", action="start", routine="evening")[0][0] == "20:20"
    assert (done[-1].routine, done[-1].ended) == ("evening", "done")
    assert person.said("home.remind_evening") == ["20:00"]


def test_it_goes_to_sleep_when_it_is_told_to(a_day):
    person, _, _, day = a_day
    assert person.said("home.asleep") == ["21:45"]
    assert [event["to"] for _, event in person.of("standby")][-1] == "asleep"
    assert day.closed == 1


def test_the_wall_time_of_a_session_is_right_though_the_sample_clock_is_old(a_day):
    _, done, *_ = a_day
    assert f"{done[0].started:%H:%M}" == "07:40"
    assert f"{done[-1].started:%H:%M}" == "20:20"


def test_the_users_own_command_is_run_at_an_alarm(tmp_path):
    day = Day(when("10:00"), when("10:20"))
    day.at("10:01", "coach start stretch")
    rung = tmp_path / "rung"
    code = f"import os; open({str(rung)!r}, 'w').write(os.environ['VOICECOACH_ALARM'])"
    answers = {("rep.progress", 1): lambda: day.says("i have trouble with my bladder")}
    person, _ = live(tmp_path, day, answers, on_alarm=(sys.executable, "-c", code))
    assert [event["reason"] for _, event in person.of("alarm")] == ["red_flag"]
    wait_for_bells()
    assert rung.read_text() == "red_flag"


def test_muted_nothing_is_heard_until_the_button_is_pressed(tmp_path):
    day = Day(when("10:00"), when("10:10"))
    day.at("10:01", "coach mute yourself")
    day.at("10:02", "coach start stretch")
    answers = {
        ("home.mute_question", 1): lambda: day.says("yes"),
    }

    class Muted(VirtualHousehold):
        def wait_while_muted(self):
            assert self.day.closed == 1
            Timer(0.2, self.button.pressed, ["press"]).start()
            assert VirtualHousehold.wait_while_muted(self)
            assert (control.board.status.state, control.board.status.live) == ("muted", frozenset())
            return False

    control = Control(["stretch"])
    person = Person(day, answers)
    settings = Settings(data=tmp_path / "data", cache=tmp_path / "cache")
    with Journal.open(settings.data, day.now()) as journal:
        staff = Muted(settings, SCHEDULE, journal, Beside(control), day.now, day.now)
        staff.day, staff.screen = day, person
        Corner(staff).run()
    assert person.said("home.muted") == ["10:01"]
    assert person.of("session") == []


def test_a_session_is_started_from_elsewhere_and_stand_by_is_seen_there(tmp_path):
    day, control, seen = Day(when("10:00"), when("10:10")), Control(["stretch"]), []

    day.at("10:09", "coach go to sleep")

    def look(order=None):
        status = control.board.status
        answer = order and control.submit(order, {"routine": "stretch"}, source="page")
        seen.append((status.state, status.voice, answer))

    answers = {
        ("home.hello", 1): lambda: look("start"),
        ("session.rules_brief", 1): look,
        ("home.asleep", 1): lambda: look("start"),
        ("rep.progress", 1): lambda: day.says("finish"),
    }
    person, _ = live(tmp_path, day, answers, control)
    assert seen == [
        ("waiting", "listening", "taken"),
        ("greeting", "speaking", None),
        ("asleep", "asleep", "not_now"),
    ]
    assert [event["text"] for _, event in person.of("heard", intent="start")] == ["(page)"]
    assert len(person.of("session", action="start", routine="stretch")) == 1
