"""Reading content from TOML: all problems of a file at once, each with the file, the place and the reason."""

import string
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from voicecoach import resources
from voicecoach.content.models import Content, Entry, Exercise, Routine
from voicecoach.errors import ContentError

Table = Mapping[str, Any]

OWN_FIELDS = ("announce", "why", "position", "movement", "breathing", "feel", "avoid", "return")
"""The words that every exercise has, beside its name and the words of its movement."""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises ContentError where it cannot be read or is no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror}); is the name right?") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"{path}: is not UTF-8 text; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{path}: is not valid TOML: {error}.") from error


def load_content(language: str) -> Content:
    """Read the content of a language. Raises ContentError with all of its problems."""
    folder = resources.content()
    if not (folder / language).is_dir():
        raise ContentError(f"There is no content for the language '{language}' (no folder {folder / language}).")
    problems: list[str] = []
    texts = _texts(folder / language, problems)
    exercises = _exercises(folder / "exercises.toml", read_toml(folder / "exercises.toml"), texts, problems)
    routines = _routines(folder / "routines.toml", exercises, texts, problems)
    for exercise in exercises.values():
        problems += missing_words(exercise, texts, str(folder / language / "exercises.toml"))
    if problems:
        raise ContentError(*problems)
    return Content(language, exercises, routines, texts)


def load_routine(content: Content, path: Path) -> tuple[Content, Routine]:
    """Read a user's own routine file into `content`. Raises ContentError with all of its problems."""
    data = read_toml(path)
    own = data.pop("own", {})
    problems: list[str] = []
    words = {f"{name}.{key}": text for name, table in own.items() for key, text in table.pop("words", {}).items()}
    prompts = {key: _sentences(path, key, text, problems) for key, text in words.items()}
    exercises = _exercises(path, own, prompts, problems)
    for exercise in exercises.values():
        problems += missing_words(exercise, prompts, f"{path}: own.{exercise.id}.words")
    routine = _model(path, "the routine", lambda: Routine(**{"id": "own", "name": path.stem, **data}), problems)
    if routine is not None:
        known = {**content.exercises, **exercises}
        problems += [problem for entry in routine.exercises for problem in _entry_problems(path, entry, known)]
    if problems or routine is None:
        raise ContentError(*problems)
    return content.merged(exercises, prompts, routine), routine


def _texts(folder: Path, problems: list[str]) -> dict[str, tuple[str, ...]]:
    """Read every TOML file of a language's folder as prompts, tables giving the ids' parts."""
    prompts: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            data = read_toml(path)
        except ContentError as error:
            problems += error.problems
            continue
        for table, texts in data.items():
            for key, text in texts.items():
                prompts[f"{table}.{key}"] = _sentences(path, f"{table}.{key}", text, problems)
    return prompts


def _sentences(path: Path, key: str, text: object, problems: list[str]) -> tuple[str, ...]:
    sentences = (text,) if isinstance(text, str) else text
    if not isinstance(sentences, (list, tuple)) or not sentences or not all(_speakable(s) for s in sentences):
        problems.append(f"{path}: {key}: must be a sentence or a list of sentences, none of them empty.")
        return ()
    for sentence in sentences:
        try:
            list(string.Formatter().parse(sentence))
        except ValueError as error:
            problems.append(f"{path}: {key}: its braces do not fit together ({error}).")
    return tuple(sentences)


def _speakable(sentence: object) -> bool:
    return isinstance(sentence, str) and bool(sentence.strip())


def _model(path: Path, place: str, build: Callable[[], Any], problems: list[str]) -> Any:
    try:
        return build()
    except ValidationError as error:
        for problem in error.errors():
            where = ".".join(str(part) for part in (place, *problem["loc"]))
            problems.append(f"{path}: {where}: {problem['msg']}.")
    except TypeError as error:
        problems.append(f"{path}: {place}: {error}.")
    return None


def _exercises(path: Path, data: Table, prompts: Mapping[str, tuple[str, ...]], problems: list[str]) -> dict[str, Exercise]:
    read = {}
    for name, table in data.items():
        if not isinstance(table, dict):
            problems.append(f"{path}: {name}: must be a table of an exercise's numbers.")
            continue
        spoken = " ".join(prompts.get(f"{name}.name", (name,)))
        exercise = _model(path, name, lambda n=name, s=spoken, t=table: Exercise(id=n, name=s, **t), problems)
        if exercise is not None:
            read[name] = exercise
    return read


def _routines(
    path: Path, exercises: Mapping[str, Exercise], prompts: Mapping[str, tuple[str, ...]], problems: list[str]
) -> dict[str, Routine]:
    alone = {name: {"exercises": [name]} for name in exercises}
    read = {}
    for name, table in {**read_toml(path), **alone}.items():
        spoken = " ".join(prompts.get(f"routine.{name}", prompts.get(f"{name}.name", (name,))))
        routine = _model(path, name, lambda n=name, s=spoken, t=table: Routine(id=n, name=s, **t), problems)
        if routine is not None:
            read[name] = routine
            problems += [p for entry in routine.exercises for p in _entry_problems(path, entry, exercises)]
    return read


def _entry_problems(path: Path, entry: Entry, exercises: Mapping[str, Exercise]) -> list[str]:
    """Hold one entry of a routine against the exercise's top; a level below it is never a problem."""
    exercise = exercises.get(entry.exercise)
    if exercise is None:
        known = ", ".join(exercises)
        return [f"{path}: exercises: there is no exercise '{entry.exercise}'; choose among {known}."]
    problems = []
    asked = ((entry.hold_seconds, exercise.top.hold_seconds, "hold_seconds"),)
    asked += ((entry.repetitions and entry.repetitions * entry.sets, exercise.top.repetitions, "repetitions"),)
    for value, top, key in asked:
        if value is not None and value > top:
            problems.append(f"{path}: {entry.exercise}: {key} is {value:g}, above the leaflet's {top:g}; take less.")
    return problems


def missing_words(exercise: Exercise, prompts: Mapping[str, tuple[str, ...]], where: str) -> list[str]:
    """Name the words that an exercise lacks."""
    sides = ("_left", "_right") if exercise.sides else ("",)
    forms = [f"{form}{side}" for form in ("start", "again") for side in sides]
    if exercise.style == "alternate":
        forms = ["start_left", "start_right", "left", "right"]
    wanted = ("name", *OWN_FIELDS, *forms)
    lacks = [field for field in wanted if f"{exercise.id}.{field}" not in prompts]
    return [f"{where}: {exercise.id} has no '{field}'; write what the coach says there." for field in lacks]
