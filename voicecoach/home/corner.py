"""The speaker in the corner: stand-by, then a session, then stand-by again, on one sample clock.

It owns the order of things and nothing else: which parts there are comes in from outside, so that the
same loop runs on a sound card and in a simulated room. While the coach is muted there is no microphone:
it was closed, and only a press, a signal or the end of the program opens it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from voicecoach.coach import Coach
from voicecoach.home.standby import StandBy
from voicecoach.sound.ports import Microphone, Player


class Device(Microphone, Protocol):
    """A microphone with the loudspeaker beside it."""

    @property
    def player(self) -> Player:
        """What the loudspeaker plays."""
        ...


class Staff(Protocol):
    """Who builds what is needed, each time anew."""

    def open_microphone(self) -> Device:
        """Open the devices; their sample clock begins at 0."""
        ...

    def stand_by(self, microphone: Device, position: int) -> tuple[StandBy, Coach]:
        """Build the stand-by and the loop over it, from `position` (samples) on."""
        ...

    def session(self, microphone: Device, position: int, routine: str) -> Coach:
        """Build the loop over a session."""
        ...

    def wait_while_muted(self) -> bool:
        """Wait, with no microphone open, until the coach may listen again; False to end."""
        ...


@dataclass(slots=True)
class Corner:
    """Lives until the microphone has no more to give, or nobody wants it to listen again."""

    staff: Staff
    ready: Callable[[], object] = lambda: None
    """Called when the microphone is open for the first time."""

    def run(self) -> None:
        """Live on. Raises SoundError where the devices cannot be opened."""
        microphone, position = self.staff.open_microphone(), 0
        self.ready()
        try:
            while True:
                standby, coach = self.staff.stand_by(microphone, position)
                coach.run()
                position = coach.position
                wish = standby.wish
                if wish is None:
                    return
                if wish.mute:
                    microphone.close()
                    if not self.staff.wait_while_muted():
                        return
                    microphone, position = self.staff.open_microphone(), 0
                elif wish.routine is not None:
                    guide = self.staff.session(microphone, position, wish.routine)
                    guide.run(wish.routine)
                    position = guide.position
        finally:
            microphone.close()
