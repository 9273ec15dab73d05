"""What systemd is told: that the coach is ready, that its loop still turns, and what it does.

The protocol is a datagram to the socket that NOTIFY_SOCKET names (man sd_notify); without one, nothing
is sent. The sign of life comes from the loop itself, so that a hung loop gives none.
"""

import os
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from voicecoach.hearing.recognizer import Intent
from voicecoach.sound.audio import samples_of

BEATS = 3
"""Signs of life in the time that systemd waits for one."""


def notify(state: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Send a state such as READY=1; False where nobody listens."""
    address = environment.get("NOTIFY_SOCKET", "")
    if not address:
        return False
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as there:
        try:
            there.sendto(state.encode(), address)
        except OSError:  # a service manager that is busy or gone is no reason for the coach to end
            return False
    return True


def watchdog_seconds(environment: Mapping[str, str] = os.environ) -> float | None:
    """Tell how long systemd waits for a sign of life; None where it does not."""
    microseconds = environment.get("WATCHDOG_USEC", "")
    meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
    return int(microseconds) / 1e6 if microseconds.isdigit() and meant else None


@dataclass(slots=True)
class Heartbeat:
    """A door that nobody comes through: the loop looks into it once a chunk, and that is told."""

    every: int = field(default=0)
    """Samples from one sign of life to the next; 0 sends none."""
    _next: int = field(default=-1, init=False)

    @classmethod
    def asked_for(cls, environment: Mapping[str, str] = os.environ) -> "Heartbeat":
        """Beat as often as systemd wants it."""
        seconds = watchdog_seconds(environment)
        return cls(0 if seconds is None else samples_of(seconds / BEATS))

    def take(self, live: frozenset[str], at: int) -> Sequence[Intent]:
        """Give nothing, and a sign of life when it is time for one; the clock may have begun anew."""
        del live
        if self.every and (at >= self._next or at < self._next - self.every):
            self._next = at + self.every
            notify("WATCHDOG=1")
        return ()
