import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.toml_places import explain, places, with_line

TEXT = '''# a routine
name = "my [own] # morning"
exercises = [
  "rotation",   # alone
  { exercise = "bridge", repetitions = 3.5 },
]

[own.bridge]
levels = [{ hold_seconds = 5, repetitions = 3 },
  { hold_seconds = 5, repetitions = 30 }
  ]
[own.bridge.words]
"start" = """
Up.
"""
again = 'Up'

[[lines]]
say = "a"
[[lines]]
say = "b"
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("name", 2),
        ("exercises", 3),
        ("exercises.0", 4),
        ("exercises.1.repetitions", 5),
        ("own.bridge", 8),
        ("own.bridge.levels.0.hold_seconds", 9),
        ("own.bridge.levels.1.repetitions", 10),
        ("own.bridge.words.start", 13),
        ("own.bridge.words.again", 16),
        ("lines.0.say", 19),
        ("lines.1.say", 21),
    ],
)
def test_every_key_is_found_in_its_line(place, line):
    tomllib.loads(TEXT)
    assert places(TEXT)[tuple(place.split("."))] == line


def test_the_line_comes_into_the_message(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    told = with_line(f"{path}: exercises.1.repetitions: this must be a whole number.")
    assert told == f"{path}, line 5: exercises.1.repetitions: this must be a whole number."


def test_a_file_that_is_no_toml_is_told_as_it_is(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("exercises = [=\n", encoding="utf-8")
    told = f"{path}: is not valid TOML: Invalid value (at line 1, column 14)."
    assert with_line(told) == told


def test_a_key_that_is_missing_is_told_at_its_table(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(TEXT, encoding="utf-8")
    assert ", line 8: " in with_line(f"{path}: own.bridge.kind: this key is missing.")


def test_a_text_that_the_reason_quotes_is_found_below_its_place(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('[intents.go]\nsentences = [\n "go",\n "go (on",\n]\n', encoding="utf-8")
    assert ", line 4: " in with_line(f"{path}: intents.go: 'go (on': '(' is never closed.")


@pytest.mark.parametrize("problem", ["There is no routine 'x'.", "/none.toml: name: missing."])
def test_other_problems_stay_as_they_are(problem):
    assert with_line(problem) == problem


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("name = mine", "quotes"),
        ('name = "mine', "closing quote"),
        ("exercises = ['a' 'b']", "comma"),
        ("exercises = {a = 1 b = 2}", "comma"),
        ("a = 1\na = 2", "twice"),
        ("[a]\n[a]", "twice"),
        ("one two = 3", "comment"),
        ("a = 1 b = 2", "one key a line"),
        ("[]", "a name is missing"),
    ],
)
def test_a_mistake_of_syntax_is_told_with_its_line_and_in_words(text, hint):
    with pytest.raises(tomllib.TOMLDecodeError) as caught:
        tomllib.loads(text)
    assert hint in explain(caught.value)
    assert "at line" in explain(caught.value) or "at end of document" in explain(caught.value)


@given(st.text(alphabet="ab=\"'[]{},.#\n 1\\"))
def test_no_valid_file_is_too_strange_to_be_read(text):
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    assert {name for name, *_ in places(text)} >= {key for key in data if key and key.strip("\"'") == key}


def test_every_key_of_the_shipped_files_is_found():
    for path in Path("voicecoach").rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        found = places(text)
        assert {(key,) for key in tomllib.loads(text)} <= {place[:1] for place in found}, path
