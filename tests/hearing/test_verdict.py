"""When a phrase stands: by itself, against free decoding, against its rivals."""

import math
from collections.abc import Mapping

import pytest

from voicecoach.hearing.automaton import DECOY
from voicecoach.hearing.beam_search import Found, Hypothesis
from voicecoach.hearing.verdict import FAR, NOTHING, Figures, Verdict, fits, judge, weigh

SAFETY = frozenset({"stop"})
SLOTTED = frozenset({"number"})


def heard(text: str, meaning: str, log_probability: float, tokens: int = 2) -> Hypothesis:
    return Hypothesis(
        text, frozenset({meaning}), log_probability, log_probability, tokens, (0,) * (tokens - 1)
    )


def judged(
    *hypotheses: Hypothesis,
    free: float = -0.5,
    going_on: bool = False,
    unheard: Mapping[str, float] | None = None,
) -> Verdict:
    ranked = tuple(sorted(hypotheses, key=lambda each: -each.score))
    by_itself = None if unheard is None else lambda each: unheard[each.text]
    return judge(Found(ranked, "", free), SLOTTED, SAFETY, going_on=going_on, unheard=by_itself)


def figures_of(*hypotheses: Hypothesis, free: float = -0.5) -> Figures:
    weighed = weigh(Found(hypotheses, "", free), SLOTTED)
    assert weighed is not None
    return weighed[1]


def test_a_clear_phrase_stands() -> None:
    verdict = judged(heard("go on", "resume", -0.4))
    assert (verdict.text, verdict.meanings, verdict.accepted) == ("go on", {"resume"}, True)
    assert verdict.confidence > 0.9


def test_where_nothing_of_the_grammar_came_near_there_is_nothing() -> None:
    assert judged() == NOTHING
    assert judged(heard("on", DECOY, -0.1)) == NOTHING
    assert not NOTHING.accepted


def test_an_improbable_phrase_is_told_and_does_not_stand() -> None:
    verdict = judged(heard("skip", "skip", -9.0), free=-8.0)
    assert (verdict.text, verdict.accepted) == ("skip", False)
    assert verdict.confidence < 0.5


def test_a_long_phrase_may_be_less_probable_than_a_short_decoy() -> None:
    decoy = heard("on", DECOY, -11.0)
    start = heard("start the morning routine", "start", -11.5, tokens=12)
    assert judged(start, decoy, free=-6.0).accepted
    assert not judged(heard("one", "number", -2.5), heard("on", DECOY, -2.0)).accepted
    assert not judged(
        heard("start the morning routine", "start", -15.0, tokens=12), decoy, free=-6.0
    ).accepted


def test_a_phrase_does_not_stand_where_other_words_fit_much_better() -> None:
    assert judged(heard("skip", "skip", -3.5), free=-2.0).accepted
    assert not judged(heard("skip", "skip", -3.5), free=-0.0).accepted


def test_of_two_phrases_about_as_likely_none_stands() -> None:
    assert judged(heard("yes", "yes", -1.0), heard("next", "next", -3.0)).accepted
    assert not judged(heard("yes", "yes", -1.0), heard("next", "next", -1.1)).accepted


def test_phrases_that_mean_the_same_help_each_other() -> None:
    alone = figures_of(heard("ready", "ready", -1.0), heard("next", "next", -2.0))
    together = figures_of(
        heard("ready", "ready", -1.0), heard("i'm ready", "ready", -1.0), heard("next", "next", -2.0)
    )
    assert together.total == pytest.approx(-1.0 + math.log(2))
    assert together.margin == pytest.approx(alone.margin + math.log(2))


def test_values_of_a_list_rival_each_other() -> None:
    assert figures_of(heard("one", "number", -1.0), heard("nine", "number", -1.2)).margin == pytest.approx(
        0.2
    )
    assert not judged(heard("one", "number", -1.0), heard("nine", "number", -1.1)).accepted


def test_a_decoy_that_fits_better_takes_the_word_away() -> None:
    assert judged(heard("one", "number", -1.5), heard("on", DECOY, -4.0)).accepted
    assert not judged(heard("one", "number", -1.5), heard("on", DECOY, -1.2)).accepted


def test_stop_is_believed_where_another_word_would_not_be() -> None:
    assert judged(heard("stop", "stop", -5.0), free=-3.0).accepted
    assert not judged(heard("skip", "skip", -5.0), free=-3.0).accepted


def test_while_speech_goes_on_stop_must_be_as_sure_as_any_word() -> None:
    assert not judged(heard("stop", "stop", -5.0), free=-3.0, going_on=True).accepted
    assert judged(heard("stop", "stop", -1.0), free=-0.8, going_on=True).accepted


def test_a_long_sentence_may_be_less_probable_than_a_word() -> None:
    assert not judged(heard("skip", "skip", -8.0, tokens=2), free=-7.0).accepted
    assert judged(heard("what can i say", "help", -8.0, tokens=6), free=-7.0).accepted


def test_of_two_phrases_heard_as_badly_the_one_that_is_rare_by_itself_stands() -> None:
    unheard = {"stop": -14.0, "coach stop": -28.0}
    assert not judged(heard("stop", "stop", -9.0), free=-6.0, unheard=unheard).accepted
    assert judged(heard("coach stop", "stop", -9.0), free=-6.0, unheard=unheard).accepted


def test_a_decoy_that_is_always_likely_takes_no_rare_phrase_away() -> None:
    sounds = heard("coach stop", "stop", -5.0), heard("and", DECOY, -4.5)
    assert not judged(*sounds, free=-4.0).accepted
    assert judged(*sounds, free=-4.0, unheard={"coach stop": -28.0, "and": -10.0}).accepted


def test_what_is_no_safety_phrase_is_not_held_against_what_it_is_by_itself() -> None:
    assert judged(heard("yes", "yes", -1.0), unheard={}).accepted


def test_confidence_is_one_half_where_the_tightest_threshold_is_just_met() -> None:
    before = [judged(heard("skip", "skip", -4.0 + step / 10), free=-3.0) for step in range(-10, 11)]
    assert [each.accepted for each in before] == [each.confidence > 0.5 for each in before]
    assert [each.confidence for each in before] == sorted(each.confidence for each in before)
    assert before[10].confidence == pytest.approx(0.5)


def test_a_phrase_without_rivals_is_as_far_ahead_as_can_be() -> None:
    figures = figures_of(heard("yes", "yes", -1.0))
    assert (figures.margin, figures.rival) == (FAR, FAR)


@pytest.mark.parametrize(
    ("text", "said_seconds", "heard_seconds", "possible"),
    [
        ("that hurts", 0.19, 0.23, False),
        ("that hurts", 0.19, 0.74, True),  # the detector came late, and more was listened to
        ("no", 0.06, 0.1, True),
        ("stop", 2.5, 3.0, True),
        ("stop stop stop", 8.4, 9.0, False),
        ("the pain is worse and it goes into my leg", 3.0, 3.5, True),
    ],
)
def test_a_phrase_takes_its_time(
    text: str, said_seconds: float, heard_seconds: float, possible: bool
) -> None:
    assert fits(text, said_seconds, heard_seconds) == possible
