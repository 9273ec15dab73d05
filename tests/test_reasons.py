from pathlib import Path

import pytest

from voicecoach.content.models import Content
from voicecoach.errors import ContentError, VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.rehearsal.script import load_script
from voicecoach.toml_places import with_line

ROUTINE = """
exercises = ["rotation", { exercise = "bridge", repetition = 3 }]
[own.bridge]
kind = "strength"
levels = [{ hold_seconds = 90, repetitions = 2.5 }]
[own.bridge.words]
name = ""
"""


def problems_of(read, path: Path, text: str) -> list[str]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(VoicecoachError) as caught:
        read(path)
    return [with_line(problem).removeprefix(f"{path}, ") for problem in caught.value.problems]


def test_a_routines_mistakes_are_told_in_words_with_their_lines(tmp_path):
    assert problems_of(Content.load("en").load_routine, tmp_path / "mine.toml", ROUTINE) == [
        "line 7: own.bridge.words.name: must be a sentence or a list of them, none empty.",
        "line 4: own.bridge.kind: this must be 'core' or 'flexibility'.",
        "line 5: own.bridge.levels.0.hold_seconds: this may be at most 60.",
        "line 5: own.bridge.levels.0.repetitions: this must be a whole number.",
        "line 2: exercises.1.repetition: this key is not known here; perhaps 'repetitions' is meant.",
    ]


def test_a_grammars_mistakes_are_told_in_words_with_their_lines(tmp_path):
    text = 'language = "en"\n[intents.go]\nsentence = ["go"]\n[lists.n]\nrange = {from = 1, to = "two"}\n'
    assert problems_of(Grammar.load, tmp_path / "g.toml", text) == [
        "line 2: intents.go.sentences: this key is missing.",
        "line 3: intents.go.sentence: this key is not known here; perhaps 'sentences' is meant.",
        "line 5: lists.n.range.to: this must be a whole number.",
    ]


def test_a_persons_mistakes_are_told_in_words_with_their_lines(tmp_path):
    text = 'language = "en"\nvoice = "en"\n[[lines]]\nsay = "yes"\nafter = "ball.ask"\ntime = 2\n'
    assert problems_of(load_script, tmp_path / "p.toml", text) == [
        "line 6: lines.0.time: this key is not known here; perhaps 'times' is meant."
    ]


def test_a_mistake_of_syntax_says_what_is_missing(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('exercises = ["rotation" "bridge"]', encoding="utf-8")
    with pytest.raises(ContentError, match="a closing ']' or a comma"):
        Content.load("en").load_routine(path)
