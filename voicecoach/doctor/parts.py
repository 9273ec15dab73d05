"""Judging who speaks and who listens, from facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.doctor.check import Check

HEADROOM = 0.5
"""The share of time that listening may take, so that a busy moment loses nothing."""
SLOW_SECONDS = 1.0
"""A line that takes longer to render is late, unless it was rendered before."""


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What is known of who speaks."""

    name: str
    seconds: float = 0.0
    """How long a line took to render."""
    problem: str = ""
    """Why there is no voice; empty where there is."""


@dataclass(frozen=True, slots=True)
class EarFacts:
    """What is known of who listens."""

    name: str = ""
    load_seconds: float = 0.0
    problem: str = ""
    """Why nobody listens; empty where somebody does."""
    trial: "Trial | None" = None
    """The self-test; None where nobody could speak for it."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One phrase, spoken to the recogniser."""

    said: str
    wanted: str
    """The intent that the phrase means,"""
    understood: str
    """and the one that was understood; empty for none."""
    realtime_factor: float
    """Seconds of work a second of sound."""


def check_voice(facts: VoiceFacts) -> Iterator[Check]:
    """Judge who speaks."""
    if facts.problem:
        yield Check("voice", f"{facts.name} cannot be used", facts.problem, vital=True)
        return
    slow = facts.seconds > SLOW_SECONDS
    fix = "run voicecoach setup, which renders what the coach says beforehand" if slow else ""
    figures = {"voice": facts.name, "line_seconds": round(facts.seconds, 3)}
    yield Check("voice", f"{facts.name}, a line in {facts.seconds:.2f} s", fix, figures=figures)


def check_ears(facts: EarFacts) -> Iterator[Check]:
    """Judge who listens."""
    if facts.problem:
        yield Check("recogniser", "cannot be used", facts.problem, vital=True)
        return
    figures = {"recognizer": facts.name, "load_seconds": round(facts.load_seconds, 2)}
    found = f"{facts.name}, ready after {facts.load_seconds:.1f} s"
    yield Check("recogniser", found, vital=True, figures=figures)
    if facts.trial:
        yield _self_test(facts.trial)
        yield _speed(facts.trial)


def _self_test(trial: Trial) -> Check:
    figures = {"said": trial.said, "understood": trial.understood}
    if trial.understood == trial.wanted:
        return Check("self-test", f"understood “{trial.said}”", vital=True, figures=figures)
    found = f"“{trial.said}” was taken for {trial.understood or 'nothing'}"
    fix = "reinstall the recogniser's model, or choose the other with --recognizer"
    return Check("self-test", found, fix, vital=True, figures=figures)


def _speed(trial: Trial) -> Check:
    factor = trial.realtime_factor
    fix = "close other programs, or choose vosk, which needs less" if factor > HEADROOM else ""
    found = f"listening takes {100 * factor:.0f} % of the time"
    figures = {"realtime_factor": round(factor, 3)}
    return Check("speed", found, fix, vital=factor >= 1, figures=figures)
