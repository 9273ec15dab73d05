"""The ladder of doses: one step up after sessions without increase, one step down after one with.

Pure rules. The levels themselves are data of each exercise, and the last is the leaflet's top.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from voicecoach.content.models import Exercise

SESSIONS_TO_CLIMB = 3
"""In a row, without increase. House rule: "start slowly" (the leaflet), nothing is published for it."""

RISE = 2
"""Points of 0-10 that count as more pain: the least detectable change is 2, the least important one 2.2
after a week (Childs 2005, Spine 30:1331); Suzuki 2020 has 2 as well."""


@dataclass(frozen=True, slots=True)
class Rung:
    """Where a person stands with one exercise."""

    level: int
    """From 1."""
    in_a_row: int = 0
    """Sessions without increase since the last change."""
    gentle: bool = False
    """Whether the gentler variant comes next, after a hard day."""

    @property
    def kept(self) -> dict[str, Any]:
        """The rung as it is remembered."""
        return asdict(self)


def rung_of(exercise: Exercise, memory: Mapping[str, Any]) -> Rung:
    """Give the remembered rung, or the first that a new person stands on; never above the top."""
    kept = memory.get(key_of(exercise.id)) or {"level": exercise.usual_level}
    rung = Rung(**kept)
    return Rung(min(rung.level, len(exercise.levels)), rung.in_a_row, rung.gentle)


def key_of(exercise: str) -> str:
    """Name the key under which an exercise's rung is remembered."""
    return f"ladder.{exercise}"


def climb(rung: Rung, top: int) -> Rung:
    """Give the rung after a session without increase; `top` is the highest level there is."""
    if rung.in_a_row + 1 < SESSIONS_TO_CLIMB:
        return Rung(rung.level, rung.in_a_row + 1)
    return Rung(min(rung.level + 1, top))


def descend(rung: Rung) -> Rung:
    """Give the rung after a session with increase."""
    return Rung(max(rung.level - 1, 1), gentle=True)


def rose(before: int | None, now: int | None) -> bool:
    """Tell whether pain is more by what counts; not where one of the two was not told."""
    return before is not None and now is not None and now - before >= RISE
