"""Which intents were live when: an utterance is judged by what was live when its words began.

Recognisers keep one; it decides nothing.
"""

from collections import deque
from dataclasses import dataclass, field

from voicecoach.sound.audio import samples_of

REMEMBERED_SAMPLES = samples_of(60)
"""How far back is remembered; no utterance is longer."""


@dataclass(slots=True)
class Lives:
    """The intents that were live, by places on the sample clock."""

    _known: deque[tuple[int, frozenset[str]]] = field(default_factory=deque)

    def add(self, since: int, live: frozenset[str]) -> None:
        """Remember that `live` holds from the place `since` on, which never falls."""
        if not self._known or self._known[-1][1] != live:
            self._known.append((since, live))
        while len(self._known) > 1 and self._known[1][0] <= since - REMEMBERED_SAMPLES:
            self._known.popleft()

    def at(self, place: int) -> frozenset[str]:
        """Give what was live at `place`: the oldest that is remembered for what was before it."""
        before = (live for since, live in reversed(self._known) if since <= place)
        return next(before, self._known[0][1])
