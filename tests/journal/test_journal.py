"""What is written into a journal is there again, in order and unchanged."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.journal.stories import MORNING, NOW, exercise, hold, session_event, whole_session, write_all
from voicecoach.errors import JournalError
from voicecoach.journal.events import parse_event
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed, Unfinished
from voicecoach.journal.rows import events_query


def test_events_come_back_in_their_order_as_they_were(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, whole_session())
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.events(session) == [parse_event(event) for event in whole_session()]
        assert [event.kind for event in journal.events(session, "pain")] == ["pain", "pain"]
        assert [event.kind for event in journal.events(session, "count", "pain")].count("count") == 5
        record = journal.session(session)
    assert record.started == MORNING
    assert record.started.utcoffset() == timedelta(hours=9)
    assert (record.ended, record.ended_at) == ("done", MORNING + timedelta(seconds=240))


def test_wall_time_is_the_start_plus_the_sample_clock(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(
            journal, MORNING, [session_event(0, "start"), exercise(12.345678, "rotation", "start")]
        )
        assert journal.last_moment(journal.session(session)) == MORNING + timedelta(seconds=12.345678)


def test_a_session_may_begin_when_the_sample_clock_has_run_for_long(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = journal.begin_session("morning", "en", "vosk", MORNING, clock=86_400.5)
        journal.write(session, exercise(86_410.5, "rotation", "start"))
        assert journal.last_moment(journal.session(session)) == MORNING + timedelta(seconds=10)


def test_a_plan_is_kept_with_its_session(tmp_path: Path) -> None:
    plan = [Prescribed("rotation", "left", 10, 3), Prescribed("rotation", "right", 10, 3)]
    with Journal.open(tmp_path, NOW) as journal:
        session = journal.begin_session("morning", "ko", "vosk", MORNING, plan=plan)
        assert list(journal.session(session).plan) == plan


def test_an_event_of_another_format_or_session_is_refused_and_nothing_of_it_kept(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, [])
        with pytest.raises(JournalError, match="cannot be used"):
            journal.write(session, {"kind": "cue", "t": 1})
        with pytest.raises(JournalError, match="there is no session nobody"):
            journal.write("nobody", exercise(1, "rotation", "start"))
        assert journal.events(session) == []


def test_a_start_that_does_not_say_its_time_zone_is_refused(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal, pytest.raises(ValueError, match="time zone"):
        journal.begin_session("morning", "en", "vosk", datetime(2026, 12, 1, 7))  # noqa: DTZ001 - what is tested


def test_events_endings_and_memories_are_never_changed(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, whole_session())
        journal.remember("has_ball", True, NOW)
        for change in ("event SET body = ''", "ending SET ended = 'stopped'", "memory SET value = '1'"):
            with pytest.raises(JournalError, match=r"never changed|does not fit"):
                journal.database.run(f"UPDATE {change}")


def test_the_first_ending_counts(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, whole_session())
        journal.end_session(session, "interrupted", NOW)
        assert journal.session(session).ended == "done"


def test_what_weighs_is_found_without_reading_the_counting(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        for kinds, index in ((("hold", "pain"), True), (("count", "pain"), False)):
            sql, *values = events_query(1, kinds)
            plan = journal.database.rows(f"EXPLAIN QUERY PLAN {sql}", *values)
            assert ("event_that_weighs" in str(plan)) is index


# ---- where a broken-off session stood


def _begun() -> list[dict[str, object]]:
    return [event for event in whole_session() if event["t"] <= 140]


def test_a_broken_off_session_is_told_with_its_last_finished_repetition(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, [*_begun(), hold(150, "rotation", 2, "left", held=4)])
    with Journal.open(tmp_path, NOW) as journal:
        told = journal.unfinished(MORNING + timedelta(seconds=150, minutes=10))
    assert told == Unfinished(
        session=session,
        routine="morning",
        language="en",
        minutes_ago=10.0,
        exercise="rotation",
        set=1,
        rep=1,
        side="right",
        finished=("abdominal_contraction",),
        left_out=("ball_alternation",),
    )


def test_nothing_is_unfinished_in_an_empty_journal_or_after_an_end(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.unfinished(NOW) is None
        write_all(journal, MORNING, whole_session())
        assert journal.unfinished(NOW) is None


def test_a_session_that_is_going_on_is_not_unfinished(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, _begun())
        assert journal.unfinished(NOW) is None
        with Journal.look(tmp_path) as looking:
            assert looking.unfinished(NOW) is None


def test_one_that_the_person_does_not_want_to_go_on_with_is_not_offered_again(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, _begun())
    with Journal.open(tmp_path, NOW) as journal:
        journal.end_session(session, "interrupted", NOW)
        assert journal.unfinished(NOW) is None
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.unfinished(NOW) is None


def test_only_the_last_session_is_offered(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, _begun())
        write_all(journal, MORNING + timedelta(hours=1), whole_session())
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.unfinished(NOW) is None


def test_one_that_was_gone_on_with_and_broken_off_again_knows_both_parts(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        first = write_all(journal, MORNING, _begun())
    with Journal.open(tmp_path, NOW) as journal:
        later = MORNING + timedelta(minutes=20)
        second = journal.begin_session("morning", "en", "vosk", later, resumes=first)
        journal.write(second, session_event(0, "start"))
    with Journal.open(tmp_path, NOW) as journal:
        told = journal.unfinished(later + timedelta(minutes=1))
    assert told is not None
    assert (told.session, told.exercise, told.rep, told.side) == (second, "rotation", 1, "right")
    assert told.minutes_ago == pytest.approx(1)


def test_a_session_can_be_gone_on_with_only_once(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        first = write_all(journal, MORNING, [])
        journal.begin_session("morning", "en", "vosk", MORNING, resumes=first)
        with pytest.raises(JournalError, match="does not fit"):
            journal.begin_session("morning", "en", "vosk", MORNING, resumes=first)


def test_an_exercise_done_twice_stands_where_it_stands_the_second_time(tmp_path: Path) -> None:
    again = [*_begun(), exercise(200, "rotation", "done"), exercise(201, "rotation", "start")]
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, again)
    with Journal.open(tmp_path, NOW) as journal:
        told = journal.unfinished(NOW)
    assert told is not None
    assert (told.exercise, told.rep, told.finished) == ("rotation", None, ("abdominal_contraction",))


# ---- what is remembered


def test_the_last_value_is_recalled_and_the_earlier_ones_stay(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        assert journal.recall("has_ball") is None
        assert journal.recall("levels", {}) == {}
        journal.remember("has_ball", False, NOW)
        journal.remember("levels", {"rotation": 2, "한국어": [1.5, None]}, NOW)
        journal.remember("has_ball", True, NOW + timedelta(days=1))
    with Journal.look(tmp_path) as journal:
        assert journal.memory() == {"has_ball": True, "levels": {"rotation": 2, "한국어": [1.5, None]}}
        assert [(one.value, one.at) for one in journal.history_of("has_ball")] == [
            (False, NOW),
            (True, NOW + timedelta(days=1)),
        ]


def test_a_clock_that_was_set_back_does_not_bring_an_old_value_back(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        journal.remember("has_ball", False, NOW)
        journal.remember("has_ball", True, NOW - timedelta(days=365))
        assert journal.recall("has_ball") is True


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}])
def test_what_json_does_not_have_cannot_be_remembered(tmp_path: Path, value: object) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        with pytest.raises(JournalError, match="'thing' cannot be remembered"):
            journal.remember("thing", value, NOW)
        assert journal.memory() == {}


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE event; --",
        "nul\0inside",
        "\x1b[2J\x07",
        "\u202eright to left",
        "줄\u2028바꿈\n",
        "😀" * 9000,
        "",
    ],
)
def test_hostile_text_is_only_text(tmp_path: Path, text: str) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = journal.begin_session(text, text, text, MORNING)
        journal.write(session, exercise(1, text, "skipped", text))
        journal.remember(text, text, NOW)
        assert journal.session(session).routine == text
        assert journal.events(session) == [parse_event(exercise(1, text, "skipped", text))]
        assert journal.recall(text) == text


def test_half_a_character_is_refused_in_plain_words(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        session = write_all(journal, MORNING, [])
        with pytest.raises(JournalError, match="half a character"):
            journal.write(session, exercise(1, "\ud800", "start"))
        with pytest.raises(JournalError, match="half a character"):
            journal.begin_session("\ud800", "en", "vosk", MORNING)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("profile.pregnant", None),  # taken back
        ("profile.pregnant", "no"),
        ("has_ball", 1),
        ("last", {"before": 11}),
        ("last", ["rotation"]),
        ("ladder.rotation", {"level": 0}),
        ("ladder.rotation", {"level": 1, "wings": 2}),
        ("seen", "yesterday"),
        ("off", {"exercises": "all"}),
        ("room.usual.usual", {"problems": None}),
        ("home", {"told": {"2026-12-01/morning": [1]}}),
    ],
)
def test_what_does_not_fit_counts_as_never_told(tmp_path: Path, key: str, value: object) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        journal.remember("floor_guide", True, NOW)
        journal.remember(key, value, NOW)
        assert journal.memory() == {"floor_guide": True}


@pytest.mark.parametrize("change", ["started = 'today'", "plan = '[1]'", "clock = 'x'", "id = x'00'"])
def test_a_row_that_another_hand_was_in_is_told(tmp_path: Path, change: str) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        journal.begin_session("morning", "en", "vosk", MORNING)
        journal.database.run(f"UPDATE session SET {change}")  # noqa: S608 - our own words
        with pytest.raises(JournalError, match="was not written by voicecoach"):
            journal.session_records()
