"""`voicecoach schema`: what may stand in our TOML files, as JSON Schema, for editors that check it.

The schemas come from the models that read the files, so that they cannot differ from them; what a
schema cannot say (`voicecoach validate` does) is left out.
"""

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from voicecoach import resources
from voicecoach.content.loading import EVERY_EXERCISE, read_toml
from voicecoach.content.models import Exercise, Routine
from voicecoach.errors import SettingsError

Schema = dict[str, Any]

SENTENCES: Schema = {
    "description": "A sentence, or several with a pause between them.",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}],
}


class Kind(StrEnum):
    """The files that there is a schema of."""

    ROUTINE = "routine"
    EXERCISES = "exercises"
    GRAMMAR = "grammar"
    SETTINGS = "settings"
    PERSON = "person"


def schema(
    kind: Annotated[Kind | None, typer.Argument(help="Which file's; without it all are named.")] = None,
    into: Annotated[
        Path | None, typer.Option("--into", help="Write all of them into this folder instead.")
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of file, for Taplo, VS Code and other editors.

    A first line `#:schema PATH` in a TOML file lets the editor complete and check its keys.
    """
    if into is not None:
        _write_all(into)
    elif kind is None:
        typer.echo("\n".join(f"{each.value:10} {_TITLES[each]}" for each in Kind))
    else:
        typer.echo(text_of(kind))


def text_of(kind: Kind) -> str:
    """Give a schema as JSON."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": _TITLES[kind]}
    return json.dumps({**_SCHEMAS[kind](), **head}, indent=2, ensure_ascii=False)


def _write_all(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in Kind:
            (folder / f"{kind.value}.json").write_text(text_of(kind) + "\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{folder}: the schemas cannot be written there ({error.strerror}).") from error


def _routine() -> Schema:
    """Describe a user's own routine: what Routine has but for its id, and the exercises they bring."""
    found = Routine.model_json_schema()
    own = _exercise()
    definitions = {**found.pop("$defs"), **own.pop("$defs"), "Own": own}
    properties = found["properties"]
    del properties["id"]
    known = sorted(read_toml(resources.content() / "exercises.toml"))
    name = {"type": "string", "description": f"One of {', '.join(known)}, or your own."}
    properties["exercises"]["items"] = {"anyOf": [name, properties["exercises"]["items"]]}
    own["properties"]["words"] = _words()
    own["required"] += ["words"]
    properties["own"] = {
        "type": "object",
        "description": "Exercises of your own, by name.",
        "additionalProperties": {"$ref": "#/$defs/Own"},
    }
    return {**found, "required": ["exercises"], "$defs": definitions}


def _words() -> Schema:
    beside = ("start", "again", "start_left", "start_right", "again_left", "again_right", "left", "right")
    return {
        "type": "object",
        "description": "What the coach says. Without sides: start, again; with sides: start_left and so on.",
        "properties": dict.fromkeys((*EVERY_EXERCISE, *beside), SENTENCES),
        "required": list(EVERY_EXERCISE),
        "additionalProperties": SENTENCES,
    }


def _exercise() -> Schema:
    """Describe an exercise's table; its id is the table's name, and its spoken name is among its words."""
    found = Exercise.model_json_schema()
    for key in ("id", "name"):
        found["properties"].pop(key)
    found["required"].remove("id")
    return found


def _exercises() -> Schema:
    found = _exercise()
    definitions = {**found.pop("$defs"), "Exercise": found}
    return {
        "type": "object",
        "additionalProperties": {"$ref": "#/$defs/Exercise"},
        "$defs": definitions,
    }


def _grammar() -> Schema:
    from voicecoach.hearing.grammar_file import GrammarFile

    return GrammarFile.model_json_schema(by_alias=True)


def _settings() -> Schema:
    from voicecoach.settings import Settings

    return Settings.model_json_schema()


def _person() -> Schema:
    from voicecoach.rehearsal.script import Script

    return Script.model_json_schema()


_TITLES = {
    Kind.ROUTINE: "A routine of your own",
    Kind.EXERCISES: "The doses of exercises",
    Kind.GRAMMAR: "What a person may say",
    Kind.SETTINGS: "The settings",
    Kind.PERSON: "A simulated person of a rehearsal",
}
_SCHEMAS: dict[Kind, Callable[[], Schema]] = {
    Kind.ROUTINE: _routine,
    Kind.EXERCISES: _exercises,
    Kind.GRAMMAR: _grammar,
    Kind.SETTINGS: _settings,
    Kind.PERSON: _person,
}
