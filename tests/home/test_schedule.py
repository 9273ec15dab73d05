"""The schedule at each of its boundaries, on a clock that is only a number."""

from datetime import UTC, datetime, time, timedelta
from time import tzset
from zoneinfo import ZoneInfo

import pytest

from voicecoach.commands.standby import schedule_of
from voicecoach.home.schedule import LATE, Answer, Memory, Outcome, Schedule, Slot
from voicecoach.settings import load_settings

BERLIN = ZoneInfo("Europe/Berlin")
MORNING, EVENING = Slot("morning", time(7, 30)), Slot("evening", time(20))
SCHEDULE = Schedule((MORNING, EVENING), BERLIN, time(22), time(6))


def at(text: str) -> datetime:
    """A wall time in Berlin, on a day without a change of clocks unless a day is named."""
    return datetime.fromisoformat(text if "T" in text else f"2026-11-24T{text}").replace(tzinfo=BERLIN)


def due(now: datetime, memory: Memory | None = None, schedule: Schedule = SCHEDULE, **today: Outcome):
    return schedule.due(now, (memory or Memory()).told, today)


def reminded(*moments: str) -> Memory:
    memory = Memory()
    for moment in moments:
        reminder = due(at(moment), memory)
        assert reminder is not None, moment
        memory = memory.reminded(reminder, at(moment))
    return memory


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("07:29:59", None),
        ("07:30", "morning"),
        ("09:29:59", "morning"),
        ("09:30", None),
        ("19:59:59", None),
        ("20:00", "evening"),
        ("21:59:59", "evening"),
        ("22:00", None),
    ],
)
def test_a_reminder_comes_at_its_time_and_for_two_hours(now, slot):
    found = due(at(now))
    assert (found.slot if found else None) == slot


def test_a_late_boot_still_reminds_and_a_very_late_one_does_not():
    assert due(at("09:00")) is not None
    assert due(at("11:00")) is None


def test_nobody_is_reminded_at_night():
    early = Schedule((Slot("morning", time(5, 30)),), BERLIN, time(22), time(6))
    assert due(at("05:30"), schedule=early) is None
    assert due(at("06:00"), schedule=early) is not None


def test_without_a_night_every_time_will_do():
    late = Schedule((Slot("evening", time(23, 30)),), BERLIN, time(0), time(0))
    assert due(at("23:30"), schedule=late) is not None


def test_at_most_two_reminders_half_an_hour_apart():
    memory = reminded("07:30")
    assert due(at("07:59:59"), memory) is None
    assert due(at("08:00"), memory).last
    memory = reminded("07:30", "08:00")
    assert not any(due(at("08:00") + timedelta(minutes=n), memory) for n in range(120))


def test_not_now_leaves_an_hour():
    reminder, now = due(at("07:30")), at("07:30")
    memory = Memory().reminded(reminder, now).answered(reminder, Answer.NOT_NOW, now)
    assert due(at("08:29:59"), memory) is None
    assert due(at("08:30"), memory) is not None


def test_in_ten_minutes_comes_in_ten_minutes_however_often_it_is_asked_for():
    memory, now = Memory(), at("07:30")
    for _ in range(5):
        reminder = due(now, memory)
        memory = memory.reminded(reminder, now).answered(reminder, Answer.LATER, now, 10)
        assert due(now + timedelta(minutes=9, seconds=59), memory) is None
        now += timedelta(minutes=10)
        assert due(now, memory) is not None


def test_what_was_asked_for_late_comes_though_the_time_is_over():
    now = at("09:25")
    reminder = due(now)
    memory = Memory().reminded(reminder, now).answered(reminder, Answer.LATER, now, 10)
    assert due(at("09:35"), memory) is not None
    assert due(at("23:00"), memory) is None


def test_not_today_is_for_the_whole_day_and_for_no_other():
    reminder = due(at("07:30"))
    memory = Memory().reminded(reminder, at("07:30")).answered(reminder, Answer.NOT_TODAY, at("07:30"))
    assert due(at("08:30"), memory) is None
    assert due(at("20:00"), memory) is None
    assert due(at("2026-11-25T07:30"), memory) is not None


def test_what_was_done_is_not_reminded_of():
    assert due(at("07:30"), morning=Outcome.DONE) is None
    assert due(at("07:30"), morning=Outcome.STOPPED) is None


def test_the_evening_knows_what_the_morning_did():
    assert due(at("20:00"), morning=Outcome.STOPPED).morning is Outcome.STOPPED
    assert due(at("20:00")).morning is None


def test_after_pain_into_a_leg_nothing_more_is_asked_for_that_day():
    assert due(at("20:00"), morning=Outcome.PAIN) is None


def test_days_that_were_missed_leave_nothing_behind():
    memory = reminded("07:30", "08:00")
    reminder = due(at("2026-12-03T07:30"), memory)
    assert reminder.occasion == "2026-12-03/morning"
    assert not reminder.last


def test_a_time_that_the_spring_leaves_out_comes_as_much_later_and_once():
    night = Schedule((Slot("morning", time(2, 30)),), BERLIN, time(0), time(0))
    utc = night.moment(night.slots[0], datetime(2026, 3, 29, tzinfo=BERLIN).date())
    assert utc.astimezone(BERLIN).time() == time(3, 30)
    assert due(utc - timedelta(seconds=1), schedule=night) is None
    assert due(utc, schedule=night) is not None


def test_a_time_that_the_autumn_has_twice_comes_the_first_time_and_counts_once():
    night = Schedule((Slot("morning", time(2, 30)),), BERLIN, time(0), time(0))
    first = night.moment(night.slots[0], datetime(2026, 10, 25, tzinfo=BERLIN).date())
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    memory = Memory()
    for minutes in (0, 30):
        reminder = due(first + timedelta(minutes=minutes), memory, night)
        memory = memory.reminded(reminder, first + timedelta(minutes=minutes))
    assert due(first + timedelta(hours=1, minutes=10), memory, night) is None  # 02:40 for the second time


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_the_wall_clock_counts_across_a_change_of_clocks(day):
    assert due(at(f"{day}T07:29:59")) is None
    assert due(at(f"{day}T07:30")) is not None


def test_stand_by_follows_the_machines_clock_across_a_change(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    tzset()
    try:
        schedule = schedule_of(load_settings(morning=time(7, 30)))
        for day in ("2026-03-28", "2026-03-29", "2026-07-01", "2026-10-25"):
            assert due(at(f"{day}T07:29:59"), schedule=schedule) is None
            assert due(at(f"{day}T07:30"), schedule=schedule) is not None
    finally:
        monkeypatch.undo()
        tzset()


def test_a_clock_that_is_set_forward_reminds_of_what_is_still_due():
    assert due(at("03:00")) is None
    assert due(at("08:15")) is not None  # the same moment, after NTP


def test_a_clock_that_is_set_back_does_not_remind_anew():
    memory = reminded("07:30", "08:00")
    assert due(at("07:35"), memory) is None


def test_a_clock_that_is_set_back_does_not_make_ten_minutes_long():
    reminder, now = due(at("08:30")), at("08:30")
    memory = Memory().reminded(reminder, now).answered(reminder, Answer.LATER, now, 10)
    assert due(at("07:30"), memory) is not None


def test_what_was_told_outlives_a_restart():
    memory = reminded("07:30")
    again = Memory.of(memory.plain())
    assert again == memory
    assert due(at("07:45"), again) is None


def test_old_occasions_are_forgotten():
    memory = Memory()
    for day in range(1, 29):
        now = at(f"2026-11-{day:02}T07:30")
        memory = memory.reminded(due(now, memory), now)
    assert len(memory.told) <= 6
    assert timedelta(hours=1) < LATE
