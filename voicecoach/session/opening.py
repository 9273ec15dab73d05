"""What is settled when a session starts: how much of each exercise, and what is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from voicecoach.content.models import Content, Routine
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

    Returns the course and whether it needs a ball. An exercise whose things are known to be missing
    is off from the start.
    """
    doses = [_dose(content, entry) for entry in routine.exercises]
    course = Course(compile_plan(doses))
    needs = {dose.exercise.id for dose in doses if "ball" in dose.exercise.needs}
    if memory.get("has_ball") is False:
        course.off |= needs
    return course, bool(needs)


def _dose(content: Content, entry: Any) -> Dose:
    raise NotImplementedError
