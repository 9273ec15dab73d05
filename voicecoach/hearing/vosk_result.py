"""What Vosk answers with, and which phrase of the grammar it means.

Vosk may put any word of its grammar after any other, so the likeliest words are often a phrase with a
stray syllable more. Its answer therefore holds the likeliest word sequences, and the first of them that
is a whole phrase counts, by how much less likely it is than the first of all. Pure: JSON in, phrase out.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Which phrases are not believed; natural logarithms."""

    largest_gap: float = 5.0
    """Those that are less likely than anything else by more than this."""
    least_margin: float = 2.0
    """Those that are not likelier by this than one that means something else."""


LIMITS = Limits()
OVER_THE_COACH = Limits(largest_gap=3.0, least_margin=2.0)
"""For stop and pain alone: anything that is said sounds most like one of these few. With the Korean phrases
of bench/room.py in eight scenes, four voices by turns, 151 of 320 were heard so, and 15 taken for one
another; with a gap of 6 and a margin of 1 it was 167 and 26."""
OF_NUMBERS = Limits(largest_gap=2.0, least_margin=3.0)
"""Numbers are short and like each other; a pain score that nobody said is worse than one asked for again."""
GAP_OF_HALF = 8.0
"""The gap that makes confidence a half."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One sequence of the model's words that the sound may have been."""

    text: str
    gap: float
    """How much less likely it is than the likeliest, which may be silence; a natural logarithm."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one recogniser made of an utterance; by default nothing."""

    text: str = ""
    """The likeliest words that are a phrase, or else the likeliest, as the model writes them."""
    phrase: str = ""
    """The same as the grammar writes it; empty where it is no phrase."""
    gap: float = math.inf
    """How much less likely the words are than the likeliest; a natural logarithm."""
    sure: bool = False
    """Whether the phrase is believed."""

    @property
    def confidence(self) -> float:
        """The gap as a number from 0 to 1."""
        return math.exp2(-self.gap / GAP_OF_HALF)


def read_alternatives(answer: str) -> tuple[Alternative, ...]:
    """Read Vosk's answer, the likeliest words first, without silence: it is asked where someone spoke."""
    told = sorted(json.loads(answer).get("alternatives", ()), key=lambda each: -each["confidence"])
    return tuple(
        Alternative(each["text"], told[0]["confidence"] - each["confidence"]) for each in told if each["text"]
    )


def judge(
    alternatives: tuple[Alternative, ...],
    phrases: Mapping[str, str],
    meaning: Callable[[str], object],
    limits: Limits = LIMITS,
) -> Finding:
    """Find the likeliest alternative that is a phrase, or else the likeliest, and whether it is believed.

    `phrases` is by the model's spelling; `meaning` tells whether two phrases mean the same.
    """
    found = [each for each in alternatives if each.text in phrases]
    if not found:
        return Finding(alternatives[0].text, gap=alternatives[0].gap) if alternatives else Finding()
    best, phrase = found[0], phrases[found[0].text]
    meant = meaning(phrase)
    rivals = (each.gap for each in found if meaning(phrases[each.text]) != meant)
    margin = next(rivals, math.inf) - best.gap
    sure = best.gap <= limits.largest_gap and margin >= limits.least_margin
    return Finding(best.text, phrase, best.gap, sure)
