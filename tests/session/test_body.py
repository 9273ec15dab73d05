"""The rules for the body, each at its boundary, in both languages."""

from datetime import timedelta

import pytest

from tests.session.conversation import DONE_BEFORE, MORNING, Conversation, begin
from voicecoach.content.models import Content
from voicecoach.session.choice import Choice, Past
from voicecoach.session.ladder import Rung, climb, descend, rose
from voicecoach.session.session import Session
from voicecoach.session.states import LIVE, State
from voicecoach.session.table import TRANSITIONS

LAST = {"before": 3, "after": 3, "leg": False, "done": ["rotation"], "hurt": []}


@pytest.fixture(params=["en", "ko"])
def content(request):
    return Content.load(request.param)


def new_person(content, routine="morning") -> Conversation:
    talk = Conversation(Session(content, {}, past=Past(MORNING)), content).open().until_quiet()
    return talk.says("start", routine=routine)


def left_out(talk) -> dict[str, str]:
    return {n["name"]: n["reason"] for n in talk.notes("exercise") if n["action"] == "left_out"}


def rung(talk, exercise: str) -> dict:
    return talk.session.memory[f"ladder.{exercise}"]


def seconds(talk, exercise: str) -> list[float]:
    return [n["seconds"] for n in talk.notes("hold") if n["exercise"] == exercise]


# ---- the ladder


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [(3, 4, False), (3, 5, True), (3, 3, False), (None, 9, False), (9, None, False)],
)
def test_two_points_are_more(before, now, more):
    assert rose(before, now) is more


@pytest.mark.parametrize(
    ("rung", "after"),
    [
        (Rung(1, 0), Rung(1, 1)),
        (Rung(1, 1), Rung(1, 2)),
        (Rung(1, 2), Rung(2, 0)),
        (Rung(4, 2), Rung(4, 0)),
        (Rung(2, 0, gentle=True), Rung(2, 1)),
    ],
)
def test_three_in_a_row_climb_one_step_and_never_past_the_top(rung, after):
    assert climb(rung, 4) == after


@pytest.mark.parametrize(("level", "after"), [(1, 1), (2, 1), (4, 3)])
def test_one_with_more_pain_goes_one_step_down(level, after):
    assert descend(Rung(level, 2)) == Rung(after, 0, gentle=True)


@pytest.mark.parametrize("level", range(1, 8))
def test_no_level_asks_for_more_than_the_leaflet(content, level):
    memory = {f"ladder.{name}": {"level": level} for name in content.exercises}
    talk = begin(content, **memory).to_its_end()
    assert len(seconds(talk, "abdominal_contraction")) <= 10
    assert len(seconds(talk, "knees_to_chest")) <= 5
    assert max(seconds(talk, "knees_to_chest")) <= 20
    assert len(seconds(talk, "rotation")) <= 6
    assert sum(move["seconds"] for move in talk.notes("move")) <= 60


def test_a_good_session_is_counted_when_the_next_one_begins(content):
    talk = begin(content, "rotation").to_its_end()
    memory = talk.session.memory
    assert memory["last"]["done"] == ["rotation"]
    again = begin(content, "rotation", Past(MORNING + timedelta(days=1)), **memory)
    assert rung(again, "rotation") == {"level": 1, "in_a_row": 1, "gentle": False}


@pytest.mark.parametrize(("now", "level"), [(4, 2), (5, 1)])
def test_more_pain_at_the_next_session_goes_a_step_down(content, now, level):
    memory = {"ladder.rotation": {"level": 2}, "last": LAST}
    talk = begin(content, "rotation", replies={State.PAIN_NOW: ("number", {"score": now})}, **memory)
    assert rung(talk, "rotation")["level"] == level


@pytest.mark.parametrize("level", [1, 2])
def test_the_ball_comes_after_the_contraction_has_climbed(content, level):
    talk = begin(content, **{"ladder.abdominal_contraction": {"level": level}})
    assert left_out(talk) == ({"ball_alternation": "not yet"} if level == 1 else {})


# ---- before


def test_the_first_use_asks_four_questions_once_and_the_warning_signs(content):
    talk = new_person(content).answers_questions()
    asked = talk.prompts()
    assert [p for p in asked if p.startswith("profile.")] == [
        *("profile.before", "profile.pregnant", "profile.operated"),
        *("profile.osteoporosis", "profile.told_not_to"),
    ]
    assert "before.flags" in asked
    short = ["before.pain", "pain.noted", "before.leg", "before.up_an_hour"]
    assert begin(content).prompts()[1:5] == short


def test_a_yes_needs_a_clinician_who_agreed_said_and_confirmed(content):
    talk = new_person(content).until_quiet().says("yes")
    for _ in range(3):
        talk.until_quiet().says("no")
    assert talk.session.state is State.ASK_FIRST
    talk.until_quiet().says("cleared")
    assert talk.session.state is State.CONFIRM_CLEARED
    talk.until_quiet().says("yes").answers_questions()
    assert talk.session.state is State.GREETING
    assert talk.remembered()["profile.cleared"] is True


@pytest.mark.parametrize("answer", ["no", "silence"])
def test_without_it_there_is_no_session(content, answer):
    talk = begin(content, **{"profile.osteoporosis": True})
    assert talk.session.state is State.ASK_FIRST
    talk = talk.until(State.ENDED) if answer == "silence" else talk.until_quiet().says("no").to_its_end()
    assert not talk.notes("session")


@pytest.mark.parametrize(("days", "asked"), [(13, False), (14, True)])
def test_after_two_weeks_the_warning_signs_are_asked_for_again(content, days, asked):
    seen = (MORNING - timedelta(days=days)).date().isoformat()
    assert ("before.flags" in begin(content, seen=seen).prompts()) is asked


def test_a_warning_sign_ends_in_urgent_advice_said_twice_and_no_exercise(content):
    talk = new_person(content).answers_questions({State.FLAGS: ("yes", {})}).to_its_end()
    assert talk.prompts().count("alarm.urgent") == 2
    assert not talk.notes("exercise")
    assert [n["reason"] for n in talk.notes("alarm")] == ["red_flag"]
    assert talk.notes("session")[-1]["action"] == "stopped"
    cannot_call = {"en": "I cannot call anyone", "ko": "전화를 대신 걸 수 없어요"}
    assert any(cannot_call[content.language] in s for s in content.text("alarm.urgent"))


def test_a_warning_sign_is_heard_in_every_state():
    assert all(TRANSITIONS[state, "red_flag"] is State.ALARM for state in LIVE)


def test_no_answer_to_the_warning_signs_is_no_consent(content):
    talk = new_person(content)
    while talk.session.state is not State.FLAGS:
        talk.until_quiet()
        intent = "number" if talk.session.state is State.PAIN_NOW else "no"
        talk.says(intent, **({"score": 2} if intent == "number" else {}))
    talk.until(State.SAFE_END).until(State.ENDED)
    assert not talk.notes("exercise")


@pytest.mark.parametrize(
    ("replies", "easier"),
    [
        ({State.PAIN_NOW: ("number", {"score": 4})}, False),
        ({State.PAIN_NOW: ("number", {"score": 5})}, True),
        ({State.LEG_NOW: ("yes", {})}, True),
        ({State.LAST_TIME: ("yes", {})}, True),
    ],
)
def test_more_pain_or_a_leg_makes_today_easier_and_that_is_said(content, replies, easier):
    talk = begin(content, "stretch", replies=replies, last=LAST)
    assert any(p.startswith("easier.") for p in talk.prompts()) is easier
    assert {s.exercise for s in talk.session.course.steps} == (
        {"one_knee_to_chest", "half_rotation"} if easier else {"knees_to_chest", "rotation"}
    )


def test_what_hurt_last_time_is_left_out_where_there_is_more_pain_now(content):
    last = {**LAST, "hurt": ["knees_to_chest"]}
    worse = begin(content, "stretch", replies={State.PAIN_NOW: ("number", {"score": 7})}, last=last)
    assert left_out(worse) == {"knees_to_chest": "more pain since last time"}
    assert left_out(begin(content, "stretch", last=last)) == {}


@pytest.mark.parametrize(
    ("wish", "up", "order", "out"),
    [
        ("last", "yes", ["knees_to_chest", "rotation"], {}),
        ("last", "no", ["rotation", "knees_to_chest"], {}),
        ("evening", "no", ["rotation"], {"knees_to_chest": "soon after getting up"}),
        ("as_is", "no", ["knees_to_chest", "rotation"], {}),
    ],
)
def test_bending_waits_within_an_hour_of_getting_up(content, wish, up, order, out):
    session = Session(content, dict(DONE_BEFORE), Choice(soon_after_getting_up=wish), Past(MORNING))
    talk = Conversation(session, content).open().until_quiet().says("start", routine="morning")
    talk.answers_questions({State.UP_AN_HOUR: (up, {})})
    assert left_out(talk) == out
    talk.to_its_end()
    done = [n["name"] for n in talk.notes("exercise") if n["action"] == "done"]
    assert done == ["abdominal_contraction", "ball_alternation", *order]
    assert ("before.up_an_hour" in talk.prompts()) is (wish != "as_is")


# ---- down to the floor and up again


def test_getting_down_and_up_waits_at_every_step(content):
    talk = begin(content, "rotation", floor_guide=True)
    assert [p for p in talk.prompts() if p.startswith("down.")] == ["down.1", "down.2", "down.3", "down.4"]
    talk.until(State.READY).says("finish")
    assert talk.session.state is State.GET_UP
    talk.waits(50)
    assert talk.session.state is State.GET_UP
    talk.says("pause")
    assert (talk.session.state, talk.prompts()[-1]) == (State.GET_UP, "floor.minute")
    talk.to_its_end()
    assert [p for p in talk.prompts() if p.startswith("up.")] == ["up.1", "up.2", "up.3", "up.4"]


def test_who_cannot_get_up_hears_what_to_do_and_the_alarm_is_told(content):
    talk = begin(content, "rotation").until(State.READY).says("get_up").until_quiet().says("cannot_get_up")
    assert (talk.session.state, talk.prompts()[-1]) == (State.STUCK, "floor.stuck")
    assert talk.notes("alarm")[-1]["reason"] == "cannot_get_up"
    talk.until_quiet().says("ready")
    assert talk.session.state is State.GET_UP


# ---- during


def test_what_hurt_is_off_for_the_day_marked_and_comes_back_gentler(content):
    talk = begin(content, "stretch").until_ready().until(State.HOLD).says("pain").until_quiet().says("no")
    talk.until_quiet().says("number", score=5).until_quiet().says("yes").to_its_end()
    memory = talk.session.memory
    evening = begin(content, "evening", Past(MORNING.replace(hour=20)), **memory)
    assert left_out(evening) == {"knees_to_chest": "pain earlier today"}
    assert rung(evening, "knees_to_chest") == {"level": 2, "in_a_row": 0, "gentle": True}
    tomorrow = begin(content, "evening", Past(MORNING + timedelta(days=1)), **memory)
    assert left_out(tomorrow) == {}
    assert tomorrow.session.course.steps[0].exercise == "one_knee_to_chest"


@pytest.mark.parametrize(
    ("wishes", "exercise", "level"),
    [
        (["easier"], "one_knee_to_chest", (10, 3)),
        (["easier", "easier"], "one_knee_to_chest", (10, 2)),
        (["easier", "easier", "easier"], "one_knee_to_chest", (10, 2)),
        (["harder"], "knees_to_chest", (20, 5)),
        (["harder", "harder"], "knees_to_chest", (20, 5)),
        (["shorter_hold"], "one_knee_to_chest", (10, 3)),
        (["easier", "harder"], "knees_to_chest", (15, 3)),
    ],
)
def test_easier_harder_and_shorter_stay_on_the_levels(content, wishes, exercise, level):
    talk = begin(content, "knees_to_chest").until_ready().until(State.HOLD).until(State.REST)
    for wish in wishes:
        talk.says(wish)
    dose = talk.session.today.doses["knees_to_chest"]
    assert (dose.exercise.id, (dose.hold_seconds, dose.repetitions)) == (exercise, level)
    talk.to_its_end()
    assert talk.notes("session")[-1]["action"] == "done"


def test_harder_goes_one_step_above_the_ladder_and_never_on_an_easier_day(content):
    low = {"ladder.knees_to_chest": {"level": 1}}
    talk = begin(content, "knees_to_chest", **low).until(State.READY).says("harder").says("harder")
    assert talk.session.today.doses["knees_to_chest"].repetitions == 4
    assert talk.prompts()[-1] == "change.no_harder"
    leg = begin(content, "knees_to_chest", replies={State.LEG_NOW: ("yes", {})})
    assert leg.until(State.READY).says("harder").prompts()[-1] == "change.no_harder"


def test_what_was_made_easier_by_voice_does_not_climb(content):
    talk = begin(content, "rotation").until(State.READY).says("easier").to_its_end()
    assert talk.session.memory["last"]["done"] == []


def test_the_person_may_say_which_side_comes_first(content):
    for side, other in (("right", "left"), ("left", "right")):
        talk = begin(content, "rotation").until(State.READY).says(side)
        assert talk.prompts()[-1] == f"change.{side}"
        talk.to_its_end()
        assert [hold["side"] for hold in talk.notes("hold")] == [side, other] * 2
        assert talk.session.memory["last"]["done"] == ["rotation"]
    assert begin(content, "knees_to_chest").until(State.READY).says("left").prompts()[-1] == "change.no_left"


def test_the_first_side_takes_turns_by_the_day(content):
    days = (begin(content, "rotation", Past(MORNING + timedelta(days=n))).to_its_end() for n in range(3))
    assert [talk.notes("hold")[0]["side"] for talk in days] == ["left", "right", "left"]


@pytest.mark.parametrize(("held", "offered"), [(2.0, True), (6.0, False)])
def test_a_side_that_had_less_is_offered_a_repair(content, held, offered):
    talk = begin(content, "rotation").until_ready().until(State.HOLD).waits(held).says("next")
    talk.to_its_end()
    assert ("side.repair_left" in talk.prompts()) is offered
    left = [n for n in talk.notes("hold") if n["side"] == "left" and n["completed"]]
    assert len(left) == (2 if offered else 1)


@pytest.mark.parametrize("counting", ["all", "few"])
def test_breathing_is_told_where_there_is_room_for_it(content, counting):
    session = Session(content, dict(DONE_BEFORE), Choice(counting=counting), Past(MORNING))
    talk = Conversation(session, content).open().until_quiet().says("start", routine="knees_to_chest")
    talk.answers_questions().to_its_end()
    holds = len(talk.notes("hold"))
    assert talk.prompts().count("breathe.hold") == (holds if counting == "few" else 0)
    assert talk.prompts().count("breathe.rest") == 1


# ---- after


def test_afterwards_it_asks_sums_up_and_the_next_session_remembers(content):
    talk = begin(content, "rotation").until(State.READY).says("ready")
    talk.to_its_end({State.PAIN_AFTER: ("number", {"score": 4})})
    pains = [(n["when"], n["score"]) for n in talk.notes("pain")]
    assert pains[:2] == [("before", 2), ("after", 4)]
    assert "summary.more" in talk.prompts()
    assert talk.session.memory["last"]["after"] == 4
    assert "before.last_time" in begin(content, "rotation", **talk.session.memory).prompts()


def test_a_leg_afterwards_ends_in_what_to_do(content):
    talk = begin(content, "rotation").to_its_end({State.LEG_AFTER: ("yes", {})})
    assert "pain.leg_end" in talk.prompts()
    assert talk.session.memory["last"]["leg"] is True


def test_how_am_i_doing_tells_mornings_and_evenings_apart(content):
    talk = (
        begin(content, past=Past(MORNING, mornings=3, evenings=1), last=LAST).until(State.READY).until_quiet()
    )
    talk.says("how_am_i")
    assert talk.prompts()[-2:] == ["answer.streak", "answer.pain_since"]
