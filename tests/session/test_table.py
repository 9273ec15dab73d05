from voicecoach.session.entering import ASKED, ENTERING
from voicecoach.session.states import CHOICES, LIVE, State
from voicecoach.session.table import ANSWERS, SAFETY, SAYS, SILENCES, TRANSITIONS, TRIGGERS, live_intents


def test_every_live_state_hears_stop_pause_pain_help_and_repeat():
    for state in LIVE:
        assert live_intents(state) >= {*SAFETY, *ANSWERS, "finish"}, state


def test_every_state_can_be_reached_and_left():
    reached = set(TRANSITIONS.values()) | {State.IDLE}
    reached |= {state for targets in CHOICES.values() for state in targets}
    assert reached >= set(LIVE) | {State.ENDED}
    assert {state for state, _ in TRANSITIONS} == set(LIVE)


def test_every_choice_is_led_to():
    assert set(CHOICES) <= set(TRANSITIONS.values())


def test_every_state_that_waits_for_an_answer_ends_in_silence_somewhere_and_never_goes_on_with_the_exercise():
    for state in SILENCES:
        assert TRANSITIONS[state, "silence"] in (State.PAUSED, State.CLOSING, State.SAFE_END), state


def test_a_state_either_waits_for_a_person_or_ends_by_itself():
    for state in LIVE:
        by_itself = (state, "over") in TRANSITIONS
        assert by_itself != (state in SILENCES), state


def test_every_state_says_something_or_comes_from_a_row_that_does():
    silent = {state for state in LIVE if state not in {*ENTERING, *SAYS, *ASKED}}
    assert silent == {State.PAUSED}  # its words depend on what led there


def test_the_safety_questions_ask_once_more_and_then_end():
    for state in (State.PAIN_LEG, State.PAIN_SCORE, State.PAIN_OFFER):
        assert len(SILENCES[state]) == 2
        assert TRANSITIONS[state, "silence"] is State.SAFE_END


def test_a_trigger_is_no_intent():
    for state in LIVE:
        assert not live_intents(state) & set(TRIGGERS)
