"""The loudspeaker of a live session: a timeline whose silence also takes back what is on its way."""

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.sound.timeline import FADE_SAMPLES, Timeline


@dataclass(slots=True)
class Outlet(Timeline):
    """A Player that tells when it must be silent at once."""

    hush: Callable[[], None] = lambda: None

    def silence(self, at: int) -> None:
        """Drop everything that would sound at or after `at`, and whatever was rendered and not yet played."""
        Timeline.silence(self, at - FADE_SAMPLES)  # the fade is made where the sound is cut
        self.hush()
