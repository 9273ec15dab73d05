"""Questions that are answered without leaving the state: one function an intent, and the table of them."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.content.models import Content
from voicecoach.session.course import Course
from voicecoach.session.effects import Adjust, Effect, Say
from voicecoach.session.table import State


@dataclass(frozen=True, slots=True)
class Situation:
    """What an answer depends on."""

    content: Content
    state: State
    course: Course

    def name(self, exercise: str) -> str:
        """Give an exercise's spoken name."""
        return self.content.exercises[exercise].name


def _help(here: Situation) -> list[Effect]:
    return [Say(f"help.{here.state.value}")]


def _how_long(here: Situation) -> list[Effect]:
    return [Say("answer.left_time", {"minutes": here.course.minutes_left})]


def _how_many(here: Situation) -> list[Effect]:
    if here.course.exercise is None:
        return _how_long(here)
    name = here.name(here.course.exercise)
    return [Say("answer.left_reps", {"rep_left": here.course.holds_left, "exercise": name})]


def _whats_next(here: Situation) -> list[Effect]:
    following = here.course.following
    if following is None:
        return [Say("answer.next_nothing")]
    return [Say("answer.next", {"exercise": here.name(following)})]


def _why(here: Situation) -> list[Effect]:
    if here.course.exercise is None:
        return [Say("session.rules_brief")]
    return [Say(f"{here.course.exercise}.why")]


def _nothing_new(_here: Situation) -> list[Effect]:
    return []


def _adjust(what: str, step: int, prompt: str) -> Callable[[Situation], list[Effect]]:
    return lambda _here: [Adjust(what, step), Say(prompt)]


ANSWERING: dict[str, Callable[[Situation], list[Effect]]] = {
    "help": _help,
    "repeat": _nothing_new,  # the session says its last words again
    "slower_speech": _adjust("speech", -1, "answer.slower_speech"),
    "louder": _adjust("volume", +1, "answer.louder"),
    "quieter": _adjust("volume", -1, "answer.quieter"),
    "count_faster": _adjust("pace", +1, "answer.faster"),
    "count_slower": _adjust("pace", -1, "answer.slower_counting"),
    "how_long": _how_long,
    "how_many": _how_many,
    "whats_next": _whats_next,
    "why": _why,
    "no_pain": _nothing_new,
}
