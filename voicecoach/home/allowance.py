"""How often others may ask: a bucket for each of them that fills again with time."""

from collections import OrderedDict
from collections.abc import Callable


class Allowance:
    """How much each client may do: `burst` at once, and `rate` a second after that."""

    CLIENTS_AT_MOST = 1024

    def __init__(self, *, rate: float, burst: float, clock: Callable[[], float]) -> None:
        """Begin with everyone's allowance whole."""
        self._rate, self._burst, self._clock = rate, burst, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str) -> bool:
        """Take one from a client's allowance; False where nothing is left of it."""
        now = self._clock()
        left, since = self._left.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        allowed = left >= 1
        self._left[client] = (left - 1 if allowed else left, now)
        if len(self._left) > self.CLIENTS_AT_MOST:
            self._left.popitem(last=False)
        return allowed
