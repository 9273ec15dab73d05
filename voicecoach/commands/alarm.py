"""A command of the user's own that is run when the coach gives urgent advice; it never holds the coach up."""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Thread
from typing import Any

import typer

from voicecoach.settings import Settings

TIME_OUT_SECONDS = 60.0
"""How long the command may take before it is ended."""


@dataclass(slots=True)
class Bell:
    """An observer that runs the command at each alarm, in a thread of its own."""

    command: Sequence[str]
    """A program and its arguments; no shell reads them. The reason is in VOICECOACH_ALARM."""
    tell: Callable[[str], None]
    """Is told, in a sentence, what did not work; it may be called from another thread."""
    time_out_seconds: float = TIME_OUT_SECONDS

    def saying(self, prompt: str, start: float, end: float) -> None:
        """Nothing to ring for in words."""

    def happened(self, event: dict[str, Any]) -> None:
        """Ring at an alarm, and return at once."""
        if self.command and event["kind"] == "alarm":
            Thread(target=self._ring, args=(event["reason"],), daemon=True).start()

    def _ring(self, reason: str) -> None:
        surroundings = {**os.environ, "VOICECOACH_ALARM": reason}
        try:
            done = subprocess.run(
                self.command,
                env=surroundings,
                timeout=self.time_out_seconds,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            self.tell(
                f"on_alarm: {self.command[0]} took more than {self.time_out_seconds:g} s and was ended."
            )
        except OSError as error:
            self.tell(f"on_alarm: {self.command[0]} cannot be run ({error.strerror}).")
        else:
            if done.returncode:
                self.tell(f"on_alarm: {self.command[0]} failed with exit code {done.returncode}.")


def bell_of(settings: Settings) -> Bell:
    """Build the bell of the settings, which tells on the terminal what did not work."""
    return Bell(settings.on_alarm, partial(typer.echo, err=True))
