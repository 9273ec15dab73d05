"""The process that holds the sound card: blocks of sound in both directions over a socket.

A process of its own, because a sound server that died can hold a thread for ever (seen by gdb in
libpulse), because devices that were plugged in are seen only by a new PortAudio, and because a
callback must not wait for a busy interpreter. Whatever happens here, killing it is enough. It needs
no numpy and decides nothing.

    python -m voicecoach.sound.card SOCKET WISH

WISH and the first answer are JSON: {"microphone": …, "loudspeaker": …, "way": "both"} ("loudspeaker"
and "microphone" are ways, too) is answered by
{"rate_hz": …, "inputs": …, "outputs": …, "latency_seconds": …} or {"error": …}. The message START begins
the stream; from then on each message of the card is COUNTS, a block that was heard, and the block that
was played meanwhile; each further message to it is a block to be played, or HUSH. Blocks are
interleaved 32 bit floats at the device's rate.
"""

import contextlib
import json
import os
import socket
import struct
import sys
import time
from threading import Thread
from typing import Any

from voicecoach.errors import SoundError
from voicecoach.sound.exchange import Exchange
from voicecoach.sound.hurry import hurry
from voicecoach.sound.sounddevice import choose_device, latency_of, open_stream

LONGEST_MESSAGE = 1 << 18
START, HUSH = b"s", b"h"
COUNTS = struct.Struct("<IIf")
"""Blocks that were not there in time, blocks in which the device lost sound, and which share of a core this
process takes."""

AHEAD_BLOCKS = 10
"""How far the loudspeaker lies behind the loop: 7 blocks for a chunk and both resamplings at their latest,
and 50 ms for the loop to think in."""
PATIENCE_SECONDS = 1.0
EFFORT_SECONDS = 2.0


class Effort:
    """Watches how much of a core this process takes."""

    def __init__(self) -> None:
        self.share = 0.0
        """Over the last span of EFFORT_SECONDS."""
        self._began, self._spent = time.monotonic(), time.process_time()

    def look(self) -> float:
        """Give the share as it is now known."""
        now, spent = time.monotonic(), time.process_time()
        if now - self._began >= EFFORT_SECONDS:
            self.share = (spent - self._spent) / (now - self._began)
            self._began, self._spent = now, spent
        return self.share


class Card:
    """One open stream and the socket to the loop."""

    def __init__(self, link: socket.socket, wish: dict[str, Any]) -> None:
        """Open the devices. Raises SoundError in plain words."""
        self._link = link
        self._lost = 0
        self.shape, self._stream = open_stream(
            choose_device(wish["microphone"], "inputs") if wish["way"] != "loudspeaker" else None,
            choose_device(wish["loudspeaker"], "outputs") if wish["way"] != "microphone" else None,
            self.swap,
        )
        self._exchange = Exchange(bytes(4 * self.shape.block * self.shape.outputs), AHEAD_BLOCKS)

    def swap(self, heard: bytes, disturbed: bool) -> bytes:
        """Be the stream's callback: only copies."""
        self._lost += disturbed
        return self._exchange.swap(heard)

    def run(self) -> None:
        """Play until the loop goes away."""
        self._link.send(json.dumps(self._told()).encode())
        message = self._link.recv(1)
        if message != START:
            return
        self._stream.start()
        Thread(target=self._tell, daemon=True).start()
        while message := self._link.recv(LONGEST_MESSAGE):
            if message == HUSH:
                self._exchange.hush()
            else:
                self._exchange.give(message)

    def _told(self) -> dict[str, Any]:
        return {
            "rate_hz": self.shape.rate_hz,
            "inputs": self.shape.inputs,
            "outputs": self.shape.outputs,
            "latency_seconds": latency_of(self._stream),
        }

    def _tell(self) -> None:
        """Pass on what was heard, as long as the loop is there."""
        effort = Effort()
        with contextlib.suppress(OSError):
            while self._stream.active:
                both = self._exchange.take(PATIENCE_SECONDS)
                if both is not None:
                    counts = COUNTS.pack(self._exchange.missed, self._lost, effort.look())
                    self._link.send(counts + b"".join(both))
            self._link.shutdown(socket.SHUT_RDWR)  # the stream ended by itself: its server died


def main() -> None:
    """Hold the card; ends with the loop, without waiting for any library."""
    link = socket.socket(fileno=int(sys.argv[1]))
    hurry()
    try:
        Card(link, json.loads(sys.argv[2])).run()
    except SoundError as error:
        link.send(json.dumps({"error": str(error)}).encode())
    except Exception as error:  # noqa: BLE001 - whatever PortAudio says, the loop has to be told
        with contextlib.suppress(OSError):
            link.send(json.dumps({"error": f"The sound card cannot be used ({error})."}).encode())
    os._exit(0)


if __name__ == "__main__":
    main()
