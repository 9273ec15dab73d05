"""A journal goes out as JSON lines and comes back the same."""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.stories import MORNING, NOW, exercise, session_event, whole_session, write_all
from voicecoach.errors import JournalError
from voicecoach.journal.exchange import MOST_PROBLEMS, export, import_
from voicecoach.journal.journal import Journal
from voicecoach.journal.merging import Imported
from voicecoach.journal.record import Prescribed


def _fill(journal: Journal) -> None:
    plan = [Prescribed("rotation", "left", 10, 3), Prescribed("rotation", "right", 10.5, 3)]
    first = journal.begin_session("morning", "ko", "vosk", MORNING, clock=0.25, plan=plan)
    journal.write(first, exercise(1.5, "한국어 \u2028 '\"\\", "start"))
    second = journal.begin_session("morning", "ko", "vosk", MORNING + timedelta(minutes=9), resumes=first)
    for event in whole_session():
        journal.write(second, event)
    journal.remember("levels", {"rotation": 2, "무게": [1.5, None, "\ud800"]}, NOW)
    journal.remember("levels", {"rotation": 3}, NOW)


def _exported(folder: Path) -> Path:
    with Journal.open(folder, NOW) as journal:
        _fill(journal)
        export(journal, folder / "export.jsonl")
    return folder / "export.jsonl"


def _round(source: Path, folder: Path) -> bytes:
    with Journal.open(folder, NOW) as journal:
        import_(journal, source)
        export(journal, folder / "again.jsonl")
    return (folder / "again.jsonl").read_bytes()


def test_an_import_into_an_empty_journal_exports_to_the_same_bytes(tmp_path: Path) -> None:
    source = _exported(tmp_path)
    assert _round(source, tmp_path / "other") == source.read_bytes()


def test_an_import_tells_the_same_as_the_journal_that_it_came_from(tmp_path: Path) -> None:
    source = _exported(tmp_path)
    _round(source, tmp_path / "other")
    with Journal.look(tmp_path) as here, Journal.look(tmp_path / "other") as there:
        assert here.session_records() == there.session_records()
        assert here.history_of("levels") == there.history_of("levels")
        for record in here.session_records():
            assert here.events(record.id) == there.events(record.id)
            assert here.last_moment(record) == there.last_moment(record)


def test_importing_twice_does_not_double(tmp_path: Path) -> None:
    source = _exported(tmp_path)
    with Journal.open(tmp_path / "other", NOW) as journal:
        assert import_(journal, source) == Imported(sessions=2, events=24, memories=2)
        assert import_(journal, source) == Imported()
        assert len(journal.session_records()) == 2


def test_a_later_export_adds_what_came_since(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal, Journal.open(tmp_path / "other", NOW) as other:
        session = write_all(journal, MORNING, [session_event(0, "start")])
        export(journal, tmp_path / "early.jsonl")
        journal.write(session, session_event(9, "done"))
        export(journal, tmp_path / "late.jsonl")
        import_(other, tmp_path / "early.jsonl")
        assert import_(other, tmp_path / "late.jsonl") == Imported(events=1)
        assert other.session(session).ended == "done"


def test_an_import_does_not_bring_an_older_memory_to_the_front(tmp_path: Path) -> None:
    source = _exported(tmp_path)
    with Journal.open(tmp_path / "other", NOW) as journal:
        journal.remember("levels", "newer", NOW + timedelta(days=1))
        import_(journal, source)
        assert journal.recall("levels") == "newer"
        assert len(journal.history_of("levels")) == 3


def test_an_export_is_for_the_person_only_and_writes_over_nothing(tmp_path: Path) -> None:
    source = _exported(tmp_path)
    assert source.stat().st_mode & 0o777 == 0o600
    with Journal.look(tmp_path) as journal:
        with pytest.raises(JournalError, match="already there"):
            export(journal, source)
        with pytest.raises(JournalError, match="cannot be written"):
            export(journal, tmp_path / "nowhere" / "export.jsonl")


# ---- files that are not right


def _refused(folder: Path, lines: list[str]) -> tuple[str, ...]:
    (folder / "wrong.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with Journal.open(folder / "other", NOW) as journal:
        with pytest.raises(JournalError) as caught:
            import_(journal, folder / "wrong.jsonl")
        assert journal.session_records() == []
        assert journal.memory() == {}
    return caught.value.problems


def test_a_file_that_was_cut_anywhere_is_refused_whole(tmp_path: Path) -> None:
    lines = _exported(tmp_path).read_text(encoding="utf-8").split("\n")[:-1]
    for count in range(len(lines)):
        assert "cut before its end" in _refused(tmp_path, lines[:count])[-1]
    assert "no line of an export" in _refused(tmp_path, [*lines[:3], lines[3][:20]])[0]


@pytest.mark.parametrize(
    "text", ["", "Dear diary", "[]", "{}", '{"record": "end", "lines": 0}', "[" * 100_000, "\0"]
)
def test_what_is_no_export_is_refused(tmp_path: Path, text: str) -> None:
    problems = _refused(tmp_path, [text])
    assert problems[0].startswith(f"{tmp_path / 'wrong.jsonl'}, line 1: ")
    assert len(problems) == 1


def test_a_newer_export_is_refused(tmp_path: Path) -> None:
    (problem,) = _refused(tmp_path, ['{"record": "journal", "format": 2}', '{"record": "unheard of"}'])
    assert "newer voicecoach (format 2; this one knows 1)" in problem


def _changed(lines: list[str], record: str, change: dict[str, Any]) -> list[str]:
    decoded = [json.loads(line) for line in lines]
    place = next(number for number, line in enumerate(decoded) if line["record"] == record)
    decoded[place] |= change
    return [json.dumps(line) for line in decoded]


@pytest.mark.parametrize(
    ("record", "change", "told"),
    [
        ("session", {"id": "'; DROP TABLE session"}, "badly formed"),
        ("session", {"started": "2026-12-01T07:00:00"}, "time zone"),
        (
            "session",
            {"plan": [{"exercise": "rotation", "side": "up", "seconds": 1, "repetitions": 1}]},
            "left",
        ),
        ("session", {"routine": "\ud800"}, "half a character"),
        ("event", {"number": 0}, "greater"),
        ("event", {"event": {"kind": "cue", "t": 0}}, "Field required"),
        ("event", {"session": "00000000-0000-4000-8000-000000000000"}, "not there"),
        ("event", {"at": "yesterday"}, "isoformat"),
        ("ending", {"ended": "happily"}, "interrupted"),
        ("memory", {"more": 1}, "Extra"),
        ("memory", {"at": "9999-12-31T23:59:59-23:59"}, "no moment of a life"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_taken(
    tmp_path: Path, record: str, change: dict[str, Any], told: str
) -> None:
    lines = _exported(tmp_path).read_text(encoding="utf-8").split("\n")[:-1]
    problems = _refused(tmp_path, _changed(lines, record, change))
    assert told in problems[0]


def test_all_problems_are_told_at_once_up_to_a_bound(tmp_path: Path) -> None:
    header, *_, end = _exported(tmp_path).read_text(encoding="utf-8").split("\n")[:-1]
    assert len(_refused(tmp_path, [header, "wrong", "wrong", end])) == 3
    assert len(_refused(tmp_path, [header, *["wrong"] * 1000, end])) == MOST_PROBLEMS


def test_what_differs_from_what_is_here_is_refused(tmp_path: Path) -> None:
    source = _exported(tmp_path)
    lines = source.read_text(encoding="utf-8").split("\n")[:-1]
    for record, change in (
        ("session", {"routine": "evening"}),
        ("memory", {"value": 1}),
        ("event", {"event": session_event(1, "start")}),
    ):
        (tmp_path / "wrong.jsonl").write_text("\n".join(_changed(lines, record, change)), encoding="utf-8")
        with (
            Journal.open(tmp_path, NOW) as journal,
            pytest.raises(JournalError, match="is here already, and differs"),
        ):
            import_(journal, tmp_path / "wrong.jsonl")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal, pytest.raises(JournalError, match="cannot be read"):
        import_(journal, tmp_path / "nowhere")


# ---- whatever a journal may hold

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
moments = st.datetimes(datetime(1980, 1, 1), datetime(2200, 1, 1), timezones=st.timezones()).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC) if moment.utcoffset() is None else moment
)
seconds = st.floats(0, 1e5) | st.integers(0, 10**5)
events = st.fixed_dictionaries(
    {
        "kind": st.just("exercise"),
        "t": seconds,
        "name": words,
        "action": st.sampled_from(["start", "done", "skipped", "left_out"]),
        "reason": st.none() | words,
    }
) | st.fixed_dictionaries(
    {
        "kind": st.just("heard"),
        "t": seconds,
        "text": words,
        "intent": words,
        "slots": st.dictionaries(words, words | st.integers()),
        "confidence": st.floats(0, 1),
        "start": st.just(0),
        "end": seconds,
    }
)
plans = st.lists(
    st.builds(Prescribed, words, st.sampled_from(["left", "right", None]), seconds, st.integers(0, 100)),
    max_size=3,
)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
stories = st.lists(
    st.tuples(
        words,
        moments,
        plans,
        st.lists(events, max_size=5),
        st.sampled_from([None, "done", "stopped", "interrupted"]),
    ),
    max_size=3,
)


@settings(deadline=None, max_examples=40)
@given(stories, st.lists(st.tuples(words, values, moments), max_size=4))
def test_nothing_is_lost_on_the_way_whatever_it_is(story: list[Any], memories: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Journal.open(folder, NOW) as journal:
            for routine, started, plan, written, ended in story:
                session = journal.begin_session(routine, "en", "vosk", started, plan=plan)
                for event in written:
                    journal.write(session, event)
                if ended:
                    journal.end_session(session, ended, started + timedelta(hours=1))
            for key, value, at in memories:
                journal.remember(key, value, at)
            export(journal, folder / "export.jsonl")
        assert _round(folder / "export.jsonl", folder / "other") == (folder / "export.jsonl").read_bytes()
        with Journal.look(folder) as here, Journal.look(folder / "other") as there:
            assert here.session_records() == there.session_records()
            assert here.memory() == there.memory()
            assert [here.events(one.id) for one in here.session_records()] == [
                there.events(one.id) for one in there.session_records()
            ]
