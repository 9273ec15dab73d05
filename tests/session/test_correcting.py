"""A score that was misheard is said back, and may be taken back, before it counts."""

import pytest

from tests.session.conversation import DONE_BEFORE, MORNING, Conversation, begin
from voicecoach.content.models import Content
from voicecoach.session.choice import Past
from voicecoach.session.effects import Say
from voicecoach.session.session import Session
from voicecoach.session.states import State

PROFILE = {key: value for key, value in DONE_BEFORE.items() if key.startswith(("profile.", "ladder."))}
LAST = {"before": 3, "after": 3, "leg": False, "done": ["rotation"], "hurt": []}


@pytest.fixture(params=["en", "ko", "de"])
def content(request):
    return Content.load(request.param)


def started(content, **memory: object) -> Conversation:
    """Someone who has done this before, and is asked how strong the pain is."""
    session = Session(content, {**DONE_BEFORE, "last": LAST, **memory}, past=Past(MORNING))
    talk = Conversation(session, content).open().until_quiet().says("start", routine="stretch").until_quiet()
    assert session.state is State.PAIN_NOW
    return talk


def in_pain(content, score: int) -> Conversation:
    """Someone who said "pain", and then how strong it is."""
    talk = begin(content, "stretch").until_ready().until(State.HOLD).says("pain").until_quiet().says("no")
    return talk.until_quiet().says("number", score=score).until_quiet()


def said_back(talk: Conversation) -> list[object]:
    says = [effect for _, effect in talk.effects if isinstance(effect, Say)]
    return [say.values["score"] for say in says if say.prompt == "pain.noted"]


def scores(talk: Conversation, when: str) -> list[tuple[object, bool]]:
    told = [note for note in talk.notes("pain") if note["when"] == when]
    return [(note["score"], note.get("takes_back", False)) for note in told]


def test_every_score_is_said_back_with_the_next_question(content):
    talk = started(content).says("number", score=3)
    assert talk.prompts()[-2:] == ["pain.noted", "before.leg"]
    assert said_back(in_pain(content, 6)) == [2, 6]
    assert said_back(begin(content, "rotation").to_its_end()) == [2, 2]


def test_how_to_put_it_right_is_told_once(content):
    talk = started(content, told_correct=False).says("number", score=3).until_quiet()
    talk.says("correct").until_quiet().says("number", score=4)
    assert talk.prompts().count("pain.teach_correct") == 1
    assert talk.remembered()["told_correct"] is True


def test_a_score_that_is_taken_back_is_asked_for_again(content):
    talk = started(content).says("number", score=3).until_quiet().says("correct")
    assert (talk.session.state, talk.prompts()[-1]) == (State.PAIN_NOW, "before.pain")
    talk.until_quiet().says("number", score=6).answers_questions()
    assert scores(talk, "before") == [(6, False)]
    assert "easier.rise" in talk.prompts()


def test_the_right_score_may_be_said_at_once(content):
    talk = started(content).says("number", score=3).until_quiet().says("correct", score=6)
    assert talk.session.state is State.LEG_NOW
    assert said_back(talk) == [3, 6]
    talk.answers_questions()
    assert scores(talk, "before") == [(6, False)]


def test_taking_back_twice_takes_back_the_score_that_was_put_right(content):
    talk = started(content).says("number", score=3).until_quiet().says("correct", score=6)
    talk.until_quiet().says("correct")
    assert talk.session.state is State.PAIN_NOW


@pytest.mark.parametrize(
    ("asked", "wrong", "right", "easier"),
    [
        (State.LEG_NOW, "yes", "no", []),
        (State.LEG_NOW, "no", "yes", ["easier.leg"]),
        (State.LAST_TIME, "yes", "no", []),
        (State.LAST_TIME, "no", "yes", ["easier.rise"]),
    ],
)
def test_other_answers_about_the_body_are_taken_back_at_the_next_question(
    content, asked, wrong, right, easier
):
    talk = started(content, has_ball=False).says("number", score=3)
    talk.session.memory.pop("floor_guide")  # it is asked for last
    while talk.session.state is not asked:
        talk.until_quiet().says("no")
    talk.until_quiet().says(wrong).until_quiet().says("correct")
    assert talk.session.state is asked
    talk.until_quiet().says(right).answers_questions()
    assert [prompt for prompt in talk.prompts() if prompt.startswith("easier.")] == easier


def test_nothing_is_taken_back_where_the_last_answer_was_not_about_the_body(content):
    session = Session(content, {"told_correct": True, **PROFILE}, past=Past(MORNING))
    talk = Conversation(session, content).open().until_quiet().says("start", routine="ball_alternation")
    while session.state is not State.FLOOR_QUESTION:
        talk.until_quiet().says("number" if session.state is State.PAIN_NOW else "no")
    talk.until_quiet().says("correct")
    assert session.state is State.FLOOR_QUESTION


def test_pain_in_an_exercise_is_taken_back_and_the_record_says_so(content):
    talk = in_pain(content, 2).says("correct")
    assert (talk.session.state, talk.prompts()[-1]) == (State.PAIN_SCORE, "pain.score")
    talk.until_quiet().says("number", score=6)
    assert talk.session.state is State.PAIN_OFFER
    assert scores(talk, "during") == [(2, False), (None, True), (6, False)]
    assert talk.session.memory["last"]["after"] == 6


def test_pain_in_an_exercise_is_put_right_at_once(content):
    talk = in_pain(content, 2).says("correct", score=6)
    assert (talk.session.state, talk.prompts()[-1]) == (State.PAIN_OFFER, "pain.offer")
    assert scores(talk, "during") == [(2, False), (6, True)]


def test_who_falls_silent_after_taking_it_back_has_told_no_score(content):
    talk = in_pain(content, 2).says("correct").until(State.SAFE_END)
    assert talk.session.memory["last"]["after"] is None


@pytest.mark.parametrize("slots", [{}, {"score": 6}])
def test_pain_afterwards_is_taken_back(content, slots):
    talk = begin(content, "rotation").until_ready().says("finish").until_quiet()
    talk.says("number", score=2).until_quiet()
    assert talk.session.state is State.LEG_AFTER
    talk.says("correct", **slots)
    assert talk.session.state is (State.LEG_AFTER if slots else State.PAIN_AFTER)
    talk.to_its_end({State.PAIN_AFTER: ("number", {"score": 6})})
    assert talk.session.memory["last"]["after"] == 6
    assert "summary.more" in talk.prompts()
