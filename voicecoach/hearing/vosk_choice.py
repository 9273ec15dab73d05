"""Where a number is asked for, two of Vosk's recognisers hear each utterance: which of them counts. Pure."""

from collections.abc import Callable
from dataclasses import replace

from voicecoach.hearing.vosk_result import Finding

NEAR = 1.0
"""Two phrases whose gaps differ by no more than this are about as likely; a natural logarithm."""


def choose(
    words: Finding,
    numbers: Finding,
    meaning: Callable[[str], object],
    is_urgent: Callable[[str], bool],
) -> Finding:
    """Give the finding that counts; where both may be meant, it is not believed, and so is asked for again.

    "Help" heard for "two" is put right by whoever said it, a pain score that nobody said is not. Only stop
    and pain, which are urgent, are believed though something else may be meant.
    """
    both = words, numbers
    if not (words.phrase and numbers.phrase) or meaning(words.phrase) == meaning(numbers.phrase):
        return max(both, key=lambda each: (each.sure, -each.gap))
    for each, other in (both, both[::-1]):
        if each.sure and is_urgent(each.phrase) and each.gap <= other.gap + NEAR:
            return each
    if words.sure and numbers.gap > words.gap + NEAR:
        return words
    if numbers.sure and not (words.sure and words.gap <= numbers.gap + NEAR):
        return numbers
    return replace(min(both, key=lambda each: each.gap), sure=False)
