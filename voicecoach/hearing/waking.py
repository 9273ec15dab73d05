"""A recogniser that wakes while the coach already speaks: a model of Vosk takes seconds to load.

It hears nothing by itself: what comes meanwhile is kept and heard as soon as the recogniser is there.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from voicecoach.hearing.recognizer import Recognizer, Transcript
from voicecoach.sound.audio import AudioChunk


class Waking:
    """A Recognizer that is built in a thread of its own."""

    def __init__(self, name: str, build: Callable[[], Recognizer], *, patient: bool) -> None:
        """Begin to build.

        A `patient` one waits for the recogniser when the first chunk comes, so that the same recording
        gives the same session; with a live microphone time does not wait. What `build` raises is
        raised by the first `hear` or `finish` after it.
        """
        self.name = name
        self._patient = patient
        self._missed: list[tuple[AudioChunk, frozenset[str]]] = []
        thread = ThreadPoolExecutor(1, thread_name_prefix="waking")
        self._built = thread.submit(build)
        thread.shutdown(wait=False)

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; nothing is decided before the recogniser is there."""
        self._missed.append((chunk, live))
        return self._catch_up() if self._patient or self._built.done() else []

    def finish(self) -> Sequence[Transcript]:
        """Decide on whatever is still open, waiting for the recogniser if need be."""
        return [*self._catch_up(), *self._built.result().finish()]

    def _catch_up(self) -> Sequence[Transcript]:
        recognizer, missed = self._built.result(), self._missed
        self._missed = []
        return [said for chunk, live in missed for said in recognizer.hear(chunk, live)]
