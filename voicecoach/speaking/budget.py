"""The speech budget: whether all that is wanted at its second is over before the next thing begins.

Pure over lengths in seconds. What waits for the words before it needs no budget.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voicecoach.speaking.priority import Priority


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be heard at its moment."""

    name: str
    """A prompt id, a number or a tone, for the person who has to shorten it."""
    priority: Priority
    at_seconds: float
    """From the beginning of the state."""
    forms: tuple[float, ...]
    """How long it takes in seconds; after the usual form its short ones."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something that is too long for its slot in every form."""

    item: Item
    slot_seconds: float

    @property
    def seconds(self) -> float:
        """How long its shortest form takes."""
        return min(self.item.forms)


def find_misfits(items: Sequence[Item], end_seconds: float) -> Iterator[Misfit]:
    """Hold each item against the next that it may not run into, the last against the end of the state.

    What is less important gives way, and is no bound.
    """
    for item in items:
        bounds = [
            other.at_seconds
            for other in items
            if other.at_seconds > item.at_seconds and other.priority >= item.priority
        ]
        slot = min([*bounds, end_seconds]) - item.at_seconds
        if min(item.forms) > slot:
            yield Misfit(item, slot)
