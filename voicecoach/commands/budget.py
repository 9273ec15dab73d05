"""What a routine lets the coach say, and its speech budget: whether all of it is over in time."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from voicecoach.commands.parts import build_speaker
from voicecoach.content.models import Content
from voicecoach.session.answers import ANSWERING, Situation
from voicecoach.session.choice import Choice, Past
from voicecoach.session.course import Course
from voicecoach.session.effects import Count, Cue, Effect, Say
from voicecoach.session.entering import Entrance, Timed, enter
from voicecoach.session.ladder import Rung, key_of
from voicecoach.session.plan import Step, compile_plan
from voicecoach.session.prescribing import doses_of
from voicecoach.session.session import TIMED
from voicecoach.session.today import Today
from voicecoach.settings import Settings
from voicecoach.sound.audio import seconds_of
from voicecoach.sound.timeline import Timeline
from voicecoach.speaking.budget import Item, Misfit, find_misfits
from voicecoach.speaking.priority import Priority, priority_of, priority_of_tone
from voicecoach.speaking.speaker import LONGEST_PAUSE_SECONDS, Speaker

RATES_WPM = (80, 160, 300)
"""The slowest that may be set, the usual and the fastest: what fits at the slowest fits at all others."""


def check_budget(settings: Settings, content: Content, routines: Sequence[str]) -> list[str]:
    """Tell all that would not be over in time, in the settings' voice at every rate."""
    problems = []
    for rate_wpm in RATES_WPM:
        lengths = Lengths(settings.model_copy(update={"rate_wpm": rate_wpm}), content)
        for routine in routines:
            told = f"{routine} at {rate_wpm} words a minute"
            problems += [_sentence(told, step, misfit) for step, misfit in _misfits(lengths, routine)]
    return list(dict.fromkeys(problems))


def _sentence(routine: str, step: Step, misfit: Misfit) -> str:
    place = f"{routine}: {step.exercise}, {step.state.value}"
    times = f"takes {misfit.seconds:.2f} s, but has {misfit.slot_seconds:.2f} s"
    return f"{place}: '{misfit.item.name}' {times}; shorten its words, or lengthen the step."


class Lengths:
    """How long everything takes that is said in one language, by one voice at one rate."""

    def __init__(self, settings: Settings, content: Content) -> None:
        self.content = content
        self._speaker = build_speaker(settings, Timeline())
        self._speaker.pause_seconds = LONGEST_PAUSE_SECONDS
        self._known: dict[tuple[str, ...], float] = {}

    def item(self, at_seconds: float, effect: Effect) -> Item | None:
        """Give what an effect wants to be heard; None where that is nothing."""
        match effect:
            case Say():
                prompts = [prompt for prompt in (effect.prompt, effect.short) if prompt]
                forms = tuple(self._of_prompt(prompt, effect.values) for prompt in prompts)
                return Item(effect.prompt, priority_of(effect.prompt), at_seconds, forms)
            case Count():
                (word,) = self.content.text(f"number.{effect.n}")
                length = self._measure(("number", word), lambda speaker: speaker.count(word, 0))
                return Item(word, Priority.COUNT, at_seconds, (length,))
            case Cue():
                name = effect.name
                length = self._measure(("tone", name), lambda speaker: speaker.cue(name, 0))
                return Item(name, priority_of_tone(name), at_seconds, (length,))
            case _:
                return None

    def _of_prompt(self, prompt: str, values: Mapping[str, str | int]) -> float:
        sentences = self.content.text(prompt, **values)
        return self._measure((prompt, *sentences), lambda speaker: speaker.say(prompt, sentences, 0))

    def _measure(self, key: tuple[str, ...], sound: Callable[[Speaker], object]) -> float:
        """Give the length of what `sound` lets a speaker do at the beginning of its clock."""
        if key not in self._known:
            sound(self._speaker)
            self._known[key] = seconds_of(self._speaker.busy_until)
            self._speaker.silence(0)
        return self._known[key]


def _misfits(lengths: Lengths, routine: str) -> Iterator[tuple[Step, Misfit]]:
    for step, timed, _ in steps_of(lengths.content, routine):
        if step.state in TIMED:
            items = [item for at, effect in timed if (item := lengths.item(at, effect))]
            for misfit in find_misfits(items, step.seconds):
                yield step, misfit


def says_of(content: Content, routine: str) -> Iterator[Say]:
    """Give all that is said in a routine, and the answers to what may be asked in it."""
    for step, timed, today in steps_of(content, routine):
        here = Situation(step.state, today)
        answers = [effect for answer in ANSWERING.values() for effect in answer(here)]
        for effect in (*(effect for _, effect in timed), *answers):
            if isinstance(effect, Say):
                yield effect


def steps_of(content: Content, routine: str) -> Iterator[tuple[Step, list[Timed], Today]]:
    """Go through a routine's steps as one does who needs no pause: what each wants to be heard.

    On every rung of the ladder, and on an easier day, whose variants have words of their own.
    """
    for memory, easier in _people(content):
        today = Today(content, dict(memory), Choice(routine=routine), Past())
        doses = doses_of(content, content.routines[routine], memory, easier=easier)
        today.doses = {dose.exercise.family: dose for dose in doses}
        today.course = Course(compile_plan(doses))
        while (step := today.course.advance()) is not None:
            yield step, enter(step.state, Entrance(today, "over")), today


def _people(content: Content) -> Iterator[tuple[Mapping[str, object], bool]]:
    """Give what is remembered of people on each rung, and whether it is an easier day."""
    yield {}, True
    for level in range(1, max(len(exercise.levels) for exercise in content.exercises.values()) + 1):
        yield {key_of(family): Rung(level).kept for family in content.exercises}, False
