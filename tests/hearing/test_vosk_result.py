import json

from voicecoach.hearing.vosk_result import (
    LIMITS,
    OF_NUMBERS,
    Alternative,
    Finding,
    Limits,
    judge,
    read_alternatives,
)

PHRASES = {"남았 어요": "남았어요", "다음": "다음", "다음 요": "다음요"}
MEANINGS = {"남았어요": "how_long", "다음": "next", "다음요": "next"}


def answer(*texts: tuple[str, float]) -> str:
    """Vosk's JSON: word sequences and their likelihoods; empty text is silence."""
    return json.dumps({"alternatives": [{"confidence": likely, "text": text} for text, likely in texts]})


def judged(*texts: tuple[str, float], limits: Limits = LIMITS) -> Finding:
    return judge(read_alternatives(answer(*texts)), PHRASES, MEANINGS.__getitem__, limits)


def test_alternatives_come_with_how_much_less_likely_they_are() -> None:
    told = read_alternatives(answer(("다음", 317.5), ("남았 어요", 320.0)))
    assert told == (Alternative("남았 어요", 0.0), Alternative("다음", 2.5))


def test_silence_is_no_alternative_where_somebody_spoke() -> None:
    assert read_alternatives(answer(("", 10.0))) == ()
    assert read_alternatives(answer(("", 10.0), ("다음", 9.0))) == (Alternative("다음", 1.0),)
    assert read_alternatives('{"text": ""}') == ()
    assert judge((), PHRASES, MEANINGS.__getitem__) == Finding()
    assert Finding().confidence == 0


def test_a_phrase_is_found_behind_a_stray_syllable() -> None:
    found = judged(("남았 어요 어", 320.0), ("남았 어요", 318.0))
    assert (found.text, found.phrase, found.sure) == ("남았 어요", "남았어요", True)
    assert 0.5 < found.confidence < 1


def test_a_phrase_far_behind_the_likeliest_words_is_not_believed() -> None:
    found = judged(("어요 어요 다음", 320.0), ("다음", 314.5))
    assert (found.phrase, found.sure) == ("다음", False)


def test_of_two_phrases_about_as_likely_none_is_believed() -> None:
    assert not judged(("다음", 320.0), ("남았 어요", 318.5)).sure
    assert judged(("다음", 320.0), ("남았 어요", 317.9)).sure


def test_a_number_has_to_be_clearer_than_a_word() -> None:
    near = (("다음", 320.0), ("남았 어요", 317.5))
    assert judged(*near).sure
    assert not judged(*near, limits=OF_NUMBERS).sure
    far = (("어요 다음", 320.0), ("다음", 316.5))
    assert judged(*far).sure
    assert not judged(*far, limits=OF_NUMBERS).sure


def test_two_phrases_that_mean_the_same_do_not_rival_each_other() -> None:
    assert judged(("다음", 320.0), ("다음 요", 319.9)) == Finding("다음", "다음", 0.0, sure=True)


def test_words_that_are_no_phrase_are_told_and_not_believed() -> None:
    assert judged(("어요 어요", 320.0)) == Finding("어요 어요", "", 0.0)
