"""Whether what a search found was really said.

All thresholds of the Moonshine recogniser are here and nowhere else. They were chosen on whole sets
(bench/listen.py prints what they give), never on single recordings. Pure.
"""

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from voicecoach.hearing.automaton import DECOY
from voicecoach.hearing.beam_search import Found, Hypothesis

FAR = 12.0
"""What is more improbable than this (natural logarithm) does not matter any more."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a verdict rests on; natural logarithms but for `tokens`."""

    total: float
    """Probability of the best meaning: of all its phrases together."""
    ratio: float
    """The same against free decoding: far below 0 when other words fit better."""
    margin: float
    """Against the second meaning that is live; at most FAR."""
    rival: float
    """Against the best decoy; at most FAR."""
    tokens: int
    """Length of the best phrase, with its end."""
    unheard: float | None = None
    """How probable the model finds the best phrase where there is nothing to hear; None where that is not
    asked."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least figures for accepting a phrase of one word; longer ones may be less probable."""

    total: float
    ratio: float
    margin: float
    rival: float

    def slack(self, figures: Figures) -> float:
        """Tell by how much the tightest figure passes; below 0 it fails."""
        more = max(0, figures.tokens - ONE_WORD)
        if figures.unheard is None:
            less, nearer = more * TOTAL_A_TOKEN, more * RIVAL_A_TOKEN
        else:
            less, nearer = RARITY * (figures.unheard - STOP_UNHEARD), 0.0
        return min(
            figures.total - self.total - less,
            figures.ratio - self.ratio - more * RATIO_A_TOKEN,
            figures.margin - self.margin,
            figures.rival - self.rival - nearer,
        )


ONE_WORD = 2
"""Tokens of a short word, with the end."""
TOTAL_A_TOKEN = -1.2
"""What each further token may take from the total. People's coffee orders take 0.2 at the median and
1.1 in the worst twentieth in noise down to 6 dB; read speech held against orders takes more than 3.4."""
RARITY = 0.4
"""Which share of what makes a phrase improbable by itself may be missing from its total. The model writes
what it has often read: in silence "wait a minute" has -18 and "pain in my leg" -43, so it hears the one where
nobody said it, and not the other where someone did."""
STOP_UNHEARD = -14.0
"""What "stop" has of nothing."""
RATIO_A_TOKEN = -1.0
"""Likewise from the ratio, which is not exact for long sentences: free decoding is cut."""
RIVAL_A_TOKEN = -0.3
"""Likewise from the distance to a decoy, which is one word: in noise it is far more probable than any long
sentence, though nothing of it was said. Of 200 orders in a kitchen at 6 and 9 dB 186 are accepted with it and
177 without, the noise made softer in both; of the read speech none."""

ORDINARY = Thresholds(total=-4.0, ratio=-3.0, margin=0.5, rival=1.0)
"""For the normal lane. bench/listen.py: 95 % of six command words by many people accepted, 1 % taken for
another phrase, 9 of 240 other short words and one in 37 minutes of read speech accepted."""
UNRIVALLED = Thresholds(total=-8.0, ratio=-1.0, margin=2.0, rival=1.0)
"""Enough as well: however improbable the words, free decoding finds none that fit better. It takes in
"start stretch" from a synthetic voice in a quiet room, and nothing more of the read speech and the noises.
"""
SAFETY = Thresholds(total=-7.0, ratio=-4.5, margin=0.0, rival=0.0)
"""For stop, pause and pain: a false one is cheap, a missed one is not. Over the coach in three rooms they and
RARITY accept 161 of 200 phrases and 141 of 160 people's "stop", one taken for another; a total of -6 without
RARITY, 155 and 136; of 540 other short words with nothing else live, two and one."""
WAKE = Thresholds(total=-14.0, ratio=-9.0, margin=0.0, rival=-FAR)
"""For phrases that begin with the wake word: all of them are long, and nothing else is live. Synthetic
voices in rooms come down to a ratio of -12; of people reading, cut at random, none came above -20."""
GOING_ON = Thresholds(total=-2.0, ratio=-1.0, margin=2.0, rival=2.0)
"""For decisions on speech that still goes on (safety only)."""


FASTEST_LETTERS, SLOWEST_LETTERS = 25.0, 3.0
"""How many letters people say in a second. Everyday speech has about 15."""
UNSURE_SECONDS = 0.1
"""How much of the words may be missing, softly begun or ended,"""
DRAWN_OUT_SECONDS = 1.5
"""and how long they may be drawn out, or pause in between."""


def fits(text: str, said_seconds: float, heard_seconds: float) -> bool:
    """Tell whether anybody says it in that time: at least what was said, at most what was listened to."""
    least = len(text) / FASTEST_LETTERS - UNSURE_SECONDS
    return least <= heard_seconds and said_seconds <= len(text) / SLOWEST_LETTERS + DRAWN_OUT_SECONDS


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
    best, *others = sorted(groups.values(), key=lambda group: -group[0].score)
    total = _sum(each.log_probability for each in best)
    score = _sum(each.score for each in best)
    decoys = [each.log_probability for each in found.hypotheses if each.meanings == {DECOY}]
    return best[0], Figures(
        total=total,
        ratio=total - found.free_log_probability,
        margin=min([FAR, *(score - _sum(each.score for each in other) for other in others)]),
        rival=min([FAR, *(total - decoy for decoy in decoys)]),
        tokens=best[0].tokens,
    )


def judge(  # noqa: PLR0913 - what is known about the moment
    found: Found,
    slotted: Collection[str],
    safety: Collection[str],
    *,
    going_on: bool = False,
    loose: Thresholds | None = None,
    unheard: Callable[[Hypothesis], float] | None = None,
) -> Verdict:
    """Decide on what a search found; `going_on` while the person may still be speaking.

    `loose` stands for `safety` in place of SAFETY and GOING_ON. `unheard` tells how probable the model
    finds a phrase where there is nothing to hear; only safety phrases are held against that.
    """
    weighed = weigh(found, slotted)
    if weighed is None:
        return NOTHING
    best, figures = weighed
    safe = bool(best.meanings & set(safety))
    thresholds = GOING_ON if going_on else SAFETY if safe else ORDINARY
    if safe and loose is not None:
        thresholds = loose
    elif safe and unheard and not going_on:
        figures = _corrected(figures, best, found, unheard)
    slack = max(thresholds.slack(figures), -FAR if going_on or safe else UNRIVALLED.slack(figures))
    confidence = 1 / (1 + math.exp(-max(slack, -FAR)))
    return Verdict(best.text, best.meanings - {DECOY}, confidence, slack > 0, figures)


def _corrected(
    figures: Figures, best: Hypothesis, found: Found, unheard: Callable[[Hypothesis], float]
) -> Figures:
    """Hold a phrase and its decoys against how probable they are by themselves."""
    by_itself = unheard(best)
    corrected = figures.total - RARITY * by_itself
    decoys = [each for each in found.hypotheses if each.meanings == {DECOY}]
    rivals = (corrected - each.log_probability + RARITY * unheard(each) for each in decoys)
    return replace(figures, tokens=len(best.writing) + 1, unheard=by_itself, rival=min([FAR, *rivals]))


def _sum(logarithms: Iterable[float]) -> float:
    """Give the logarithm of the sum."""
    each = tuple(logarithms)
    most = max(each)
    return most + math.log(sum(math.exp(one - most) for one in each))
