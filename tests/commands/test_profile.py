"""`voicecoach profile`: answers are shown and changed, and the journal keeps when."""

import re
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app
from voicecoach.commands.past import session_of
from voicecoach.content.models import Content
from voicecoach.errors import SettingsError
from voicecoach.journal.journal import Journal
from voicecoach.session.choice import Choice
from voicecoach.session.today import PROFILE

NOW = datetime(2026, 12, 1, 7, tzinfo=UTC)


def profile(folder, *words: str) -> str:
    done = CliRunner().invoke(build_app(), ["profile", *words, "--data", str(folder)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def answer(shown: str, name: str) -> str:
    return re.search(rf"^{name} +(\w+)", shown, re.MULTILINE)[1]


def test_nothing_is_known_of_a_new_person(tmp_path):
    assert answer(profile(tmp_path), "pregnant") == "unasked"


def test_an_answer_is_changed_and_its_history_stays(tmp_path):
    profile(tmp_path, "osteoporosis=yes", "has_ball=no")
    shown = profile(tmp_path, "osteoporosis=no", "--cleared")
    assert (answer(shown, "osteoporosis"), answer(shown, "has_ball")) == ("no", "no")
    assert answer(shown, "cleared") == "yes"
    with Journal.look(tmp_path) as journal:
        assert [one.value for one in journal.history_of("profile.osteoporosis")] == [True, False]


def test_what_is_unasked_is_asked_again(tmp_path):
    profile(tmp_path, *(f"{question}=no" for question in PROFILE))
    profile(tmp_path, "operated=unasked")
    with Journal.look(tmp_path) as journal:
        today = session_of(Content.load("en"), journal, Choice(), NOW).today
    assert today.open_profile == "operated"


def test_the_ladder_is_shown(tmp_path):
    with Journal.open(tmp_path, NOW) as journal:
        journal.remember("ladder.rotation", {"level": 2, "in_a_row": 1, "gentle": True}, NOW)
    assert "rotation: level 2, the gentler form next" in profile(tmp_path)


def test_all_that_cannot_be_read_is_told_at_once(tmp_path):
    with pytest.raises(SettingsError) as caught:
        profile(tmp_path, "pregnant=perhaps", "tall=yes")
    assert len(caught.value.problems) == 2
