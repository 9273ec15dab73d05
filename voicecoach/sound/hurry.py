"""Who plays, who leads the session and who listens for "stop" go first, where the system allows it."""

import contextlib
import os

NICE = -10
"""Root may, and members of Debian's audio group where its limits say so; others stay as they are."""


def hurry() -> int:
    """Let this thread, and what it starts from now on, go first; gives how it was, for `relax`."""
    usual = os.getpriority(os.PRIO_PROCESS, 0)  # on Linux of the thread, not of the whole process
    relax(min(usual, NICE))
    return usual


def relax(usual: int) -> None:
    """Let this thread be as it was."""
    with contextlib.suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, 0, usual)
