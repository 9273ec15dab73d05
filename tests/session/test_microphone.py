"""A microphone that goes away and comes back, as a conversation."""

import pytest

from tests.session.conversation import begin
from voicecoach.content.models import Content
from voicecoach.session.effects import Hush
from voicecoach.session.events import Lost, Restored
from voicecoach.session.states import ENDING, LIVE, State
from voicecoach.session.table import TRANSITIONS


@pytest.fixture(params=["en", "ko"])
def content(request):
    return Content.load(request.param)


def actions(talk):
    return [note["action"] for note in talk.notes("microphone")]


def test_a_lost_microphone_silences_the_coach_which_then_says_that_it_cannot_hear(content):
    talk = begin(content).until_ready().until(State.HOLD).happens(Lost())
    assert (talk.now, Hush()) in talk.effects
    assert talk.session.state is State.CANNOT_HEAR
    assert talk.speech_ends is None
    talk.waits(5)
    assert talk.prompts()[-1] == "device.cannot_hear"


@pytest.mark.parametrize(
    ("reason", "told"), [("recogniser", "device.cannot_understand"), ("clipped", "device.too_loud")]
)
def test_only_who_lost_a_device_is_told_to_look_for_it(content, reason, told):
    talk = begin(content).until_ready().until(State.HOLD).happens(Lost(reason)).waits(5)
    assert talk.prompts()[-1] == told
    before = len(talk.prompts())
    talk.waits(70)
    assert talk.prompts()[before:] == [told]


def test_a_device_that_is_lost_after_all_is_told_the_next_time(content):
    talk = begin(content).until_ready().until(State.HOLD).happens(Lost("clipped")).happens(Lost("device"))
    assert talk.waits(70).prompts()[-1] == "device.cannot_hear"


def test_a_hold_that_was_interrupted_is_done_again_after_go_on(content):
    talk = begin(content).until_ready().until(State.HOLD)
    step = talk.session.course.step
    talk.happens(Lost()).waits(20).happens(Restored())
    assert (talk.session.state, talk.prompts()[-1]) == (State.PAUSED, "device.hear_again")
    talk.until_quiet().says("resume")
    assert talk.session.state is State.LEAD_IN
    assert talk.until(State.HOLD).session.course.step == step
    assert actions(talk) == ["lost", "restored"]


def test_a_pause_stays_what_it_was(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pause").until_quiet()
    talk.happens(Lost()).waits(10).happens(Restored())
    assert talk.session.state is State.PAUSED
    talk.says("resume")
    assert talk.session.state is State.LEAD_IN


def test_a_question_of_safety_is_asked_again(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pain").until_quiet()
    talk.happens(Lost()).waits(30).happens(Restored())
    assert (talk.session.state, talk.prompts()[-1]) == (State.PAIN_LEG, "pain.leg_or_numb")


def test_after_two_minutes_the_session_ends_and_says_why(content):
    talk = begin(content).until_ready().until(State.HOLD).happens(Lost())
    begun = talk.now
    talk.until(State.CLOSING)
    assert 110 < talk.now - begun < 140
    assert talk.prompts()[-2:] == ["device.gave_up", "session.closing_stopped"]
    talk.until(State.ENDED)
    assert actions(talk) == ["lost", "given_up"]
    assert talk.notes("session")[-1]["action"] == "stopped"


def test_every_state_but_the_last_words_can_lose_the_microphone():
    able = {state for state, key in TRANSITIONS if key == "lost"}
    assert able == set(LIVE) - set(ENDING) - {State.CANNOT_HEAR}
