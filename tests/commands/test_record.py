"""The diary: from the session's start on, every event is in the journal, and what was prescribed."""

from datetime import UTC, datetime, timedelta

from voicecoach.commands.record import Diary
from voicecoach.content.models import Content
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed
from voicecoach.session.effects import Note
from voicecoach.session.events import Heard
from voicecoach.session.session import Session

OPENED = datetime(2026, 12, 1, 6, 55, tzinfo=UTC)
DONE_BEFORE = {"told_rules": True, "has_ball": True}


def test_the_wait_before_the_start_is_no_part_of_the_session_and_the_doses_are_kept(tmp_path):
    session = Session(Content.load("en"), dict(DONE_BEFORE))
    with Journal.open(tmp_path, OPENED) as journal:
        diary = Diary(journal, OPENED, session)
        session.open(0.0)
        for effect in session.handle(Heard("start", {"routine": "rotation"}), 300.0):
            if isinstance(effect, Note):
                diary.happened({"kind": effect.kind, "t": 300.0, **effect.fields})
        (record,) = journal.session_records()
        assert record.started == OPENED + timedelta(seconds=300)
        assert record.clock == 300.0
        assert record.plan == (
            Prescribed("rotation", "left", 10.0, 2),
            Prescribed("rotation", "right", 10.0, 2),
        )
        assert journal.events(record.id)[0].kind == "session"
