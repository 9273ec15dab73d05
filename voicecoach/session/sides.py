"""The ledger of sides: what was really held of each repetition on the left and on the right."""

from collections import defaultdict
from dataclasses import dataclass, field

from voicecoach.session.plan import Side, Step

Repetition = tuple[int, int]
"""Set and repetition."""


@dataclass(slots=True)
class Sides:
    """Seconds of each exercise, side and repetition; of one that was done again, the longest counts."""

    _held: dict[tuple[str, Side], dict[Repetition, float]] = field(
        default_factory=lambda: defaultdict(dict), init=False
    )

    def add(self, step: Step, seconds: float) -> None:
        """Keep that a step was held for so many seconds; more than was asked for does not count."""
        if step.side is not None:
            held = self._held[step.family, step.side]
            place = (step.set, step.rep)
            held[place] = max(min(seconds, step.seconds), held.get(place, 0.0))

    def seconds(self, family: str, side: Side) -> float:
        """Give what one side was held in all."""
        return sum(self._held[family, side].values())

    def lacking(self, family: str, hold_seconds: float) -> tuple[Side, list[Repetition]] | None:
        """Give the side that had less and the repetitions that it lacks; None where both are about equal."""
        more = self.seconds(family, "left") - self.seconds(family, "right")
        less: Side = "right" if more > 0 else "left"
        other: Side = "left" if more > 0 else "right"
        mine, theirs = self._held[family, less], self._held[family, other]
        missed = [place for place, held in theirs.items() if mine.get(place, 0.0) < held / 2]
        holds = round(abs(more) / hold_seconds)
        return (less, missed[:holds]) if missed and holds else None
