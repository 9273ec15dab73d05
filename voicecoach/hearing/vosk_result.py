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

    largest_gap: float = 6.0
    """Those that are less likely than anything else by more than this."""
    least_margin: float = 1.0
    """Those that are not likelier by this than one that means something else."""


LIMITS = Limits()
OVER_THE_COACH = Limits(largest_gap=3.0, least_margin=2.0)
"""For stop and pain alone: anything that is said sounds most like one of these few. With the Korean phrases
of bench/room.py in eight scenes, four voices by turns, 151 of 320 were heard so, and 15 taken for one
another; with LIMITS 167 and 26."""
OF_NUMBERS = Limits(largest_gap=3.0, least_margin=3.0)
"""Numbers are short and like each other, and a pain score that nobody said is worse than one asked for again.
Of 198 Korean ones by nine synthetic voices in quiet 53 were right and 35 wrong so, 59 and 74 with LIMITS."""
GAP_OF_HALF = 8.0
"""The gap that makes confidence a half."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One sequence of the model's words that the sound may have been."""

    text: str
    gap: float
    """How much less likely it is than the likeliest, which may be silence; a natural logarithm."""
    start: float
    """Where the words began, in seconds since the recogniser's first sound."""
    end: float
    """Where the words ended, in seconds likewise."""

    @property
    def confidence(self) -> float:
        """The gap as a number from 0 to 1."""
        return math.exp2(-self.gap / GAP_OF_HALF)


def read_alternatives(answer: str, *, spoken: bool = False) -> tuple[Alternative, ...]:
    """Read Vosk's answer, the likeliest words first.

    Nothing where silence is likelier than any words, unless somebody is known to have `spoken`.
    """
    told = sorted(json.loads(answer).get("alternatives", ()), key=lambda each: -each["confidence"])
    if not told or not (spoken or told[0].get("result")):
        return ()
    best = told[0]["confidence"]
    return tuple(
        Alternative(
            each["text"], best - each["confidence"], each["result"][0]["start"], each["result"][-1]["end"]
        )
        for each in told
        if each.get("result")
    )


def judge(
    alternatives: tuple[Alternative, ...],
    phrases: Mapping[str, str],
    meaning: Callable[[str], object],
    limits: Limits = LIMITS,
) -> tuple[Alternative, bool]:
    """Give the likeliest alternative that is a phrase, or else the likeliest, and whether it is believed.

    `phrases` is by the model's spelling; `meaning` tells whether two phrases mean the same.
    """
    found = [each for each in alternatives if each.text in phrases]
    if not found:
        return alternatives[0], False
    best = found[0]
    meant = meaning(phrases[best.text])
    rivals = (each.gap for each in found if meaning(phrases[each.text]) != meant)
    margin = next(rivals, math.inf) - best.gap
    return best, best.gap <= limits.largest_gap and margin >= limits.least_margin
