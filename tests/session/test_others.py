"""Others who talk in the room, such as a television, as a conversation."""

import pytest

from tests.session.conversation import begin
from voicecoach.content.models import Content
from voicecoach.session.events import OthersTalk
from voicecoach.session.states import State


@pytest.fixture(params=["en", "ko", "de"])
def content(request):
    return Content.load(request.param)


def asked_how_strong(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pain").until_quiet()
    return talk.says("no").until_quiet()


def test_others_who_talk_are_told_once_and_the_question_is_asked_again(content):
    talk = asked_how_strong(content).happens(OthersTalk())
    assert talk.prompts()[-2:] == ["others.talk", "pain.score"]
    before = len(talk.prompts())
    talk.until_quiet().happens(OthersTalk())
    assert len(talk.prompts()) == before


def test_others_who_talk_are_no_wrong_answer(content):
    talk = asked_how_strong(content)
    for _ in range(5):
        talk.happens(OthersTalk()).until_quiet()
    assert talk.session.state is State.PAIN_SCORE
    assert "not_understood" not in talk.cues()
    talk.says("number", score=6)
    assert talk.session.state is State.PAIN_OFFER


def test_where_nobody_answers_the_session_still_ends_to_be_safe(content):
    talk = asked_how_strong(content)
    while talk.session.state is State.PAIN_SCORE:
        talk.waits(3).happens(OthersTalk())
    assert talk.session.state is State.SAFE_END


def test_nothing_is_said_of_others_during_a_hold(content):
    talk = begin(content).until_ready().until(State.HOLD)
    before = talk.prompts()
    assert talk.happens(OthersTalk()).prompts() == before
