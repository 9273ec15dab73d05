"""What the loop asks of a microphone and a loudspeaker, whichever they are."""

from typing import Protocol

from voicecoach.sound.audio import AudioChunk, AudioClip, Samples


class Microphone(Protocol):
    """Gives the room's sound, chunk by chunk; it is the program's only clock."""

    @property
    def delay_samples(self) -> int:
        """How much later than placed a clip comes back, as the devices tell it; 0 where there are none."""
        ...

    def read(self) -> AudioChunk | None:
        """Wait for the next chunk; None when there is no more (a recording that ended).

        Raises SoundError when a live device has given nothing for a second.
        """
        ...

    def close(self) -> None:
        """Give the device back."""
        ...


class Player(Protocol):
    """Plays clips at exact places of the sample clock."""

    volume: float
    """How loud everything is played; 1 plays clips as they are."""
    ducked: bool
    """Whether to be 12 dB quieter than that, from what is rendered next on: someone speaks."""

    def place(self, clip: AudioClip, start: int) -> None:
        """Play `clip` with its first sample at `start`, mixed with whatever is there."""
        ...

    def silence(self, at: int) -> None:
        """Drop everything that would sound at or after `at`, with a fade of a few milliseconds."""
        ...

    def postpone(self, at: int, by: int) -> int:
        """Let everything that begins at `at` or later begin `by` samples later; gives where the rest ends."""
        ...

    def render(self, start: int, count: int) -> Samples:
        """Give what is heard from `start` on, `count` samples, and forget what lies before."""
        ...
