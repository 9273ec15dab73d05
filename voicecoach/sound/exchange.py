"""What the sound card's callback and the loop hand each other, block by block; neither waits for the other.

The loudspeaker keeps its place behind the microphone: a block that comes after its moment is left out
and never played late, or every pause of the loop would delay all that follows.
"""

from collections import deque
from queue import Empty, Queue


class Exchange:
    """Blocks of one length in both directions; `swap` belongs to the callback, the rest to the loop."""

    def __init__(self, silence: bytes, ahead: int) -> None:
        """Let the loudspeaker play `silence` for its first `ahead` blocks: the loop may be that late."""
        self.missed = 0
        """How many blocks were not there in time since the beginning."""
        self._silence = silence
        self._ahead = ahead
        self._late = 0
        self._heard: Queue[bytes] = Queue()
        self._played: deque[bytes] = deque()

    def swap(self, heard: bytes) -> bytes:
        """Leave what was heard, and take what is to be played meanwhile; never waits."""
        self._heard.put_nowait(heard)
        if self._ahead:
            self._ahead -= 1
            return self._silence
        while self._late and self._played:
            self._played.popleft()
            self._late -= 1
        if self._played:
            return self._played.popleft()
        self._late += 1
        self.missed += 1
        return self._silence

    def take(self, patience_seconds: float) -> bytes | None:
        """Wait for the next block that was heard; None where none came for so long."""
        try:
            return self._heard.get(timeout=patience_seconds)
        except Empty:
            return None

    def give(self, block: bytes) -> None:
        """Hand over the next block to be played."""
        self._played.append(block)
