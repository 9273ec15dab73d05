"""What others may ask of a session: the same intents as spoken ones, through one narrow door.

Orders wait in a row that is short; what does not fit is refused, and so is what means nothing now.
The loop looks here once a chunk and takes one at most, without a lock, so nobody who asks can hold it
up. `stop`, `pause` and pain never wait: they send away what waited before them.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from threading import Event, Lock
from typing import Literal

from voicecoach.hearing.recognizer import Intent
from voicecoach.home.status import Board
from voicecoach.session.table import ANSWERED, SAFETY
from voicecoach.sound.audio import seconds_of

WAITING_AT_MOST = 8
"""More than anyone asks for in the 32 ms in which one order is taken."""

PLAIN = frozenset(
    {*SAFETY, *ANSWERED, "ready", "next", "skip", "previous", "resume", "finish", "yes", "no", "correct"}
)
"""Intents that say all by themselves."""

SCORES = range(11)

Answer = Literal["taken", "unknown", "not_now", "full"]
"""What became of an order; only a taken one does anything."""


class Control:
    """The door for orders, and the board that tells what came of them."""

    def __init__(self, routines: Sequence[str], board: Board | None = None) -> None:
        """Open the door; `routines` may be started."""
        self.board = board or Board()
        self.routines = tuple(routines)
        self._waiting: deque[Intent] = deque()
        self._writing = Lock()
        self._came = Event()

    # ---- for others, from any thread

    def submit(self, intent: str, slots: Mapping[str, str | int] | None = None, *, source: str) -> Answer:
        """Ask for an intent; `source` says who asks, as the record names it, such as 'page'."""
        slots = dict(slots or {})
        if not self._makes_sense(intent, slots):
            return "unknown"
        if intent not in self.board.status.live:
            return "not_now"
        order = Intent(intent, slots, f"({source})")
        with self._writing:
            if intent in SAFETY:
                self._waiting.clear()
            if len(self._waiting) >= WAITING_AT_MOST:
                return "full"
            self._waiting.append(order)
        self._came.set()
        return "taken"

    def _makes_sense(self, intent: str, slots: Mapping[str, str | int]) -> bool:
        if intent == "start":
            return set(slots) == {"routine"} and slots["routine"] in self.routines
        if intent == "number":
            score = slots.get("score")
            return set(slots) == {"score"} and type(score) is int and score in SCORES
        return intent in PLAIN and not slots

    # ---- for the loop

    def take(self, live: frozenset[str], at: int) -> Sequence[Intent]:
        """Give the next order that means something among `live`, as if it was heard at `at` (samples)."""
        self.board.now = seconds_of(at)
        while True:
            try:
                order = self._waiting.popleft()
            except IndexError:
                return ()
            if order.name in live:
                return (Intent(order.name, order.slots, order.text, start=at, end=at),)

    def wait_for_start(self, seconds: float) -> str | None:
        """Wait, while there is no session, until one is asked for; give its routine, or None."""
        self._came.wait(seconds)
        self._came.clear()
        orders = self.take(frozenset({"start"}), 0)
        return str(orders[0].slots["routine"]) if orders else None
