"""The hearing of recordings as figures: each set clean, words and orders in noise and in rooms as well."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.coffee import NOISE, SNRS_DB, ByOrder, orders, rhino_grammar, share
from bench.figures import Aim, Figure
from bench.listen import BENCHES, Heards, hear_all
from bench.listeners import Build
from bench.recordings import in_noise, labelled, noise_of, thin
from bench.scoring import LANES, ByMeaning, Score, score
from voicecoach.hearing.grammar import Grammar
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.audio import Samples, samples_of
from voicecoach.speaking.levelling import level

ROOMS = ("living", "bedroom", "bathroom")
WORDS, NOTHING_MEANT = BENCHES[0], frozenset({"other words", "unknown phrases", "noise", "background"})
WORDS_SNRS_DB = (24, 12, 6)
VACUUM = "vacuuming_0"
RIGHT, BEST, WRONG = "accepted right", "likeliest right, accepted or not", "something else accepted"
AIMS = {
    f"words: {BEST}": Aim(97, least=True),
    f"words: {RIGHT}": Aim(93, least=True),
    f"words: {WRONG}": Aim(1.5, least=False),
    f"digits: {BEST}": Aim(92, least=True),
    f"phrases: {BEST}": Aim(90, least=True),
    f"coffee, {NOISE} 6 to 24 dB: {RIGHT}": Aim(98, least=True),
    "background: accepted, normal lane": Aim(3600 / (32 * 60), least=False),
}
"""Of words, digits and orders by people; of read speech at most one in its 32 minutes."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears."""

    name: str
    build: Build
    build_orders: Build | None = None
    """Built for the coffee orders; None where it has no way to do them."""
    in_noise: bool = True
    """Whether noise and rooms are worth the time."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What is done to a recording before it is heard."""

    name: str
    change: Callable[[Samples], Samples] | None = None


def hear_sets(ears: Ears, voices: Path, every: int) -> Iterator[Figure]:
    """Give the figures of every set as it was recorded."""
    for bench in BENCHES:
        grammar = bench.load()
        heard = hear_all(bench.find(voices, every), ears.build(grammar, bench.live))
        kind = not_meant if bench.name in NOTHING_MEANT else meant
        yield from kind(bench.name, ears.name, score(heard, ByMeaning(grammar)))


def meant(name: str, who: str, result: Score) -> Iterator[Figure]:
    """Give what counts where something is said to the coach."""
    figure = partial(Figure, who=who, count=result.count)
    yield from rights(name, who, result)
    yield figure(f"{name}: {BEST}", value=result.percent(result.best), unit="%")
    yield figure(f"{name}: wait after the words, median", value=result.wait(50), unit="s")
    yield figure(f"{name}: wait after the words, 95th", value=result.wait(95), unit="s")
    yield figure(f"{name}: computing", value=result.load, unit="x real time")


def not_meant(name: str, who: str, result: Score) -> Iterator[Figure]:
    """Give what counts where nothing is said to the coach."""
    figure = partial(Figure, who=who, count=result.count)
    yield figure(f"{name}: {WRONG}", value=result.percent(result.wrong), unit="%")
    for lane in LANES:
        yield figure(f"{name}: accepted, {lane} lane", value=result.hourly(lane), unit="an hour")
    yield figure(f"{name}: computing", value=result.load, unit="x real time")


def rights(name: str, who: str, result: Score) -> Iterator[Figure]:
    """Give what was accepted, right and wrong."""
    yield Figure(f"{name}: {RIGHT}", who, result.percent(result.right), "%", result.count)
    yield Figure(f"{name}: {WRONG}", who, result.percent(result.wrong), "%", result.count)


def hear_words_in(ears: Ears, voices: Path, every: int) -> Iterator[Figure]:
    """Give the command words in noise and in rooms."""
    if not ears.in_noise:
        return
    noise = noise_of(voices, VACUUM)
    noises = [Condition(f"vacuum cleaner {snr} dB", in_noise(noise, snr)) for snr in WORDS_SNRS_DB]
    rooms = [Condition(f"{room}, 1.75 m", partial(in_room, room)) for room in ROOMS]
    grammar, found = WORDS.load(), WORDS.find(voices, every)
    listener, judge = ears.build(grammar, WORDS.live), ByMeaning(grammar)
    for condition in (*noises, *rooms):
        result = score(hear_all(found, listener, condition.change), judge)
        yield from rights(f"words, {condition.name}", ears.name, result)


def in_room(room: str, sound: Samples) -> Samples:
    """Let a person say it in a room; what still sounds afterwards is kept."""
    said = np.pad(level(sound), (0, samples_of(0.5)))
    return Acoustics(room).hear(said, np.zeros_like(said), 0)


def hear_orders(ears: Ears, voices: Path, every: int) -> Iterator[Figure]:
    """Give the coffee orders: clean all of them, in noise each at one level in turn."""
    if ears.build_orders is None:
        return
    grammar = Grammar.parse(rhino_grammar(voices), "coffee")
    listener, judge = ears.build_orders(grammar), ByOrder(grammar)
    found, noise = orders(voices, every), noise_of(voices, NOISE)
    clean = score(hear_all(found, listener), judge)
    mixed: Heards = []
    for snr, part in share(found, SNRS_DB).items():
        mixed += hear_all(part, listener, in_noise(noise, snr))
    yield from rights("coffee", ears.name, clean)
    yield from rights(f"coffee, {NOISE} 6 to 24 dB", ears.name, score(mixed, judge))
    yield Figure("coffee: wait after the words, median", ears.name, clean.wait(50), "s", clean.count)
    yield Figure("coffee: computing", ears.name, clean.load, "x real time", clean.count)


def hear_own(ears: Ears, folder: Path, grammar: Grammar, every: int) -> Iterator[Figure]:
    """Give the figures of a folder of one's own, with all phrases of the coach live."""
    found = thin(labelled(folder), every)
    listener, judge = ears.build(grammar), ByMeaning(grammar)
    meant_for_it = [each for each in found if each.label]
    others = [each for each in found if not each.label]
    for part, name, kind in (
        (meant_for_it, "said to the coach", meant),
        (others, "not said to it", not_meant),
    ):
        if part:
            result = score(hear_all(part, listener), judge)
            yield from kind(f"{folder.name}, {name}", ears.name, result)
