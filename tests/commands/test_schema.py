import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

from voicecoach import resources
from voicecoach.commands.schema import Kind, text_of

SCHEMAS = resources.PACKAGE / "schemas"
SHIPPED = [
    *((Kind.GRAMMAR, path) for path in resources.grammars().rglob("*.toml")),
    *((Kind.PERSON, path) for path in (resources.PACKAGE / "rehearsal" / "persons").glob("*.toml")),
    (Kind.EXERCISES, resources.content() / "exercises.toml"),
]
ROUTINE = {
    "exercises": ["rotation", {"exercise": "bridge", "repetitions": 2}],
    "own": {"bridge": {"kind": "core", "levels": [{"hold_seconds": 5, "repetitions": 3}], "words": {}}},
}


def complaints(kind: Kind, data: object) -> list[str]:
    validator = jsonschema.Draft202012Validator(json.loads(text_of(kind)))
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("kind", Kind)
def test_each_schema_is_a_schema(kind):
    jsonschema.Draft202012Validator.check_schema(json.loads(text_of(kind)))


@pytest.mark.parametrize(("kind", "path"), SHIPPED, ids=lambda each: getattr(each, "stem", each))
def test_the_shipped_files_fit_their_schema_and_a_first_line_that_names_one_names_theirs(kind, path):
    text = path.read_text(encoding="utf-8")
    assert complaints(kind, tomllib.loads(text)) == []
    first, _, named = text.splitlines()[0].partition(" ")
    if first == "#:schema":
        assert (path.parent / named).resolve() == (SCHEMAS / f"{kind.value}.json").resolve()


def test_a_routine_needs_the_words_of_its_own_exercises():
    assert {message.split("'")[1] for message in complaints(Kind.ROUTINE, ROUTINE)} >= {"name", "position"}


def test_a_typing_mistake_does_not_fit():
    assert complaints(Kind.ROUTINE, {"exercises": ["rotation"], "exercise": []})
    assert complaints(Kind.SETTINGS, {"langue": "en"})
    assert complaints(Kind.ROUTINE, {"exercises": [{"exercise": "rotation", "repetitions": 300}]})
    assert complaints(Kind.SETTINGS, {"lang": "en", "rate_wpm": 160}) == []


def test_every_setting_is_described():
    settings = json.loads(text_of(Kind.SETTINGS))
    assert [name for name, each in settings["properties"].items() if not each.get("description")] == []


def test_the_files_that_have_a_schema_exist():
    assert len(SHIPPED) > len(Kind)
    assert all(Path(path).is_file() for _, path in SHIPPED)
