"""`voicecoach rehearse --text`: a whole session of the program, in seconds, into a journal on any date."""

import json
from datetime import datetime

import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app
from voicecoach.errors import SettingsError
from voicecoach.journal.history import sessions
from voicecoach.journal.journal import Journal


def rehearse(*words: str) -> str:
    done = CliRunner().invoke(build_app(), ["rehearse", "--text", *words])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.mark.parametrize(("lang", "pain_before"), [("en", 3), ("ko", 4)])
def test_a_first_session_goes_into_the_journal_on_its_date_and_starts_low(tmp_path, lang, pain_before):
    rehearse("evening", "--lang", lang, "--data", str(tmp_path), "--date", "2026-12-01T20:30+09:00")
    with Journal.look(tmp_path) as journal:
        (one,) = sessions(journal)
        memory = journal.memory()
    assert one.started.replace(microsecond=0) > datetime.fromisoformat("2026-12-01T20:31:00+09:00")
    assert (one.routine, one.ended, one.pain_before, one.pain_after) == ("evening", "done", pain_before, 2)
    knees, rotation = one.exercises
    assert (knees.done_repetitions, rotation.done_repetitions) == (3, 4)
    assert memory["profile.pregnant"] is False
    assert memory["seen"] == "2026-12-01"


def test_without_a_folder_it_is_someone_who_has_done_this_before(tmp_path):
    rehearse("rotation", "--out", str(tmp_path / "out"))
    lines = (tmp_path / "out" / "events.jsonl").read_text(encoding="utf-8").splitlines()
    said = [event["prompt"] for event in map(json.loads, lines) if event["kind"] == "say"]
    assert said[1:4] == ["before.pain", "pain.noted", "before.leg"]
    assert said[4:6] == ["session.rules_brief", "session.length"]


def test_a_date_that_is_none_is_told():
    with pytest.raises(SettingsError, match="that is no day and time"):
        rehearse("rotation", "--date", "tomorrow")
