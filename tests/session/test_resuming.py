"""A session that was broken off is offered again, at the last repetition that was finished."""

from dataclasses import replace

import pytest

from tests.session.conversation import DONE_BEFORE, MORNING, Conversation
from voicecoach.content.models import Content
from voicecoach.session.choice import BrokenOff, Past
from voicecoach.session.session import Session
from voicecoach.session.states import State

BROKEN = BrokenOff("an-id", "morning", 10.0, "rotation", 1, 1, "left", ("abdominal_contraction",))


@pytest.fixture(params=["en", "ko"])
def content(request):
    return Content.load(request.param)


def after(content, broken: BrokenOff) -> Conversation:
    session = Session(content, dict(DONE_BEFORE), past=Past(MORNING, broken))
    return Conversation(session, content).open()


def done(talk: Conversation, exercise: str) -> list[tuple[int, str | None]]:
    return [(n["rep"], n["side"]) for n in talk.notes("hold") if n["exercise"] == exercise and n["completed"]]


def test_it_is_offered_and_goes_on_behind_the_last_repetition(content):
    talk = after(content, BROKEN)
    assert (talk.session.state, talk.prompts()) == (State.RESUME_OFFER, ["resume.ask"])
    talk.until_quiet().says("yes").answers_questions().to_its_end()
    assert done(talk, "rotation") == [(1, "right"), (2, "left"), (2, "right")]
    assert done(talk, "abdominal_contraction") == []
    assert talk.notes("session")[0]["resumes"] == "an-id"
    assert talk.notes("session")[-1]["action"] == "done"


def test_no_goes_to_the_start_of_a_new_one(content):
    talk = after(content, BROKEN).until_quiet().says("no")
    assert talk.session.state is State.IDLE
    talk.until_quiet().says("start", routine="rotation").answers_questions().to_its_end()
    assert "resumes" not in talk.notes("session")[0]
    assert len(done(talk, "rotation")) == 4


def test_a_routine_that_is_started_instead_is_started(content):
    talk = after(content, BROKEN).until_quiet().says("start", routine="evening").answers_questions()
    assert talk.session.routine == "evening"


@pytest.mark.parametrize(("minutes", "offered"), [(60.0, True), (60.1, False)])
def test_after_an_hour_the_body_is_cold_and_it_is_not_offered(content, minutes, offered):
    talk = after(content, replace(BROKEN, minutes_ago=minutes))
    assert (talk.session.state is State.RESUME_OFFER) is offered


def test_between_two_exercises_the_next_one_comes(content):
    broken = replace(BROKEN, exercise=None, set=None, rep=None, side=None)
    talk = after(content, broken)
    assert talk.prompts() == ["resume.between"]
    talk.until_quiet().says("yes").answers_questions().until(State.POSITION)
    assert talk.session.course.exercise == "ball_alternation"


def test_an_exercise_whose_repetitions_were_all_done_is_only_closed(content):
    broken = replace(BROKEN, rep=2, side="right", over=("abdominal_contraction", "ball_alternation"))
    talk = after(content, broken).until_quiet().says("yes").answers_questions().to_its_end()
    assert done(talk, "rotation") == []
    assert [n["name"] for n in talk.notes("exercise") if n["action"] == "done"] == [
        "knees_to_chest",
        "rotation",
    ]
