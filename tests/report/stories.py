"""Two fortnights of two people, written into journals through the journal's own doors.

Ada gets better: pain 6 falls to 2, doses climb, one morning is missed, she has no ball at first.
Ben has a flare on the ninth day: pain 3 rises to 7 and goes into his leg, he rests for two days.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.journal.stories import NOW, SEOUL, exercise, pain, session_event
from voicecoach.journal.doses import ExerciseSummary, exercises_of
from voicecoach.journal.events import parse_event
from voicecoach.journal.history import SessionSummary
from voicecoach.journal.journal import Journal
from voicecoach.journal.record import Prescribed
from voicecoach.report.summary import PainTold, Report, SessionReport, Spoken

Event = dict[str, Any]
FIRST_MORNING = datetime(2026, 11, 9, 7, 0, tzinfo=SEOUL)
FORTNIGHT_DAYS = 14

Dose = tuple[str, float, int]
"""An exercise, its seconds and its repetitions (of each side)."""
SIDED = ("rotation", "ball_alternation")


def sides_of(name: str) -> Sequence[Any]:
    return ("left", "right") if name in SIDED else (None,)


def plan_of(doses: Sequence[Dose]) -> list[Prescribed]:
    return [
        Prescribed(name, side, seconds, repetitions)
        for name, seconds, repetitions in doses
        for side in sides_of(name)
    ]


def work(t: float, dose: Dose, upto: int | None = None) -> Iterator[Event]:
    """An exercise from its start to the end, or broken off after so many repetitions a side."""
    name, seconds, repetitions = dose
    yield exercise(t, name, "start")
    kind = "move" if name == "ball_alternation" else "hold"
    for rep in range(1, (repetitions if upto is None else upto) + 1):
        for side in sides_of(name):
            span = {"seconds": seconds, "start": t, "end": t + seconds, "completed": True}
            t += seconds
            yield {"kind": kind, "t": t, "exercise": name, "set": 1, "rep": rep, "side": side, **span}
            t += 3
    if upto is None:
        yield exercise(t, name, "done")


def heard(t: float, text: str, intent: str) -> Event:
    span = {"start": t, "end": t + 1, "text": text, "intent": intent, "slots": {}, "confidence": 0.9}
    return {"kind": "heard", "t": t + 1, **span}


class Writer:
    """Writes sessions into one person's journal."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal

    def session(
        self, day: int, hour: int, doses: Sequence[Dose], before: int | None, after: int | None, **more: Any
    ) -> str:
        """A session; `without` tells what is left out and why, `broken` what pain breaks off and when."""
        started = FIRST_MORNING + timedelta(days=day, hours=hour - 7)
        routine = more.get("routine", "morning" if hour < 12 else "evening")
        asked = [dose for dose in doses if dose[0] not in more.get("without", {})]
        session = self.journal.begin_session(routine, "en", "vosk", started, plan=plan_of(asked))
        for event in self._events(routine, doses, before, after, **more):
            self.journal.write(session, event)
        return session

    def _events(
        self,
        routine: str,
        doses: Sequence[Dose],
        before: int | None,
        after: int | None,
        **more: Any,
    ) -> Iterator[Event]:
        without, broken = more.get("without", {}), more.get("broken", {})
        yield session_event(0, "start", routine)
        if before is not None:
            yield pain(10, "before", before)
        t = 20.0
        for dose in doses:
            if dose[0] in without:
                yield exercise(t, dose[0], "left_out", without[dose[0]])
            elif dose[0] in broken:
                yield from self._broken(t, dose, *broken[dose[0]])
            else:
                yield from work(t, dose)
            t += 200
        if after is not None:
            yield pain(t, "after", after, leg=more.get("leg", False))
        yield session_event(t + 20, more.get("ended", "done"), routine)

    def _broken(self, t: float, dose: Dose, upto: int, words: str, score: int, leg: bool) -> Iterator[Event]:  # noqa: PLR0913, PLR0917 - told in the person's order
        yield from work(t, dose, upto)
        yield heard(t + 150, words, "numb" if leg else "pain")
        yield pain(t + 155, "during", score, leg=leg)
        yield exercise(t + 160, dose[0], "skipped", "leg or numbness" if leg else "pain")


def contraction(repetitions: int) -> Dose:
    return "abdominal_contraction", 5, repetitions


def knees(seconds: float, repetitions: int) -> Dose:
    return "knees_to_chest", seconds, repetitions


def rotation(repetitions: int) -> Dose:
    return "rotation", 10, repetitions


def ball(repetitions: int) -> Dose:
    return "ball_alternation", 5, repetitions


ADA_BEFORE = (6, 6, 5, 5, 5, 4, None, 4, 4, 3, 3, 3, 2, 2)
ADA_AFTER = (5, 4, 5, 4, 3, 4, None, 3, 3, 3, 2, 2, 2, 1)


def write_ada(folder: Path) -> Path:
    """Mornings of a fortnight, and evenings of every other day."""
    with Journal.open(folder, NOW) as journal:
        writer = Writer(journal)
        for day, (before, after) in enumerate(zip(ADA_BEFORE, ADA_AFTER, strict=True)):
            if before is None:
                continue
            step = min(2, day // 4)
            morning = [
                contraction((5, 6, 8)[step]),
                ball((2, 2, 3)[step]),
                knees(15, 3 + step),
                rotation(2 if day < 8 else 3),
            ]
            writer.session(
                day, 7, morning, before, after, without={"ball_alternation": "no ball"} if day < 4 else {}
            )
            if day % 2:
                writer.session(day, 20, [knees(15, 3 + step), rotation(2)], after, max(0, after - 1))
    return folder


BEN_BEFORE = (3, 3, 2, 3, 2, 2, 3, 2, 3, None, None, 5, 4, 4)
BEN_AFTER = (3, 2, 2, 3, 2, 3, 2, 2, 7, None, None, 4, 4, 3)
FLARE_DAY = 8


def busy_report(days: int) -> Report:
    """Mornings and evenings of someone to whom much happens; without a journal, which is slow."""
    doses = [contraction(10), ball(4), knees(15, 5), rotation(3)]
    events = [event for dose in doses for event in work(20, dose, 2 if dose[0] == "knees_to_chest" else None)]
    events.append(exercise(400, "knees_to_chest", "skipped", "leg or numbness"))
    exercises = exercises_of([parse_event(event) for event in events], plan_of(doses))
    sessions = [_busy_session(number, exercises) for number in range(2 * days)]
    first = FIRST_MORNING.date()
    return Report(first, first + timedelta(days=days - 1), tuple(sessions), "somebody")


def _busy_session(number: int, exercises: tuple[ExerciseSummary, ...]) -> SessionReport:
    started = FIRST_MORNING + timedelta(hours=12 * number)
    before, after = number * 7 % 9, (number * 7 + 3) % 9
    who = (f"session-{number}", started, ("morning", "evening")[number % 2], "en", "vosk", 11.0, "done")
    summary = SessionSummary(*who, exercises, before, None, after, leg=number % 4 == 0)
    words = Spoken(started, "it hurts a lot, like last winter", "knees_to_chest")
    pains = (PainTold(started, "before", before, leg=False), PainTold(started, "after", after, leg=False))
    levels = {"knees_to_chest": 1 + number % 3, "rotation": 2}
    return SessionReport(summary, (words,) if number % 3 == 0 else (), pains, levels, since_last=before - 3)


def write_ben(folder: Path) -> Path:
    """Mornings, with a flare on the ninth that goes into the leg, two days of rest, and a way back."""
    with Journal.open(folder, NOW) as journal:
        writer = Writer(journal)
        for day, (before, after) in enumerate(zip(BEN_BEFORE, BEN_AFTER, strict=True)):
            if before is None:
                continue
            back = day > FLARE_DAY
            doses = [contraction(5 if back else 10), knees(15, 3 if back else 5), rotation(2)]
            more: dict[str, Any] = (
                {"without": {"knees_to_chest": "more pain since last time"}} if back else {}
            )
            if day == 3:
                more = {"broken": {"rotation": (1, "it hurts more", 4, False)}}
            if day == FLARE_DAY:
                flare = (2, "it goes down my leg", 7, True)
                more = {"broken": {"knees_to_chest": flare}, "leg": True, "ended": "stopped"}
                doses = doses[:2]
            writer.session(day, 7, doses, before, after, **more)
    return folder
