"""What was heard of recordings, judged and counted. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from bench.recordings import Heard, Recording
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Transcript
from voicecoach.session.table import SAFETY

LANES = ("safety", "normal")


class Judge(Protocol):
    """Tells whether what was heard is what was said."""

    def is_right(self, recording: Recording, told: Transcript | None) -> bool:
        """Tell whether `told` means what is said in the recording."""
        ...

    def lane(self, told: Transcript) -> str:
        """Name the lane that a transcript belongs to."""
        ...


@dataclass(frozen=True, slots=True)
class ByMeaning:
    """Right is what the grammar takes for the same as the label."""

    grammar: Grammar

    def is_right(self, recording: Recording, told: Transcript | None) -> bool:
        """Compare intent and slots."""
        if told is None or not recording.label:
            return False
        said, wanted = self.grammar.understand(told.text), self.grammar.understand(recording.label)
        same = said is not None and wanted is not None
        return same and (said.name, said.slots) == (wanted.name, wanted.slots)

    def lane(self, told: Transcript) -> str:
        """Name the lane of the intent."""
        meant = self.grammar.understand(told.text)
        return "safety" if meant is not None and meant.name in SAFETY else "normal"


@dataclass(frozen=True, slots=True)
class Score:
    """What came of a set of recordings."""

    count: int
    seconds: float
    """Length of all the sound, with the silence around it."""
    best: int
    """Recordings in which the likeliest phrase was right, accepted or not."""
    right: int
    """Recordings in which the right phrase was accepted."""
    wrong: int
    """Recordings in which anything else was accepted."""
    computed: float
    """Seconds of processor time."""
    waits: tuple[float, ...]
    """From the end of the words to each accepted answer, in seconds."""
    lanes: Counter[str] = field(default_factory=Counter)
    """Wrong accepts by lane."""
    mistakes: tuple[str, ...] = ()

    def percent(self, of: int) -> float:
        """Give a count as a share of the recordings."""
        return 100 * of / self.count

    def hourly(self, lane: str) -> float:
        """Give the wrong accepts of a lane in an hour of such sound."""
        return 3600 * self.lanes[lane] / self.seconds

    @property
    def load(self) -> float:
        """Give the processor time for a second of sound."""
        return self.computed / self.seconds

    def wait(self, percent: float) -> float:
        """Give a percentile of the waits; 0 where nothing was accepted."""
        return float(np.percentile(self.waits, percent)) if self.waits else 0.0


def score(heard: Sequence[tuple[Recording, Heard]], judge: Judge) -> Score:
    """Count what was heard right and wrong."""
    wrong = [
        (recording, told)
        for recording, result in heard
        for told in result.accepted
        if not judge.is_right(recording, told)
    ]
    return Score(
        count=len(heard),
        seconds=sum(result.seconds for _, result in heard),
        best=sum(judge.is_right(recording, result.best) for recording, result in heard),
        right=sum(
            any(judge.is_right(recording, told) for told in result.accepted) for recording, result in heard
        ),
        wrong=len({recording for recording, _ in wrong}),
        computed=sum(result.computed for _, result in heard),
        waits=tuple(
            wait
            for _, result in heard
            for wait, told in zip(result.waits, result.transcripts, strict=True)
            if told.accepted
        ),
        lanes=Counter(judge.lane(told) for _, told in wrong),
        mistakes=tuple(f"{recording.label or '-'}>{told.text}" for recording, told in wrong),
    )
