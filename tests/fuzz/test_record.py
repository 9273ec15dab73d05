"""The record: files to import, rows of a journal, what is remembered. Only our own errors come out."""

import json
import sqlite3
from itertools import count

from hypothesis import strategies as st

from tests.fuzz.strange import JSON_VALUES, bent, broken, depths, holds
from tests.fuzz.test_files import told
from tests.journal.stories import MORNING, NOW, whole_session, write_all
from tests.session.conversation import DONE_BEFORE, Conversation
from voicecoach.calibration.outcome import key_of, problems_kept
from voicecoach.commands.past import session_of
from voicecoach.content.models import Content
from voicecoach.home.schedule import Memory
from voicecoach.journal.database import FILE_NAME
from voicecoach.journal.exchange import export, import_
from voicecoach.journal.journal import Journal
from voicecoach.journal.memories import memory_of
from voicecoach.journal.record import Prescribed
from voicecoach.report.fhir import bundle_of
from voicecoach.report.reading import read_report
from voicecoach.report.table import csv_of
from voicecoach.report.words import load_words
from voicecoach.session.choice import Choice, Past
from voicecoach.session.session import Session
from voicecoach.session.states import State

CONTENT, WORDS = Content.load("en"), load_words("en")
KEPT = {
    **DONE_BEFORE,
    "last": {"day": "2026-11-30", "before": 3, "after": 2, "leg": False, "done": ["rotation"], "hurt": []},
    "off": {"day": "2026-12-01", "exercises": ["knees_to_chest"]},
    key_of(None, None): {"day": "2026-11-30", "problems": ["'stop' was heard 1 of 3 times"]},
    "home": {
        "told": {"2026-12-01/morning": [1, False, False, None, "2026-12-01T06:00:00+00:00"]},
        "asleep": False,
    },
}
"""All that is remembered of someone."""


def journal_in(folder, **kept):
    """Write a journal of two sessions, the later one broken off, and of what is remembered."""
    with Journal.open(folder, NOW) as journal:
        write_all(journal, MORNING, whole_session())
        plan = [Prescribed("rotation", side, 10.0, 2) for side in ("left", "right")]
        later = journal.begin_session("evening", "en", "vosk", MORNING, clock=2.0, plan=plan)
        for event in list(whole_session())[:9]:
            journal.write(later, event)
        for key, value in kept.items():
            journal.remember(key, value, NOW)


def live_on(folder):
    """Do all that is done with a journal: look back, report, take it along, and hold a session."""
    with Journal.look(folder) as journal:
        memory = journal.memory()
        report = read_report(journal, CONTENT.exercises, NOW.date())
        csv_of(report, WORDS)
        bundle_of(report, WORDS, None)
        problems_kept(memory, key_of(None, None))
        Memory.of(memory.get("home", {}).get("told", {}))
        session = session_of(CONTENT, journal, Choice(), NOW)
        told(lambda: export(journal, folder / "again.jsonl"))
        (folder / "again.jsonl").unlink(missing_ok=True)
        assert not (folder / "again.jsonl.new").exists()
    go_through(session)


def go_through(session):
    talk = Conversation(session, CONTENT).open().until_quiet()
    if session.state is State.RESUME_OFFER:
        talk.says("no")
    talk.says("start", routine="rotation").answers_questions().to_its_end()


@depths
def test_an_import(examples, tmp_path):
    journal_in(tmp_path / "good", **KEPT)
    with Journal.look(tmp_path / "good") as journal:
        export(journal, tmp_path / "good.jsonl")
    good = (tmp_path / "good.jsonl").read_bytes()
    lines = [json.loads(line) for line in good.splitlines()]
    chosen = [lines[0], *lines[1:4], *[line for line in lines[4:] if line["record"] != "event"]]
    chosen[-1]["lines"] = len(chosen) - 1
    numbers = count()

    def check(data):
        number = next(numbers)
        path, folder = tmp_path / f"{number}.jsonl", tmp_path / str(number)
        path.write_bytes(data)
        told(lambda: take(path, folder))

    def take(path, folder):
        with Journal.open(folder, NOW) as journal:
            import_(journal, path)
        live_on(folder)

    wrong = bent(chosen, JSON_VALUES).map(lambda found: "\n".join(map(json.dumps, found)).encode())
    holds(check, examples, st.one_of(wrong, wrong, broken(good)))


@depths
def test_rows_of_a_journal(examples, tmp_path):
    journal_in(tmp_path, **KEPT)
    whole = (tmp_path / FILE_NAME).read_bytes()

    def check(place, row, value):
        (tmp_path / FILE_NAME).write_bytes(whole)
        spoil(*place, row, value)
        told(lambda: live_on(tmp_path))

    def spoil(table, column, row, value):
        connection = sqlite3.connect(tmp_path / FILE_NAME)
        for trigger in ("event", "ending", "memory"):
            connection.execute(f"DROP TRIGGER {trigger}_is_kept")
        find = f"SELECT {column} FROM {table} LIMIT 1 OFFSET ?"  # noqa: S608 - our own words
        ((old,),) = connection.execute(find, (row,)).fetchall() or [("",)]
        change = f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - likewise
        try:
            connection.execute(change, (value(old), old))
            connection.commit()
        except (sqlite3.Error, OverflowError):
            connection.rollback()  # which SQLite itself does not take
        connection.close()

    places = st.sampled_from(
        [
            *(("session", name) for name in ("id", "routine", "started", "clock", "resumes", "plan")),
            ("event", "at"),
            ("event", "kind"),
            ("event", "body"),
            ("ending", "at"),
            ("memory", "key"),
            ("memory", "value"),
            ("memory", "at"),
        ]
    )
    holds(check, examples, places, st.integers(0, 12), OTHERS)


def _text(value):
    return lambda _old: value


OTHERS = st.one_of(
    st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.text(), st.binary()).map(_text),
    JSON_VALUES.map(json.dumps).map(_text),
    st.integers(0, 40).map(lambda cut: lambda old: str(old)[:cut]),
)


@depths
def test_what_is_remembered(examples):
    def check(kept):
        memory = memory_of((key, json.dumps(value)) for key, value in kept.items())
        problems_kept(memory, key_of(None, None))
        Memory.of(memory.get("home", {}).get("told", {}))
        go_through(Session(CONTENT, memory, past=Past(MORNING)))

    holds(check, examples, bent(KEPT, JSON_VALUES))
