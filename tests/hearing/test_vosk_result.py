import json

from voicecoach.hearing.vosk_result import LIMITS, OF_NUMBERS, Alternative, Limits, judge, read_alternatives

PHRASES = {"남았 어요": "남았어요", "다음": "다음", "다음 요": "다음요"}
MEANINGS = {"남았어요": "how_long", "다음": "next", "다음요": "next"}


def answer(*texts: tuple[str, float]) -> str:
    """Vosk's JSON: word sequences and their likelihoods; empty text is silence and has no words."""
    told = []
    for text, likelihood in texts:
        words = [{"word": word, "start": 1.0 + n, "end": 1.5 + n} for n, word in enumerate(text.split())]
        told.append({"confidence": likelihood, "text": text} | ({"result": words} if words else {}))
    return json.dumps({"alternatives": told})


def judged(*texts: tuple[str, float], limits: Limits = LIMITS) -> tuple[Alternative, bool]:
    return judge(read_alternatives(answer(*texts)), PHRASES, MEANINGS.__getitem__, limits)


def test_words_come_with_their_times_and_how_much_less_likely_they_are() -> None:
    first, second = read_alternatives(answer(("남았 어요", 320.0), ("다음", 317.5)))
    assert first == Alternative("남았 어요", 0.0, 1.0, 2.5)
    assert second == Alternative("다음", 2.5, 1.0, 1.5)


def test_silence_has_no_alternatives() -> None:
    assert read_alternatives(answer(("", 10.0))) == ()
    assert read_alternatives(answer(("", 10.0), ("다음", 9.0))) == ()
    assert read_alternatives('{"text": ""}') == ()


def test_where_somebody_spoke_silence_is_no_answer() -> None:
    (found,) = read_alternatives(answer(("", 10.0), ("다음", 9.0)), spoken=True)
    assert found == Alternative("다음", 1.0, 1.0, 1.5)
    assert read_alternatives(answer(("", 10.0)), spoken=True) == ()


def test_a_phrase_is_found_behind_a_stray_syllable() -> None:
    found, sure = judged(("남았 어요 어", 320.0), ("남았 어요", 318.0))
    assert (found.text, sure) == ("남았 어요", True)
    assert 0.5 < found.confidence < 1


def test_a_phrase_far_behind_the_likeliest_words_is_not_believed() -> None:
    found, sure = judged(("어요 어요 다음", 320.0), ("다음", 313.5))
    assert (found.text, sure) == ("다음", False)


def test_of_two_phrases_about_as_likely_none_is_believed() -> None:
    assert judged(("다음", 320.0), ("남았 어요", 319.5))[1] is False
    assert judged(("다음", 320.0), ("남았 어요", 318.5))[1] is True


def test_a_number_has_to_be_clearer_than_a_word() -> None:
    near = (("다음", 320.0), ("남았 어요", 317.5))
    assert judged(*near)[1] is True
    assert judged(*near, limits=OF_NUMBERS)[1] is False
    far = (("어요 다음", 320.0), ("다음", 316.5))
    assert judged(*far)[1] is True
    assert judged(*far, limits=OF_NUMBERS)[1] is False


def test_two_phrases_that_mean_the_same_do_not_rival_each_other() -> None:
    assert judged(("다음", 320.0), ("다음 요", 319.9)) == (Alternative("다음", 0.0, 1.0, 1.5), True)


def test_words_that_are_no_phrase_are_told_and_not_believed() -> None:
    found, sure = judged(("어요 어요", 320.0))
    assert (found.text, sure) == ("어요 어요", False)
