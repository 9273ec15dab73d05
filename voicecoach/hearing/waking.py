"""A recogniser in a thread of its own: a model takes seconds to load, and a decision tenths of one.

The loop over a live microphone must wait for neither, or what the coach says then would have holes
(measured: six blocks of 16 ms at each decision of Moonshine). It hears nothing by itself.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, samples_of
from voicecoach.sound.hurry import hurry

LATE_SECONDS = 5.0
"""How far a decision may be behind: a "stop" that is understood later than that is none."""


class Waking:
    """A Recognizer that is built, and unless it is patient hears, while the coach already speaks."""

    def __init__(self, name: str, build: Callable[[], Recognizer], *, patient: bool) -> None:
        """Begin to build.

        A `patient` one decides on a chunk before the next one comes, so that the same recording gives the
        same session; with a live microphone time does not wait, and a decision is told with one of the next
        chunks. What `build` raises is raised by the first `hear` or `finish` after it.
        """
        self.name = name
        self._patient = patient
        self._thread = ThreadPoolExecutor(1, "hearing", initializer=None if patient else hurry)
        self._built = self._thread.submit(build)
        self._undecided: deque[Future[Sequence[Transcript]]] = deque()
        self._awake = False
        """Whether all that came while it was built has been decided."""

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; nothing is decided before the recogniser is there."""
        self._undecided.append(self._thread.submit(lambda: self._built.result().hear(chunk, live)))
        return self._decided(wait=self._patient)

    def finish(self) -> Sequence[Transcript]:
        """Decide on whatever is still open, waiting for the recogniser if need be."""
        self._undecided.append(self._thread.submit(lambda: self._built.result().finish()))
        return self._decided(wait=True)

    def _decided(self, *, wait: bool) -> Sequence[Transcript]:
        told: list[Transcript] = []
        while self._undecided and (wait or self._undecided[0].done()):
            told += self._undecided.popleft().result()
        self._awake = self._awake or not self._undecided
        return told

    def is_late(self) -> bool:
        """Tell whether it hangs, or falls so far behind that nobody can rely on being heard."""
        return self._awake and len(self._undecided) * CHUNK_SAMPLES > samples_of(LATE_SECONDS)
