"""One Vosk recogniser that lives through the session, and the phrases that it may answer with.

Spellings are the model's: it writes some words apart that we write together.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.hearing.vosk_result import Finding, Limits, judge, read_alternatives
from voicecoach.hearing.vosk_words import Vocabulary
from voicecoach.sound.audio import CHUNK_SAMPLES, QUIET_ROOM, RATE_HZ, Samples, samples_of

ALTERNATIVES = 20
"""How many word sequences Vosk is asked for."""
BALLAST = 300
"""How often the word that nobody says is put in the grammar; each doubling makes stray words less likely."""
EMPTIED_SAMPLES = samples_of(45.0)
"""After so much sound Vosk is made to let go of what it keeps of it, when nobody speaks. By itself it does so
after ten minutes, and 160 sentences of people took 47 MB."""
MOST_SAMPLES = samples_of(60.0)
"""Where nobody is ever silent it is emptied after so much, and an answer waits for that."""
REPLAYED_SAMPLES = samples_of(8.0)
"""So much of what was said last it hears again then, or it would have to get used to voice and room anew."""
NOISE = QUIET_ROOM[: samples_of(0.3)]
"""What follows an utterance: without it Vosk keeps the last frames back, for the next one."""


@dataclass(slots=True)
class Lane:
    """One Vosk recogniser and the phrases that it may answer with, by how the model writes them."""

    recognizer: Any
    phrases: Mapping[str, str]
    limits: Limits
    _heard: int = 0
    """How many samples since it was empty."""
    _latest: deque[Samples] = field(default_factory=deque)
    """What was said last."""

    def find(self, utterance: Samples, meaning: Callable[[str], object]) -> Finding:
        """Hear a whole utterance; give the phrase in it that is believed, or else the likeliest words."""
        found = [
            judge(read_alternatives(answer), self.phrases, meaning, self.limits)
            for answer in self._hand_over(utterance)
        ]
        return max(found, key=lambda each: (each.sure, -each.gap))

    def _hand_over(self, utterance: Samples) -> list[str]:
        """Take a whole utterance, and NOISE after it; give all answers to it."""
        sound = np.concatenate([utterance, NOISE])
        answers = self._hear_out(sound)
        self._keep(sound)
        if self._heard > MOST_SAMPLES:
            self._empty()
        return answers

    def rest(self) -> bool:
        """Use a moment in which nobody speaks; tell whether it was needed."""
        needed = self._heard > EMPTIED_SAMPLES
        if needed:
            self._empty()
        return needed

    def _keep(self, sound: Samples) -> None:
        self._heard += len(sound)
        self._latest.append(sound)
        while len(self._latest) > 1 and sum(map(len, self._latest)) > REPLAYED_SAMPLES:
            self._latest.popleft()

    def _hear_out(self, sound: Samples) -> list[str]:
        parts = [sound[at : at + CHUNK_SAMPLES] for at in range(0, len(sound), CHUNK_SAMPLES)]
        return [*filter(None, map(self._hear, parts)), self.recognizer.Result()]

    def _empty(self) -> None:
        """Let Vosk go of what it keeps: only FinalResult does that, and only while something is said."""
        self._hear(NOISE)
        self.recognizer.FinalResult()
        self._heard = 0
        for sound in self._latest:
            self._hear_out(sound)

    def _hear(self, samples: Samples) -> str | None:
        """Take mono sound; give Vosk's answer where it finds an end."""
        sound = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        # Where an answer is due and not taken, every further call costs more.
        return self.recognizer.Result() if self.recognizer.AcceptWaveform(sound) == 1 else None


def open_lane(model: Any, vocabulary: Vocabulary, phrases: Mapping[str, str], limits: Limits) -> Lane:
    """Make a recogniser of phrases, the model's word for anything else, and ballast.

    In Vosk's grammar any word may follow any other, and a word costs the more, the rarer it is. A word that
    nobody says, told many times, makes all others rare: a phrase pays once, a chain of stray words each time.
    """
    import vosk  # noqa: PLC0415 - only who listens with Vosk needs it

    others = [word for word in (vocabulary.unknown_word,) if word]
    ballast = [word for word in (vocabulary.long_word,) if word] * BALLAST
    # Vosk does not read \u escapes, and ends the process on an empty list.
    words = json.dumps([*phrases, *others, *ballast], ensure_ascii=False)
    with quiet():
        recognizer = vosk.KaldiRecognizer(model, RATE_HZ, words)
    recognizer.SetMaxAlternatives(ALTERNATIVES)
    return Lane(recognizer, phrases, limits)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what the library prints on standard error, whatever its log level, off the terminal."""
    kept = os.dup(2)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
