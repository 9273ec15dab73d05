"""The diary: from the session's start on, every event is in the journal, and what was prescribed."""

from datetime import UTC, datetime, timedelta

from tests.session.conversation import begin
from voicecoach.commands.record import Diary
from voicecoach.content.models import Content
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed
from voicecoach.session.effects import Note

OPENED = datetime(2026, 12, 1, 6, 55, tzinfo=UTC)


def test_the_wait_before_the_exercises_is_no_part_of_the_session_and_the_doses_are_kept(tmp_path):
    talk = begin(Content.load("en"), "rotation")
    with Journal.open(tmp_path, OPENED) as journal:
        diary = Diary(journal, OPENED, talk.session)
        for at, effect in talk.effects:
            if isinstance(effect, Note):
                diary.happened({"kind": effect.kind, "t": at, **effect.fields})
        (record,) = journal.session_records()
        begun = next(
            at for at, effect in talk.effects if isinstance(effect, Note) and effect.kind == "session"
        )
        assert record.started == OPENED + timedelta(seconds=begun)
        assert record.clock == begun > 0
        assert record.plan == tuple(Prescribed("rotation", side, 10.0, 2) for side in ("left", "right"))
        assert [event.kind for event in journal.events(record.id)][:2] == ["session", "pain"]
