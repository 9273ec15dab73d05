"""One button and one light: whoever cannot speak, or is not heard, can stop and start; anyone can see.

A press stops, always; a long press starts. gpiozero (extra `pi`) is imported where the pins are opened,
and its threads only put presses into a row that the loop looks into.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Literal

from voicecoach.errors import SettingsError
from voicecoach.extras import requires
from voicecoach.hearing.recognizer import Intent
from voicecoach.home.status import Voice
from voicecoach.sound.audio import samples_of

Press = Literal["press", "hold"]

HOLD_SECONDS = 1.5

MEANINGS: dict[Press, tuple[str, ...]] = {
    "press": ("stop", "quiet", "answer_no", "awake"),
    "hold": ("start", "awake", "resume"),
}
"""What a press means: the first of these that is live."""

BLINKS: dict[Voice, tuple[float, float]] = {
    "listening": (1.0, 0.0),
    "speaking": (0.6, 0.4),
    "asleep": (0.05, 2.95),
    "muted": (0.0, 1.0),
    "cannot_hear": (0.15, 0.15),
}
"""Seconds of light and of dark; no light at all says that nothing is heard."""


@dataclass(slots=True)
class Button:
    """A door for presses. `pressed` may be called from any thread."""

    routine: Callable[[], str]
    """Gives the routine that a long press starts now."""
    came: Event = field(default_factory=Event)
    """Set by each press: whoever waits while muted waits for it."""
    pin: Any = field(default=None, init=False)
    """gpiozero's own object: it closes the pin when nobody holds it."""
    _presses: deque[Press] = field(default_factory=lambda: deque(maxlen=4), init=False)

    def pressed(self, press: Press) -> None:
        """Take a press."""
        self._presses.append(press)
        self.came.set()

    def forget(self) -> None:
        """Drop presses that were meant for something else."""
        self._presses.clear()
        self.came.clear()

    def take(self, live: frozenset[str], at: int) -> Sequence[Intent]:
        """Give what the next press means among `live`, as if it was heard at `at` (samples)."""
        if not self._presses:
            return ()
        press = self._presses.popleft()
        meaning = next((each for each in MEANINGS[press] if each in live), None)
        if meaning is None:
            return ()
        slots: dict[str, str | int] = {"routine": self.routine()} if meaning == "start" else {}
        return (Intent(meaning, slots, "(button)", start=at, end=at),)


@dataclass(slots=True)
class Lamp:
    """Shows what the coach does: told of events as an observer, and of time as a door."""

    show: Callable[[Voice], None]
    """Called where it changes."""
    resting: Voice = "listening"
    """What is shown while nothing is said: listening, or asleep."""
    _now: Voice | None = field(default=None, init=False)
    _speaks_until: int = field(default=0, init=False)
    _lost: bool = field(default=False, init=False)

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Learn how long the coach speaks."""
        del prompt, start
        self._speaks_until = samples_of(end)

    def happened(self, event: dict[str, Any]) -> None:
        """Learn that the coach was cut off, sleeps, or lost its microphone."""
        if event["kind"] == "say" and not event["completed"]:
            self._speaks_until = 0
        if event["kind"] == "standby":
            self.resting = "asleep" if event["to"] == "asleep" else "listening"
        if event["kind"] == "microphone":
            self._lost = event["action"] == "lost"

    def take(self, live: frozenset[str], at: int) -> Sequence[Intent]:
        """Give nothing; show what is true at `at` (samples)."""
        del live
        self.is_now("cannot_hear" if self._lost else "speaking" if at < self._speaks_until else self.resting)
        return ()

    def is_now(self, voice: Voice) -> None:
        """Show it, where it is not shown yet."""
        if voice != self._now:
            self._now = voice
            self.show(voice)


def open_pins(button: Button, button_pin: int | None, lamp_pin: int | None) -> Callable[[Voice], None]:
    """Open the pins (BCM numbers) and give what lights the lamp. Raises SettingsError."""
    with requires("pi", "A button or a lamp", SettingsError):
        import gpiozero  # noqa: PLC0415 - only a Raspberry Pi has pins
    try:
        if button_pin is not None:
            button.pin = gpiozero.Button(button_pin, hold_time=HOLD_SECONDS)
            _watch(button.pin, button)
        lamp = None if lamp_pin is None else gpiozero.LED(lamp_pin)
    except (gpiozero.GPIOZeroError, OSError) as error:
        raise SettingsError(f"The pins of the button and the lamp cannot be opened ({error}).") from error
    return lambda voice: None if lamp is None else light(lamp, voice)


def _watch(pin: Any, button: Button) -> None:
    """Tell presses apart: a short one counts when it is let go, a long one as soon as it is long."""
    held = Event()

    def hold() -> None:
        held.set()
        button.pressed("hold")

    def release() -> None:
        if not held.is_set():
            button.pressed("press")
        held.clear()

    pin.when_held, pin.when_released = hold, release


def light(lamp: Any, voice: Voice) -> None:
    """Light a gpiozero LED as BLINKS says."""
    on, off = BLINKS[voice]
    if not off:
        lamp.on()
    elif not on:
        lamp.off()
    else:
        lamp.blink(on, off)
