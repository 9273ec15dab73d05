"""What the sound card's callback and the loop hand each other, block by block; neither waits for the other.

The loudspeaker keeps its place behind the microphone: a block that comes after its moment is left out
and never played late, or every pause of the loop would delay all that follows. Blocks are bytes of
32 bit floats; numpy is not needed here.
"""

from array import array
from collections import deque
from queue import Empty, SimpleQueue

FADE_VALUES = 256
"""How fast sound is cut off: 5 ms of one channel at 48 kHz, 3 ms of two."""


class Exchange:
    """Blocks of one length in both directions; `swap` belongs to the callback, the rest to the loop."""

    def __init__(self, silence: bytes, ahead: int) -> None:
        """Let the loudspeaker play `silence` for its first `ahead` blocks: the loop may be that late."""
        self.missed = 0
        """How many blocks were not there in time since the beginning."""
        self._silence = silence
        self._ahead = ahead
        self._late = 0
        self._heard: SimpleQueue[tuple[bytes, bytes]] = SimpleQueue()
        self._played: deque[bytes] = deque()
        self._given = self._taken = self._muted = 0
        self._sounding = False
        """Whether the last block came from the loop and was not muted."""

    def swap(self, heard: bytes) -> bytes:
        """Leave what was heard, and take what is to be played meanwhile; never waits."""
        played = self._next()
        self._heard.put((heard, played))
        return played

    def _next(self) -> bytes:
        if self._ahead:
            self._ahead -= 1
            return self._silence
        while self._late and self._played:
            self._pop()
            self._late -= 1
        if self._played:
            return self._pop()
        self._late += 1
        self.missed += 1
        self._sounding = False
        return self._silence

    def _pop(self) -> bytes:
        block = self._played.popleft()
        self._taken += 1
        muted, sounding = self._taken <= self._muted, self._sounding
        self._sounding = not muted
        if not muted:
            return block
        return _fade(block) if sounding else self._silence

    def take(self, patience_seconds: float) -> tuple[bytes, bytes] | None:
        """Wait for the next block that was heard, with what was played meanwhile; None if it did not come."""
        try:
            return self._heard.get(timeout=patience_seconds)
        except Empty:
            return None

    def give(self, block: bytes) -> None:
        """Hand over the next block to be played."""
        self._given += 1
        self._played.append(block)

    def hush(self) -> None:
        """Let all that was handed over, and has not been played, be silence; it keeps its place."""
        self._muted = self._given


def _fade(block: bytes) -> bytes:
    """Give the block's beginning, faded, and silence after it."""
    values = array("f", block)
    length = min(FADE_VALUES, len(values))
    for place in range(length):
        values[place] *= 1 - place / length
    return values[:length].tobytes() + bytes(len(block) - 4 * length)
