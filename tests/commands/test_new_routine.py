"""The questions of `voicecoach new-routine`, answered as in a terminal."""

import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app
from voicecoach.content.models import Content
from voicecoach.errors import VoicecoachError
from voicecoach.session.plan import WORK, compile_plan
from voicecoach.session.prescribing import doses_of

OWN = ["Side stretch", "flexibility", "y", "12", "2"]
WORDS = [
    "Side stretch.",
    "Lie on your back.",
    "Reach up.",
    "Breathe.",
    "A pull.",
    "No pain.",
    "Back.",
    "Why.",
]
TURNS = ["Left arm up, and hold.", "Right arm up, and hold.", "Left.", "Right."]


def answer(file: Path, *answers: str):
    app = build_app()
    return CliRunner().invoke(app, ["new-routine", str(file)], input="\n".join(answers) + "\n")


def test_a_routine_of_known_exercises_is_written(tmp_path):
    file = tmp_path / "mine.toml"
    done = answer(file, "before bed", "4", "n", "y", "3", "y", "15", "4", "n")
    assert done.exit_code == 0, done.output
    written = tomllib.loads(file.read_text(encoding="utf-8"))
    assert written["name"] == "before bed"
    assert written["exercises"] == [
        {"exercise": "rotation"},
        {"exercise": "knees_to_chest", "hold_seconds": 15, "repetitions": 4},
    ]


def test_an_answer_that_does_not_fit_is_asked_again(tmp_path):
    file = tmp_path / "mine.toml"
    done = answer(file, "mine", "9", "4", "y", "90", "15", "ten", "10", "2.5", "3", "n")
    assert done.exit_code == 0, done.output
    for reason in ("available options", "at most 60", "at most 10", "a number", "a whole number"):
        assert reason in done.output
    assert tomllib.loads(file.read_text(encoding="utf-8"))["exercises"][0]["repetitions"] == 3


def test_an_exercise_of_ones_own_is_written_and_can_be_done(tmp_path):
    file = tmp_path / "mine.toml"
    done = answer(file, "", "5", *OWN, *WORDS, *TURNS, "n")
    assert done.exit_code == 0, done.output
    content, routine = Content.load("en").load_routine(file)
    plan = compile_plan(doses_of(content, routine))
    turns = [(step.side, step.seconds) for step in plan if step.state in WORK]
    assert turns == [("left", 12), ("right", 12)] * 2
    assert content.text("side_stretch.again_right") == ("Right.",)


def test_a_file_that_is_there_is_left_alone(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("", encoding="utf-8")
    done = answer(file, "mine")
    assert isinstance(done.exception, VoicecoachError)
    assert "is there already" in str(done.exception)
    assert file.read_text(encoding="utf-8") == ""


def test_nothing_is_written_when_the_questions_are_left(tmp_path):
    assert answer(tmp_path / "mine.toml", "mine", "4").exit_code != 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["xx"])
def test_an_unknown_language_is_told(tmp_path, lang):
    done = CliRunner().invoke(build_app(), ["new-routine", str(tmp_path / "a.toml"), "--lang", lang])
    assert "no language 'xx'" in str(done.exception)
