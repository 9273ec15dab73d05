"""The published format of events, and its file."""

import json
from pathlib import Path
from typing import Any

import pytest

from voicecoach.errors import JournalError
from voicecoach.journal.events import EventLog, HoldEvent, line_of, parse_event, read_events

SPAN = {"start": 1.0, "end": 2.5}
WORK = {"exercise": "rotation", "set": 1, "rep": 2, "side": "left", "seconds": 10, **SPAN, "completed": True}
SESSION = {"routine": "morning", "lang": "en", "recognizer": "moonshine"}
EVERY_KIND: list[dict[str, Any]] = [
    {"kind": "session", "t": 0, "action": "start", **SESSION},
    {"kind": "state", "t": 0.5, "from": "idle", "to": "greeting", "trigger": "start"},
    {"kind": "say", "t": 2.5, "prompt": "session.greeting", "text": "Hello.", **SPAN, "completed": True},
    {"kind": "cue", "t": 3, "name": "go"},
    {"kind": "count", "t": 4, "n": 3},
    {"kind": "hold", "t": 5, **WORK},
    {"kind": "move", "t": 6, **WORK, "side": None},
    {"kind": "rest", "t": 7, "seconds": 5.0, **SPAN},
    {
        "kind": "heard",
        "t": 8,
        "text": "it is a three",
        "intent": "number",
        "slots": {"score": 3},
        "confidence": 0.9,
        **SPAN,
    },
    {"kind": "not_heard", "t": 9, **SPAN},
    {"kind": "exercise", "t": 10, "name": "rotation", "action": "left_out", "reason": "pain"},
    {"kind": "pain", "t": 11, "when": "before", "score": 3, "leg": False},
    {"kind": "pain", "t": 12, "when": "during", "score": None, "leg": True},
    {"kind": "session", "t": 13, "action": "done", **SESSION},
]


def test_every_kind_of_the_format_is_written_and_read_as_it_was(tmp_path: Path) -> None:
    with EventLog(tmp_path / "events.jsonl") as log:
        for event in EVERY_KIND:
            log.append(event)
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == EVERY_KIND
    assert [event.kind for event in read_events(tmp_path / "events.jsonl")] == [e["kind"] for e in EVERY_KIND]


def test_a_line_is_there_as_soon_as_it_was_written(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    log.append(EVERY_KIND[0])
    assert (tmp_path / "events.jsonl").read_text(encoding="utf-8").count("\n") == 1
    log.close()


def test_korean_and_line_separators_stay_on_one_readable_line() -> None:
    line = line_of({**EVERY_KIND[2], "text": "준비\u2028되면\n말하세요"})
    assert "준비" in line
    assert "\n" not in line


@pytest.mark.parametrize("event", EVERY_KIND, ids=lambda event: event["kind"])
def test_no_field_may_be_missing_or_be_too_much(event: dict[str, Any]) -> None:
    for field in event:
        with pytest.raises(JournalError):
            parse_event({key: value for key, value in event.items() if key != field})
    with pytest.raises(JournalError, match="extra"):
        parse_event({**event, "extra": 1})


@pytest.mark.parametrize(
    "wrong",
    [
        {"side": "both"},
        {"seconds": "10"},
        {"seconds": float("nan")},
        {"completed": 1},
        {"rep": 0},
        {"end": 0.5},
        {"t": -1.0},
        {"exercise": "\ud800"},
    ],
)
def test_a_wrong_value_is_told(wrong: dict[str, Any]) -> None:
    with pytest.raises(JournalError, match=r"^The event cannot be used: .+\.$"):
        line_of({"kind": "hold", "t": 5, **WORK, **wrong})


def test_all_problems_of_an_event_are_told_at_once() -> None:
    with pytest.raises(JournalError) as caught:
        parse_event({"kind": "hold", "t": 5, **WORK, "side": "both", "rep": 0})
    assert len(caught.value.problems) == 2


def test_an_event_gives_its_model() -> None:
    event = parse_event({"kind": "hold", "t": 5, **WORK})
    assert isinstance(event, HoldEvent)
    assert (event.side, event.seconds, event.end - event.start) == ("left", 10, 1.5)


def test_time_never_falls(tmp_path: Path) -> None:
    with EventLog(tmp_path / "events.jsonl") as log:
        log.append({"kind": "cue", "t": 3, "name": "go"})
        log.append({"kind": "cue", "t": 3, "name": "go"})
        with pytest.raises(JournalError, match="falls"):
            log.append({"kind": "cue", "t": 2.9, "name": "go"})
    with (tmp_path / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"kind": "cue", "t": 1, "name": "go"}\n')
    with pytest.raises(JournalError, match="line 3: t falls"):
        list(read_events(tmp_path / "events.jsonl"))


def test_a_torn_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "events.jsonl").write_text(
        '{"kind": "cue", "t": 1, "name": "go"}\n{"kind": "cu', encoding="utf-8"
    )
    with pytest.raises(JournalError, match="line 2"):
        list(read_events(tmp_path / "events.jsonl"))


def test_a_file_that_cannot_be_written_is_told_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="cannot be written"):
        EventLog(tmp_path / "nowhere" / "events.jsonl")
    with pytest.raises(JournalError, match="cannot be read"):
        list(read_events(tmp_path / "nowhere"))


def test_a_full_disk_is_told_in_plain_words() -> None:
    with (
        EventLog(Path("/dev/full")) as log,
        pytest.raises(JournalError, match=r"/dev/full cannot be written: No space left"),
    ):
        log.append(EVERY_KIND[0])
