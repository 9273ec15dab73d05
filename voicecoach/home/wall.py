"""The wall time, where anyone can know it. The only module of this room that asks the machine."""

from datetime import UTC, datetime
from pathlib import Path

SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
"""Is there once systemd's time service has set the clock since the machine began."""


def now() -> datetime:
    """Give the wall time as the machine believes it, in UTC."""
    return datetime.now(UTC)


def local_now() -> datetime:
    """Give the wall time where the person lives."""
    return now().astimezone()


def trusted_now(sign: Path = SYNCHRONISED) -> datetime | None:
    """Give the wall time, or None while it may be wrong.

    A Raspberry Pi has no clock that runs on without power: it begins where it ended, until NTP has set
    it. Where another service sets the clock, there is no sign to wait for, and the time is believed.
    """
    waits = sign.parent.is_dir() and not sign.exists()
    return None if waits else now()
