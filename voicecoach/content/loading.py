"""Reading content from TOML: all problems of a file at once, each with the file, the place and the reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from voicecoach import resources, toml_file
from voicecoach.content.models import Content, Entry, Exercise, Level, Routine
from voicecoach.content.wording import braces
from voicecoach.errors import ContentError
from voicecoach.model import FileModel
from voicecoach.reasons import reasons

Model = TypeVar("Model", bound=FileModel)
Table = Mapping[str, Any]
Prompts = dict[str, tuple[str, ...]]

KEYS = tuple(name for model in (Routine, Entry, Exercise, Level) for name in model.model_fields)
"""Every key there is, to guess what was meant by one that there is not."""

EVERY_EXERCISE = ("name", "announce", "why", "position", "movement", "breathing", "feel", "avoid", "return")
"""The words that every exercise has, beside those of its sides."""


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file. Raises ContentError where it cannot be read or is no TOML."""
    return toml_file.read_toml(path, ContentError)


def load_content(language: str) -> Content:
    """Read the content of a language. Raises ContentError with all of its problems."""
    root = resources.content()
    folder = root / language
    if not folder.is_dir():
        raise ContentError(f"There is no content for the language '{language}' (no folder {folder}).")
    reading = Reading()
    prompts: Prompts = {}
    for path in sorted(folder.glob("*.toml")):
        prompts |= reading.prompts(path, reading.toml(path))
    exercises = reading.exercises(root / "exercises.toml", reading.toml(root / "exercises.toml"), prompts)
    prompts = words_of_variants(exercises, prompts)
    reading.problems += missing_words(exercises, prompts, folder / "exercises.toml")
    routines = reading.routines(root / "routines.toml", exercises, prompts)
    reading.raise_problems()
    return Content(language, exercises, routines, prompts)


def load_routine(content: Content, path: Path) -> tuple[Content, Routine]:
    """Read a user's own routine file into `content`. Raises ContentError with all of its problems."""
    reading = Reading()
    data = read_toml(path)
    own = reading.tables(path, "own", data.pop("own", {}))
    words = {name: table.pop("words", {}) for name, table in own.items()}
    prompts = reading.prompts(path, words, "own.{}.words")
    exercises = reading.exercises(path, own, prompts, "own.{}")
    prompts = words_of_variants(exercises, prompts)
    reading.problems += missing_words(exercises, prompts, path, "own.{}.words")
    reading.problems += [
        f"{path}: own.{name}: this exercise is there already, with the leaflet's doses; choose another name."
        for name in own
        if name in content.exercises
    ]
    routine = reading.model(path, "", Routine, {"id": "own", "name": path.stem, **data})
    if routine is not None:
        reading.entries(path, routine, {**exercises, **content.exercises})
    reading.raise_problems()
    if routine is None:
        raise ContentError(f"{path}: is no routine.")
    return content.merged(exercises, prompts, routine), routine


def words_of_variants(exercises: Mapping[str, Exercise], prompts: Prompts) -> Prompts:
    """Give the prompts with the words in them that a variant shares with its exercise."""
    shared = {
        f"{exercise.id}.{prompt.partition('.')[2]}": sentences
        for exercise in exercises.values()
        for prompt, sentences in prompts.items()
        if exercise.variant_of and prompt.startswith(f"{exercise.variant_of}.")
    }
    return {**shared, **prompts}


def missing_words(
    exercises: Mapping[str, Exercise], prompts: Mapping[str, tuple[str, ...]], path: Path, place: str = "{}"
) -> list[str]:
    """Name the words that exercises lack; they stand in the table `place`, its braces the exercise."""
    return [
        f"{path}: {place.format(exercise.id)}: {exercise.id} has no '{part}'; write what the coach says then."
        for exercise in exercises.values()
        for part in (*EVERY_EXERCISE, *_words_of_movement(exercise))
        if f"{exercise.id}.{part}" not in prompts
    ]


def _words_of_movement(exercise: Exercise) -> tuple[str, ...]:
    if exercise.style == "alternate":
        return ("start_left", "start_right", "left", "right")
    if exercise.sides:
        return ("start_left", "start_right", "again_left", "again_right")
    return ("start", "again")


@dataclass(slots=True)
class Reading:
    """Reads parts of files and collects what is wrong with them."""

    problems: list[str] = field(default_factory=list)

    def raise_problems(self) -> None:
        """Raise ContentError if anything was wrong so far."""
        if self.problems:
            raise ContentError(*dict.fromkeys(self.problems))

    def toml(self, path: Path) -> dict[str, Any]:
        """Read a TOML file, or tell what is wrong with it and give nothing."""
        try:
            return read_toml(path)
        except ContentError as error:
            self.problems += error.problems
            return {}

    def tables(self, path: Path, place: str, data: object) -> dict[str, dict[str, Any]]:
        """Give the tables within `data`, and tell what is none."""
        if not isinstance(data, dict):
            self.problems.append(f"{path}: {place}: must be tables; write [{place}.NAME] above the keys.")
            return {}
        for name, table in data.items():
            if not isinstance(table, dict):
                where = f"{place}.{name}" if place else name
                self.problems.append(f"{path}: {where}: must be a table of keys.")
        return {name: dict(table) for name, table in data.items() if isinstance(table, dict)}

    def prompts(self, path: Path, data: Table, place: str = "{}") -> Prompts:
        """Read tables of prompts; a prompt's id is TABLE.KEY. They stand in the tables `place`."""
        return {
            f"{table}.{key}": self._sentences(path, f"{place.format(table)}.{key}", text)
            for table, texts in self.tables(path, "", data).items()
            for key, text in texts.items()
        }

    def _sentences(self, path: Path, key: str, text: object) -> tuple[str, ...]:
        sentences = (text,) if isinstance(text, str) else text
        if not isinstance(sentences, list | tuple) or not sentences or not all(map(_is_speakable, sentences)):
            self.problems.append(f"{path}: {key}: must be a sentence or a list of them, none empty.")
            return ()
        for sentence in sentences:
            try:
                braces(sentence)
            except ValueError as error:
                self.problems.append(f"{path}: {key}: its braces do not fit together ({error}).")
        return tuple(sentences)

    def exercises(self, path: Path, data: Table, prompts: Prompts, place: str = "{}") -> dict[str, Exercise]:
        """Read exercises, each a table (at `place`) of numbers whose words are among `prompts`."""
        read = {
            name: self.model(
                path, place.format(name), Exercise, {**table, "id": name, "name": _name(prompts, name)}
            )
            for name, table in self.tables(path, "", data).items()
        }
        self.problems += [
            f"{path}: {name}: it is a variant of '{exercise.variant_of}', which is no exercise here."
            for name, exercise in read.items()
            if exercise and exercise.variant_of and exercise.variant_of not in read
        ]
        return {name: exercise for name, exercise in read.items() if exercise is not None}

    def routines(self, path: Path, exercises: Mapping[str, Exercise], prompts: Prompts) -> dict[str, Routine]:
        """Read routines; every exercise is one of its own too."""
        alone = {
            name: {"exercises": [name]} for name, exercise in exercises.items() if not exercise.variant_of
        }
        read = {}
        for name, table in {**self.tables(path, "", self.toml(path)), **alone}.items():
            spoken = _name(prompts, name)
            routine = self.model(path, name, Routine, {**table, "id": name, "name": spoken})
            if routine is not None:
                self.entries(path, routine, exercises)
                read[name] = routine
        return read

    def entries(self, path: Path, routine: Routine, exercises: Mapping[str, Exercise]) -> None:
        """Hold a routine's entries against the exercises that there are, and their top doses."""
        for entry in routine.exercises:
            exercise = exercises.get(entry.exercise)
            if exercise is None:
                known = ", ".join(exercises)
                self.problems.append(
                    f"{path}: there is no exercise '{entry.exercise}'; choose among {known}."
                )
            else:
                self.problems += [
                    f"{path}: {entry.exercise}: {problem}" for problem in above(entry, exercise)
                ]

    def model(self, path: Path, place: str, kind: type[Model], data: Table) -> Model | None:
        """Build a model, or tell every reason why not and give nothing."""
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            self.problems += [
                f"{path}: {'.'.join(where) or 'the file'}: {reason}{'' if reason.endswith('?') else '.'}"
                for where, reason in reasons(error, (place,) if place else (), KEYS)
            ]
        return None


def above(entry: Entry, exercise: Exercise) -> list[str]:
    """Tell where an entry asks for more than the exercise's top; less is always allowed."""
    repetitions = (entry.repetitions or exercise.usual.repetitions) * entry.sets
    asked = {
        "hold_seconds": (entry.hold_seconds or exercise.usual.hold_seconds, exercise.top.hold_seconds),
        "repetitions (all sets together)": (repetitions, exercise.top.repetitions),
    }
    return [
        f"{key} is {value:g}, above the leaflet's {top:g}; take less."
        for key, (value, top) in asked.items()
        if value > top
    ]


def _name(prompts: Prompts, name: str) -> str:
    """Give the spoken name of an exercise or a routine; its id where it has none (told elsewhere)."""
    return " ".join(prompts.get(f"{name}.name") or prompts.get(f"routine.{name}") or (name,))


def _is_speakable(sentence: object) -> bool:
    return isinstance(sentence, str) and bool(sentence.strip())
