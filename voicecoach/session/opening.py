"""What is settled when a session starts: how much of each exercise, and what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicecoach.content.models import Content, Entry, Exercise, Routine
from voicecoach.session.course import Course
from voicecoach.session.plan import Dose, compile_plan


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen before the session starts."""

    recognizer: str = "text"
    """Who listens, as the record names it."""
    routine: str = "morning"
    """What "start" alone starts."""
    counting: str = "all"
    """'all' counts every second of a hold, 'few' halfway and the last three."""


def open_course(content: Content, routine: Routine, memory: Mapping[str, Any]) -> tuple[Course, bool]:
    """Lay out a routine for this person.

    Returns the course and whether it needs the ball. What the person is known not to have leaves its
    exercises out from the start.
    """
    doses = doses_of(content, routine)
    needs_ball = any("ball" in dose.exercise.needs for dose in doses)
    steps = compile_plan(doses)
    here = {dose.exercise.id for dose in doses}
    return Course(steps, off=missing(content, memory) & here), needs_ball


def doses_of(content: Content, routine: Routine) -> list[Dose]:
    """Give what a routine asks for: its own numbers, else the exercise's usual level."""
    return [_dose(content.exercises[entry.exercise], entry) for entry in routine.exercises]


def missing(content: Content, memory: Mapping[str, Any]) -> set[str]:
    """Name the exercises that need something which the person said they do not have."""
    return {
        exercise.id
        for exercise in content.exercises.values()
        if any(memory.get(f"has_{thing}") is False for thing in exercise.needs)
    }


def _dose(exercise: Exercise, entry: Entry) -> Dose:
    usual = exercise.levels[exercise.usual_level - 1]
    hold_seconds = entry.hold_seconds or usual.hold_seconds
    return Dose(exercise, hold_seconds, entry.repetitions or usual.repetitions, entry.sets)
