import pytest

from voicecoach.errors import GrammarError
from voicecoach.hearing.vosk_words import Vocabulary

KOREAN = Vocabulary(
    {"남았", "남", "았", "어요", "어", "요", "정지", "얼마나", "<UNK>", "스칸디나비아"}.__contains__
)
ENGLISH = Vocabulary({"stop", "pa", "use", "[unk]", "antarctica"}.__contains__)


def test_a_word_that_the_model_knows_stays_whole() -> None:
    assert KOREAN.pieces("정지") == ("정지",)


def test_a_korean_word_is_cut_into_the_fewest_words_of_the_model() -> None:
    assert KOREAN.pieces("남았어요") == ("남았", "어요")


def test_a_korean_word_that_cannot_be_put_together_has_no_pieces() -> None:
    assert KOREAN.pieces("남았습니다") == ()


def test_a_word_is_not_put_together_from_many_syllables() -> None:
    assert KOREAN.pieces("남어요정지") == ("남", "어요", "정지")
    assert KOREAN.pieces("어요어요어요어요") == ()


def test_a_word_of_another_language_is_never_put_together() -> None:
    assert ENGLISH.pieces("pause") == ()


def test_phrases_are_found_again_by_how_the_model_writes_them() -> None:
    assert KOREAN.spell(["얼마나 남았어요", "정지"], "ko.toml") == {
        "얼마나 남았 어요": "얼마나 남았어요",
        "정지": "정지",
    }


def test_all_unknown_words_are_told_at_once_with_phrase_and_file() -> None:
    with pytest.raises(GrammarError) as caught:
        ENGLISH.spell(["stop", "pause now", "please stop"], "en.toml")
    told = caught.value.problems
    assert [problem.split(";")[0] for problem in told] == [
        "en.toml: the model has no word 'pause' (in 'pause now')",
        "en.toml: the model has no word 'now' (in 'pause now')",
        "en.toml: the model has no word 'please' (in 'please stop')",
    ]


def test_the_unknown_word_and_a_word_that_nobody_says_are_the_models_own() -> None:
    assert (KOREAN.unknown_word, KOREAN.long_word) == ("<UNK>", "스칸디나비아")
    assert (ENGLISH.unknown_word, ENGLISH.long_word) == ("[unk]", "antarctica")
    assert Vocabulary(set[str]().__contains__).unknown_word is None
