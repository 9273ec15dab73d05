"""The loop's end of the sound card's process: started, asked, and ended without ever waiting for it.

It knows blocks and messages, as card.py tells them, and nothing of samples.
"""

import contextlib
import json
import select
import socket
import subprocess
import sys
from dataclasses import dataclass
from enum import Enum

from voicecoach.errors import SoundError
from voicecoach.sound.card import COUNTS, HUSH, LONGEST_MESSAGE, START
from voicecoach.sound.sounddevice import Shape

GONE = "The sound card's process ended: its stream stopped by itself, as where the sound server died."


@dataclass(frozen=True, slots=True)
class Opened:
    """What the card said when its devices were open."""

    shape: Shape
    latency_seconds: float
    """How late the devices are, in and out together."""


@dataclass(frozen=True, slots=True)
class Block:
    """What the card gave: interleaved 32 bit floats at its rate, in as many channels as the shape says."""

    heard: bytes
    played: bytes


class Way(Enum):
    """Which devices a line has."""

    BOTH = "both"
    LOUDSPEAKER = "loudspeaker"
    MICROPHONE = "microphone"


class Line:
    """One process of the sound card."""

    def __init__(self, microphone: str | None, loudspeaker: str | None, way: Way = Way.BOTH) -> None:
        """Start it for devices by parts of their names."""
        self.missed = self.lost = 0
        """Blocks that the loop gave too late, and that the device lost."""
        self.effort = 0.0
        """Which share of a core its process takes."""
        self.opened: Opened | None = None
        self._link, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        wish = {"microphone": microphone, "loudspeaker": loudspeaker, "way": way.value}
        command = [sys.executable, "-m", "voicecoach.sound.card", str(theirs.fileno()), json.dumps(wish)]
        quiet = subprocess.DEVNULL
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                command,
                stdin=quiet,
                stdout=quiet,
                stderr=quiet,
                pass_fds=[theirs.fileno()],
                process_group=0,  # Ctrl-C is for the loop, which lets the last word sound
            )

    def open(self, patience_seconds: float) -> Opened | None:
        """Wait for open devices; None where they are not yet. Raises SoundError where they cannot be."""
        if self.opened is None and (message := self._receive(patience_seconds)) is not None:
            told = json.loads(message)
            if "error" in told:
                raise SoundError(*told["error"].splitlines())
            shape = Shape(told["rate_hz"], told["inputs"], told["outputs"])
            self.opened = Opened(shape, told["latency_seconds"])
        return self.opened

    def start(self) -> None:
        """Let the sound begin."""
        self._send(START)

    def has_more(self) -> bool:
        """Whether there is something to take at once."""
        return bool(select.select([self._link], [], [], 0)[0])

    def take(self, patience_seconds: float) -> Block | None:
        """Wait for the next block; None where it did not come. Raises SoundError when the card is gone."""
        message = self._receive(patience_seconds)
        if message is None or self.opened is None:
            return None
        self.missed, self.lost, self.effort = COUNTS.unpack_from(message)
        shape = self.opened.shape
        heard = COUNTS.size + 4 * shape.block * shape.inputs
        return Block(message[COUNTS.size : heard], message[heard:])

    def give(self, block: bytes) -> None:
        """Hand over a block to be played; it is dropped where the card does not take it."""
        self._send(block)

    def hush(self) -> None:
        """Let all that was handed over and has not been played be silence."""
        self._send(HUSH)

    def close(self) -> None:
        """End the process at once."""
        self._link.close()
        self._process.kill()
        self._process.wait()

    def _send(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # what is wrong is told by the next take
            self._link.send(message, socket.MSG_DONTWAIT)

    def _receive(self, patience_seconds: float) -> bytes | None:
        if not select.select([self._link], [], [], patience_seconds)[0]:
            return None
        try:
            message = self._link.recv(LONGEST_MESSAGE)
        except OSError as error:
            raise SoundError(GONE) from error
        if not message:
            raise SoundError(GONE)
        return message
