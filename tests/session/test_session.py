"""Sessions as conversations: the person's words are intents here, the recognisers have tests of their own."""

import pytest

from tests.session.conversation import DONE_BEFORE, Conversation, begin
from voicecoach.content.models import Content
from voicecoach.session.choice import Choice
from voicecoach.session.effects import Say
from voicecoach.session.session import Session
from voicecoach.session.states import State


@pytest.fixture(params=["en", "ko"])
def content(request: pytest.FixtureRequest) -> Content:
    return Content.load(request.param)


def holds(talk: Conversation, exercise: str) -> list[dict]:
    return [span for span in talk.notes("hold") if span["exercise"] == exercise]


def test_a_morning_goes_through_all_four_exercises_and_is_done(content):
    talk = begin(content).to_its_end()
    done = [note["name"] for note in talk.notes("exercise") if note["action"] == "done"]
    assert done == ["abdominal_contraction", "ball_alternation", "knees_to_chest", "rotation"]
    assert talk.notes("session")[-1]["action"] == "done"
    assert talk.prompts()[-1] == "session.closing"


def test_the_leaflets_doses_are_kept(content):
    talk = begin(content).to_its_end()
    assert [span["seconds"] for span in holds(talk, "abdominal_contraction")] == [5] * 10
    knees = holds(talk, "knees_to_chest")
    assert len(knees) == 5
    assert all(15 <= span["seconds"] <= 20 and span["side"] is None for span in knees)
    turns = holds(talk, "rotation")
    assert all(span["seconds"] == 10 for span in turns)
    assert [span["side"] for span in turns] == ["left", "right"] * (len(turns) // 2)
    assert 2 <= len(turns) / 2 <= 3
    moves = talk.notes("move")
    assert [span["side"] for span in moves] == ["left", "right"] * (len(moves) // 2)
    assert sum(span["seconds"] for span in moves) <= 60


def test_every_hold_lasts_its_seconds_and_counts_each_of_them(content):
    talk = begin(content).to_its_end()
    for span in talk.notes("hold"):
        assert span["completed"]
        assert span["end"] - span["start"] == pytest.approx(span["seconds"], abs=1e-6)
        counted = [(at - span["start"], n) for at, n in talk.counts() if span["start"] <= at < span["end"]]
        seconds = int(span["seconds"])
        assert counted == [(pytest.approx(seconds - n), n) for n in range(seconds, 0, -1)]


def test_few_counts_tell_halfway_and_the_last_three(content):
    session = Session(content, dict(DONE_BEFORE), Choice(counting="few"))
    talk = Conversation(session, content).open().until_quiet().says("start", routine="rotation").to_its_end()
    for span in talk.notes("hold"):
        assert [n for at, n in talk.counts() if span["start"] <= at < span["end"]] == [5, 3, 2, 1]
    assert "halfway" in talk.cues()


def test_the_first_session_tells_the_rules_in_full_and_the_next_in_short(content):
    first = begin(content, told_rules=False).until(State.POSITION)
    assert "session.rules" in first.prompts()
    assert first.remembered()["told_rules"] is True
    later = begin(content).until(State.POSITION)
    assert "session.rules_brief" in later.prompts()
    assert "session.rules" not in later.prompts()


def test_the_ball_is_asked_for_once_and_remembered(content):
    memory = {key: value for key, value in DONE_BEFORE.items() if key != "has_ball"}
    talk = Conversation(Session(content, memory), content).open().until_quiet()
    talk.says("start", routine="morning").to_its_end({State.BALL_QUESTION: ("no", {})})
    assert talk.prompts().count("ball.ask") == 1
    assert talk.remembered()["has_ball"] is False
    left_out = [n for n in talk.notes("exercise") if n["action"] == "left_out"]
    assert [(n["name"], n["reason"]) for n in left_out] == [("ball_alternation", "no ball")]
    assert "left_out.ball" in talk.prompts()
    assert not talk.notes("move")


def test_stop_is_silent_at_once_and_go_on_leads_in_and_does_the_repetition_again(content):
    talk = begin(content, "rotation").until_ready().until(State.HOLD).waits(4.0)
    talk.says("stop")
    assert talk.session.state is State.PAUSED
    assert talk.notes("hold")[-1]["completed"] is False
    assert talk.prompts()[-1] == "pause.paused"
    talk.until_quiet().says("resume")
    assert talk.session.state is State.LEAD_IN
    talk.until(State.HOLD)
    talk.to_its_end()
    assert [s["side"] for s in talk.notes("hold") if s["completed"]] == ["left", "right", "left", "right"]


def test_a_pause_in_the_rest_goes_on_with_the_next_repetition(content):
    talk = begin(content, "abdominal_contraction").until_ready().until(State.REST)
    talk.says("pause").until_quiet().says("resume").to_its_end()
    reps = [span["rep"] for span in talk.notes("hold") if span["completed"]]
    assert reps == list(range(1, 11))


def test_stop_while_paused_ends_the_session_as_stopped(content):
    talk = begin(content).until_ready().until(State.HOLD).says("stop").until_quiet().says("stop")
    assert talk.session.state is State.CLOSING
    talk.until(State.ENDED)
    assert talk.notes("session")[-1]["action"] == "stopped"


def test_finish_ends_with_the_closing_words(content):
    talk = begin(content).until_ready().until(State.HOLD).says("finish").to_its_end()
    assert "after.stopped" in talk.prompts()
    assert talk.prompts()[-1] == "session.closing_stopped"


def test_pain_leaves_the_exercise_out_asks_leg_and_strength_and_offers_the_next(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pain")
    assert talk.session.state is State.PAIN_LEG
    assert talk.prompts()[-1] == "pain.leg_or_numb"
    talk.until_quiet().says("no").until_quiet().says("number", score=6)
    assert talk.session.state is State.PAIN_OFFER
    assert talk.notes("pain")[-1]["score"] == 6
    talk.until_quiet().says("yes").to_its_end()
    skipped = [(n["name"], n["reason"]) for n in talk.notes("exercise") if n["action"] == "skipped"]
    assert skipped == [("abdominal_contraction", "pain")]
    assert [s["rep"] for s in holds(talk, "abdominal_contraction") if s["completed"]] == []


def test_pain_that_goes_into_a_leg_ends_the_session_with_what_to_do(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pain").until_quiet().says("yes")
    assert talk.session.state is State.LEG_END
    talk.until(State.ENDED)
    assert "pain.leg_end" in talk.prompts()
    assert talk.notes("session")[-1]["action"] == "stopped"


def test_numbness_ends_the_session_without_a_question(content):
    talk = begin(content).until_ready().until(State.HOLD).says("numb").until(State.ENDED)
    assert "pain.leg_end" in talk.prompts()


def test_silence_at_a_safety_question_is_asked_once_more_and_then_ends(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pain").until(State.ENDED)
    assert talk.prompts().count("pain.leg_or_numb") == 2
    assert "pain.safe_end" in talk.prompts()
    assert talk.notes("session")[-1]["action"] == "stopped"


def test_pain_in_the_last_exercise_leaves_nothing_to_go_on_with(content):
    talk = begin(content, "rotation").until_ready().until(State.HOLD).says("pain").until_quiet()
    talk.says("no").until_quiet().says("number", score=3)
    assert talk.session.state is State.CLOSING
    assert "pain.last" in talk.prompts()


def test_three_times_nothing_when_ready_was_asked_for_pauses_aloud(content):
    talk = begin(content).until(State.READY).until(State.PAUSED)
    assert talk.prompts()[-1] == "pause.nobody"
    assert "help.ready" in talk.prompts()


def test_a_pause_that_nobody_ends_closes_the_session(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pause").until(State.ENDED)
    assert talk.notes("session")[-1]["action"] == "stopped"


def test_a_television_does_not_keep_a_pause_open(content):
    talk = begin(content).until_ready().until(State.HOLD).says("pause")
    paused_at = talk.now
    while talk.session.state is State.PAUSED:
        talk.waits(5).mumbles()
        assert talk.now < paused_at + 900
    assert talk.session.state is State.CLOSING
    assert talk.now > paused_at + 600
    assert talk.prompts().count("help.paused") == 1


def test_what_was_not_understood_is_asked_for_once_then_what_can_be_said(content):
    talk = begin(content).until(State.READY).until_quiet()
    talk.mumbles().until_quiet().mumbles().until_quiet().mumbles()
    assert talk.prompts()[-2:] == ["not_understood.short", "help.ready"]
    assert talk.cues().count("not_understood") == 3


def test_questions_are_answered_without_leaving_the_place(content):
    talk = begin(content).until(State.READY).until_quiet()
    for intent in ("how_long", "how_many", "whats_next", "why", "help", "louder", "quieter"):
        before = len(talk.prompts())
        talk.says(intent).until_quiet()
        assert len(talk.prompts()) > before, intent
        assert talk.session.state is State.READY


def test_repeat_says_the_last_words_again(content):
    talk = begin(content).until(State.READY).until_quiet().says("repeat")
    assert talk.prompts()[-2:] == ["ready.ask", "ready.ask"]


def test_skip_goes_to_the_next_exercise_and_previous_back(content):
    talk = begin(content).until(State.READY).says("skip")
    assert talk.session.course.exercise == "ball_alternation"
    talk.until(State.READY).says("previous")
    assert talk.session.course.exercise == "abdominal_contraction"


def test_previous_within_an_exercise_starts_it_again(content):
    talk = begin(content).until_ready().until(State.HOLD).says("previous")
    assert (talk.session.state, talk.session.course.exercise) == (State.POSITION, "abdominal_contraction")


def test_a_calmer_pace_lengthens_the_rest_and_never_the_hold(content):
    quick = begin(content, "abdominal_contraction").until_ready()
    quick.says("count_slower").to_its_end()
    assert {span["seconds"] for span in quick.notes("hold")} == {5}
    assert all(s["end"] - s["start"] == pytest.approx(5) for s in quick.notes("hold"))


def test_the_length_is_told_at_the_start_and_is_about_right(content):
    talk = begin(content).until(State.POSITION)
    told = [e for _, e in talk.effects if isinstance(e, Say) and e.prompt == "session.length"]
    talk.to_its_end()
    assert told[0].values["minutes"] == pytest.approx(talk.now / 60, rel=0.35)


def test_the_five_minutes_are_said_and_are_about_five(content):
    talk = begin(content, "five_minutes").until(State.POSITION)
    assert "session.five_minutes" in talk.prompts()
    talk.to_its_end()
    assert talk.now <= 7 * 60


def test_an_unknown_routine_is_refused_and_the_coach_goes_on_listening(content):
    talk = begin(content, "handstands")
    assert talk.session.state is State.IDLE
    assert "answer.cannot_now" in talk.prompts()


def test_every_prompt_that_a_session_says_exists(content):
    for routine in content.routines:
        talk = begin(content, routine, told_rules=False, told_why_core=False).to_its_end()
        assert all(content.has(prompt) for prompt in talk.prompts())
