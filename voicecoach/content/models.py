"""What exercises, routines and prompts are, once read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from voicecoach.content.wording import Wording
from voicecoach.model import FileModel

LONGEST_HOLD_SECONDS = 60
"""Every second of a hold is counted aloud, and there are words up to this number."""

MOST_EXERCISES = 30
"""A routine of more is a mistake, and would take hours."""
LONGEST_NAME = 100

Seconds = Annotated[float, Field(ge=0, le=120, strict=True)]
HoldSeconds = Annotated[float, Field(gt=0, le=LONGEST_HOLD_SECONDS, strict=True)]
Few = Annotated[int, Field(ge=1, le=30, strict=True)]
"""Strict: a text is no number, and `true` is not 1."""


class Level(FileModel):
    """One dose of an exercise."""

    hold_seconds: HoldSeconds
    """Seconds a hold; a side, where sides alternate without a pause."""
    repetitions: Few
    """Repetitions; a side, where there are sides."""


class Exercise(FileModel):
    """What an exercise is in every language; its words are prompts named `<id>.<field>`."""

    id: str
    name: str = ""
    """Its spoken name in the content's language."""
    kind: Literal["core", "flexibility"]
    style: Literal["hold", "alternate"] = "hold"
    """Whether each position is held and left, or two sides take turns without a pause."""
    sides: bool = False
    bending: bool = False
    """Whether it bends the back forward, which some should not do right after getting up."""
    needs: tuple[str, ...] = ()
    """Things without which it cannot be done."""
    after: str | None = None
    """An exercise that has to have gone well, a step up its ladder, before this one is begun."""
    variant_of: str | None = None
    """The exercise of which this is the gentler variant; words that it lacks are that one's."""
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    """Doses from easy to full; the last is the leaflet's top."""
    usual_level: Annotated[int, Field(ge=1, strict=True)] = 1
    """The level (from 1) on which a person begins."""
    move_seconds: Seconds = 2.0
    """Into the position."""
    return_seconds: Seconds = 2.0
    """Out of it again."""
    rest_seconds: Seconds = 3.0
    """Between repetitions."""
    change_seconds: Seconds = 2.0
    """Between sides."""

    @model_validator(mode="after")
    def _usual_level_exists(self) -> Self:
        if self.usual_level > len(self.levels):
            raise ValueError(f"usual_level is {self.usual_level}, but there are {len(self.levels)} levels")
        return self

    @property
    def usual(self) -> Level:
        """The dose that a routine takes where it says nothing else."""
        return self.levels[self.usual_level - 1]

    @property
    def top(self) -> Level:
        """The most that may be done."""
        return self.levels[-1]

    @property
    def family(self) -> str:
        """The exercise that this is or is a variant of, by which the record names both."""
        return self.variant_of or self.id


class Entry(FileModel):
    """One exercise of a routine; what is not given is the exercise's usual."""

    exercise: str
    hold_seconds: HoldSeconds | None = None
    repetitions: Few | None = None
    sets: Annotated[int, Field(ge=1, le=5, strict=True)] = 1


class Routine(FileModel):
    """Exercises in their order."""

    id: str
    name: Annotated[str, Field(max_length=LONGEST_NAME)] = ""
    """Its spoken name in the content's language."""
    exercises: Annotated[tuple[Entry, ...], Field(min_length=1, max_length=MOST_EXERCISES)]

    @model_validator(mode="before")
    @classmethod
    def _names_are_entries(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("exercises"), (list, tuple)):
            entries = [{"exercise": e} if isinstance(e, str) else e for e in data["exercises"]]
            return {**data, "exercises": entries}
        return data


Prompts = Mapping[str, tuple[str, ...]]
"""Sentences by prompt id."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that is said and done, in one language."""

    language: str
    exercises: Mapping[str, Exercise]
    routines: Mapping[str, Routine]
    prompts: Prompts

    @classmethod
    def load(cls, language: str) -> "Content":
        """Read the content of a language. Raises ContentError with all of its problems."""
        from voicecoach.content.loading import load_content  # noqa: PLC0415 - loading builds on these models

        return load_content(language)

    def load_routine(self, path: Path) -> tuple["Content", Routine]:
        """Read a user's own routine, with its own exercises if it has any.

        Returns the content with them in it, and the routine. Raises ContentError with all of its problems.
        """
        from voicecoach.content.loading import load_routine  # noqa: PLC0415 - as above

        return load_routine(self, path)

    def gentler(self, exercise: str) -> Exercise | None:
        """Give the gentler variant of an exercise, if it has one."""
        return next((other for other in self.exercises.values() if other.variant_of == exercise), None)

    def has(self, prompt: str) -> bool:
        """Tell whether there is a prompt of this id."""
        return prompt in self.prompts

    def text(self, prompt: str, /, **values: str | float) -> tuple[str, ...]:
        """Give a prompt's sentences, with `values` in their braces as wording.py says them."""
        wording = Wording(self.prompts)
        return tuple(wording.format(sentence, **values) for sentence in self.prompts[prompt])

    def merged(self, exercises: Mapping[str, Exercise], prompts: Prompts, routine: Routine) -> "Content":
        """Give this content with a user's own exercises and routine in it."""
        return replace(
            self,
            exercises={**self.exercises, **exercises},
            prompts={**self.prompts, **prompts},
            routines={**self.routines, routine.id: routine},
        )
