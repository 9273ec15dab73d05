"""A model's graph, with its words and without its language model."""

import struct

import pytest

from voicecoach.hearing.vosk_graph import BOTH_TABLES, FST_MAGIC, TABLE_MAGIC, TABLE_OF_OUTPUT, words_only


def text(part: bytes) -> bytes:
    return struct.pack("<i", len(part)) + part


def table(*words: bytes) -> bytes:
    head = struct.pack("<i", TABLE_MAGIC) + text(b"words.txt") + struct.pack("<qq", len(words), len(words))
    return head + b"".join(text(word) + struct.pack("<q", n) for n, word in enumerate(words))


def graph(*tables: bytes, flags: int = BOTH_TABLES, magic: int = FST_MAGIC) -> bytes:
    head = struct.pack("<i", magic) + text(b"ngram") + text(b"standard")
    return head + struct.pack("<iiQqqq", 4, flags, 1, 0, 9, 9) + b"".join(tables) + b"the language model"


WORDS = table(b"<eps>", "정지".encode(), b"stop")


def test_the_words_stay_once_and_the_language_model_goes() -> None:
    left = words_only(graph(WORDS, WORDS))
    assert left is not None
    assert left.count(WORDS) == 1
    assert b"the language model" not in left
    assert left.startswith(struct.pack("<i", FST_MAGIC) + text(b"vector") + text(b"standard"))
    assert struct.unpack_from("<iiQqqq", left, 4 + 10 + 12)[1:] == (TABLE_OF_OUTPUT, 3, 0, 1, 0)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(
            b"no graph at all, but a text that is longer than a header of one would be", id="a text"
        ),
        pytest.param(graph(WORDS, WORDS)[:40], id="cut in its header"),
        pytest.param(graph(WORDS, WORDS[:30]), id="cut in its second table"),
        pytest.param(graph(WORDS, table(b"<eps>", b"go")), id="other words out than in"),
        pytest.param(graph(WORDS, flags=TABLE_OF_OUTPUT), id="one table"),
        pytest.param(graph(WORDS, WORDS, magic=1), id="another format"),
    ],
)
def test_what_is_laid_out_otherwise_is_left_alone(other: bytes) -> None:
    assert words_only(other) is None
