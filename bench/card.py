"""The virtual sound card of the tests, for the time of a bench."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sound_card import SoundCard, start_card


@contextmanager
def borrowed_card(folder: Path) -> Iterator[SoundCard]:
    """Start the card and let all programs find it; afterwards they find what they found before."""
    before = dict(os.environ)
    with start_card(folder) as card:
        os.environ.update(card.environment())
        yield card
    os.environ.clear()
    os.environ.update(before)


def no_card(_asked: object) -> str:
    """Tell that the card cannot be made here."""
    return "" if shutil.which("pulseaudio") else "it needs PulseAudio, for a sound card made of software"
