"""What changes, sent on to everyone who looks: server-sent events from one look at the board.

One task looks at the board for all viewers. A viewer that cannot keep up is not queued for: it misses
what was in between and gets what is true when it can take it.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

from voicecoach.home.page.view import Shown
from voicecoach.home.status import Board, Status

LOOK_SECONDS = 0.05
"""Between two looks at the board; a change is seen within this and what the network takes."""
QUIET_SECONDS = 15.0
"""A line at least this often, so that neither side takes the connection for dead."""
VIEWERS_AT_MOST = 256


class Feed:
    """The board as a stream of lines; lives in the page's own event loop."""

    def __init__(self, board: Board, show: Callable[[Status, float], Shown]) -> None:
        """Prepare to show the board by `show`, which gets a status and its moment."""
        self._board = board
        self._show = show
        self._seen: Status | None = None
        self._changed = asyncio.Event()
        self._open = True
        self.viewers = 0

    async def look(self) -> None:
        """Look at the board until the feed is closed."""
        while self._open:
            if self._board.status is not self._seen:
                self._seen = self._board.status
                changed, self._changed = self._changed, asyncio.Event()
                changed.set()
            await asyncio.sleep(LOOK_SECONDS)

    def close(self) -> None:
        """Let all viewers go."""
        self._open = False
        self._changed.set()

    @property
    def full(self) -> bool:
        """Whether no more viewers fit."""
        return self.viewers >= VIEWERS_AT_MOST

    def now(self) -> Shown:
        """Give what is true now."""
        return self._show(self._board.status, self._board.now)

    async def lines(self) -> AsyncIterator[bytes]:
        """Give what is true, and again whenever it changes, as server-sent events."""
        self.viewers += 1
        try:
            while self._open:
                changed = self._changed
                yield b"data: " + json.dumps(self.now(), ensure_ascii=False).encode() + b"\n\n"
                while self._open and not await _comes(changed):
                    yield b": still here\n\n"
        finally:
            self.viewers -= 1


async def _comes(event: asyncio.Event) -> bool:
    """Wait for `event`; False when it was quiet for a while."""
    try:
        await asyncio.wait_for(event.wait(), QUIET_SECONDS)
    except TimeoutError:
        return False
    return True
