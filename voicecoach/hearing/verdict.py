"""Whether what a search found was really said.

All thresholds of the Moonshine recogniser are here and nowhere else. They were chosen on whole sets
(bench/listen.py prints what they give), never on single recordings. Pure.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from voicecoach.hearing.automaton import DECOY
from voicecoach.hearing.beam_search import Found, Hypothesis

FAR = 12.0
"""What is more improbable than this (natural logarithm) does not matter any more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a verdict rests on, all natural logarithms."""

    total: float
    """Probability of the best meaning: of all its phrases together."""
    ratio: float
    """The same against free decoding: far below 0 when other words fit better."""
    margin: float
    """Against the second meaning that is live; at most FAR."""
    rival: float
    """Against the best decoy; at most FAR."""
    per_token: float
    """The best phrase's probability, a token."""
    tokens: int
    """The best phrase's length."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least figures for accepting."""

    total: float
    ratio: float
    margin: float
    rival: float
    per_token: float = -1.3
    """Instead of `total`, for phrases of at least LONG tokens."""

    def slack(self, figures: Figures) -> float:
        """Tell by how much the tightest figure passes; below 0 it fails."""
        likely = (
            figures.tokens * (figures.per_token - self.per_token)
            if figures.tokens >= LONG
            else figures.total - self.total
        )
        return min(
            likely,
            figures.ratio - self.ratio,
            figures.margin - self.margin,
            figures.rival - self.rival,
        )


LONG = 8
"""Tokens from which on a phrase is long: its sum of logarithms grows with its words."""

ORDINARY = Thresholds(total=-3.0, ratio=-2.0, margin=1.0, rival=0.5)
"""For the normal lane."""
SAFETY = Thresholds(total=-4.0, ratio=-2.0, margin=0.0, rival=0.0)
"""For stop, pause and pain: a false one is cheap, a missed one is not."""
GOING_ON = Thresholds(total=-2.0, ratio=-1.0, margin=2.0, rival=2.0)
"""For decisions on speech that still goes on (safety only)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best phrase and whether it stands."""

    text: str
    """Empty when nothing of the grammar came near."""
    meanings: frozenset[str]
    """The intents it belongs to."""
    confidence: float
    """0…1; one half where the tightest threshold is just met."""
    accepted: bool
    figures: Figures | None
    """None when nothing came near."""


NOTHING = Verdict("", frozenset(), 0.0, accepted=False, figures=None)


def weigh(found: Found, slotted: Collection[str]) -> tuple[Hypothesis, Figures] | None:
    """Give the best hypothesis of the grammar and its figures; None when there is none.

    Phrases of one intent mean the same and are weighed together, but for those of `slotted` intents.
    """
    phrases = [each for each in found.hypotheses if each.meanings != {DECOY}]
    if not phrases:
        return None
    groups: dict[object, list[Hypothesis]] = {}
    for each in phrases:
        groups.setdefault(each.text if each.meanings & set(slotted) else each.meanings, []).append(each)
    totals = sorted(((_sum(group), group[0]) for group in groups.values()), key=lambda pair: -pair[0])
    total, best = max(totals, key=lambda pair: pair[1] is phrases[0])
    others = [other for other, first in totals if first is not best]
    decoys = [each.log_probability for each in found.hypotheses if each.meanings == {DECOY}]
    return best, Figures(
        total=total,
        ratio=total - found.free_log_probability,
        margin=min([FAR, *(total - other for other in others)]),
        rival=min([FAR, *(total - decoy for decoy in decoys)]),
        per_token=best.log_probability / best.tokens,
        tokens=best.tokens,
    )


def judge(
    found: Found, slotted: Collection[str], safety: Collection[str], *, going_on: bool = False
) -> Verdict:
    """Decide on what a search found; `going_on` while the person may still be speaking."""
    weighed = weigh(found, slotted)
    if weighed is None:
        return NOTHING
    best, figures = weighed
    thresholds = GOING_ON if going_on else SAFETY if best.meanings & set(safety) else ORDINARY
    slack = thresholds.slack(figures)
    return Verdict(best.text, best.meanings, 1 / (1 + math.exp(-max(slack, -FAR))), slack > 0, figures)


def _sum(group: Sequence[Hypothesis]) -> float:
    most = max(each.log_probability for each in group)
    return most + math.log(sum(math.exp(each.log_probability - most) for each in group))
