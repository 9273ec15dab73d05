from pathlib import Path

import pytest

from bench.recordings import Heard, Recording
from bench.scoring import ByMeaning, score
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Transcript

GRAMMAR = Grammar.parse(
    {"language": "en", "intents": {"stop": {"sentences": ["stop", "halt"]}, "go": {"sentences": ["go"]}}},
    "test",
)


def heard(label, *told, wait=0.25):
    transcripts = tuple(Transcript(text, 0, 100, sure, sure > 0.5) for text, sure in told)
    result = Heard(transcripts, (wait,) * len(told), computed=0.5, seconds=10.0)
    return Recording(Path(label or "-"), label), result


def test_what_means_the_same_is_right_and_everything_else_accepted_is_wrong():
    result = score(
        [
            heard("stop", ("halt", 0.9)),
            heard("stop", ("stop", 0.4)),
            heard("go", ("stop", 0.9)),
            heard("", ("go", 0.8), ("go", 0.7)),
        ],
        ByMeaning(GRAMMAR),
    )
    assert (result.right, result.best, result.wrong) == (1, 2, 2)
    assert result.lanes == {"safety": 1, "normal": 2}
    assert result.hourly("normal") == pytest.approx(180)
    assert result.mistakes == ("go>stop", "->go", "->go")


def test_both_answers_to_one_recording_count_for_it_once():
    result = score([heard("stop", ("stop", 0.9), ("stop", 0.8))], ByMeaning(GRAMMAR))
    assert (result.right, result.wrong) == (1, 0)


def test_waits_are_those_of_what_was_accepted():
    result = score([heard("stop", ("stop", 0.9)), heard("go", ("go", 0.2), wait=9)], ByMeaning(GRAMMAR))
    assert result.wait(95) == pytest.approx(0.25)
    assert result.load == pytest.approx(0.05)


def test_where_nothing_was_accepted_there_is_no_wait():
    assert score([heard("stop")], ByMeaning(GRAMMAR)).wait(50) == 0
