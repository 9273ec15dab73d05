"""A page that shows one exercise: three drawings, the coach's words for them, and the doses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from voicecoach.content.models import Exercise
from voicecoach.errors import ReportError
from voicecoach.report.drawing import PICTURES, draw
from voicecoach.report.figure import Figure
from voicecoach.report.templating import drawn, fill
from voicecoach.report.words import Words

SPOKEN = {"start": ("position",), "movement": ("movement",), "end": ("feel",)}
"""Which of the coach's words belong to which picture."""
ADVICE = ("breathing", "return", "avoid")


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing with what is written under it."""

    label: str
    text: str
    svg: Any


def show(name: str, words: Words, figures: Mapping[str, Figure]) -> bytes:
    """Give the page of an exercise. Raises ReportError where there is no such exercise."""
    exercise = words.content.exercises.get(name)
    if exercise is None:
        known = ", ".join(words.content.exercises)
        raise ReportError(f"There is no exercise '{name}'; choose one of {known}.")
    page = fill(
        "show.html",
        words=words,
        name=words.exercise(name),
        why=_text(words, name, "why"),
        texts=[_text(words, name, part) for parts in SPOKEN.values() for part in parts],
        pictures=list(pictures_of(name, words, figures)),
        advice=[(words(f"show.{part}"), _text(words, name, part)) for part in ADVICE],
        levels=list(_levels(exercise, words)),
    )
    return page.encode()


def pictures_of(name: str, words: Words, figures: Mapping[str, Figure]) -> Iterator[Picture]:
    """Draw an exercise's pictures, or those of the one that it is a variant of; none where there are none."""
    figure = figures.get(name) or figures.get(words.content.exercises[name].family)
    if figure is None:
        return
    for part in PICTURES:
        label = words(f"show.{part}")
        text = " ".join(_text(words, name, spoken) for spoken in SPOKEN[part])
        told = words("show.picture", exercise=words.exercise(name), part=label, text=text)
        yield Picture(label, text, drawn(draw(figure, part, told)))


def _text(words: Words, name: str, part: str) -> str:
    return " ".join(words.content.text(f"{name}.{part}"))


def _levels(exercise: Exercise, words: Words) -> Iterator[str]:
    kind = "show.hold_sides" if exercise.sides else "show.hold"
    for number, level in enumerate(exercise.levels, 1):
        dose = words(kind, repetitions=level.repetitions, seconds=f"{level.hold_seconds:g}")
        yield f"{words('show.level', level=number)}: {dose}"
