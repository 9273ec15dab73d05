"""Vosk as a Recognizer: two recognisers that live through the session and are fed all of its sound.

A new recogniser, SetGrammar or FinalResult throws away what Vosk has learned of the voice and the
room, so none of them is used within a session; what was live when the words began filters the
answers. Spoken numbers spoil a grammar of words, so they have a recogniser of their own.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.errors import GrammarError, HearingError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Transcript
from voicecoach.sound.audio import RATE_HZ, AudioChunk, samples_of

CONFIDENCE = 0.5
"""Below it a phrase is not believed (docs/hearing.md)."""
TRAILING_SILENCE_SECONDS = 0.25
"""How much silence ends an utterance; the models' own 0.5 s makes an answer wait for a second."""
UNKNOWN_WORDS = ("[unk]", "<UNK>", "<unk>")
"""The word for anything else: models differ."""
REMEMBERED_SAMPLES = 60 * RATE_HZ
"""How far back what was live is remembered; no utterance is longer."""


@dataclass(slots=True)
class Lane:
    """One Vosk recogniser and the phrases that it may answer with."""

    recognizer: Any
    phrases: dict[str, str]
    """Phrase and intent."""


@dataclass(slots=True)
class Vosk:
    """A Recognizer on a Vosk model; see the module for how it is used."""

    model_dir: Path
    grammar: Grammar
    numbers: frozenset[str] = frozenset()
    """Intents that are numbers."""
    safety: frozenset[str] = frozenset()
    """Intents that the numbers' recogniser knows too."""
    name: str = field(default="vosk", init=False)
    _words: Lane = field(init=False)
    _numbers: Lane = field(init=False)
    _lives: list[tuple[int, frozenset[str]]] = field(default_factory=list, init=False)
    _origin: int | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Load the model. Raises HearingError for the model, GrammarError for words that it does not know."""
        model = load_model(self.model_dir)
        check_words_of(model, self.grammar)
        every = self.grammar.phrases()
        words = {phrase: intent for phrase, intent in every.items() if intent not in self.numbers}
        spoken = {p: i for p, i in every.items() if i in self.numbers | self.safety}
        self._words, self._numbers = _lane(model, words), _lane(model, spoken)
        _try_out(_lane(model, words), self.model_dir)

    def hear(self, chunk: AudioChunk, live: frozenset[str]) -> Sequence[Transcript]:
        """Take the next chunk; what is live now counts for words that begin now."""
        if self._origin is None:
            self._origin = chunk.start
        self._lives.append((chunk.start, live))
        while len(self._lives) > 1 and self._lives[1][0] < chunk.end - REMEMBERED_SAMPLES:
            self._lives.pop(0)
        sound = (np.clip(chunk.samples, -1, 1) * 32767).astype("<i2").tobytes()
        finals = [
            (lane, json.loads(lane.recognizer.Result()))
            for lane in (self._words, self._numbers)
            if lane.recognizer.AcceptWaveform(sound) == 1
        ]
        return self._decide(finals)

    def finish(self) -> Sequence[Transcript]:
        """Decide on what is still open, at the end of a recording."""
        lanes = (self._words, self._numbers)
        return self._decide([(lane, json.loads(lane.recognizer.FinalResult())) for lane in lanes])

    def _decide(self, finals: list[tuple[Lane, dict[str, Any]]]) -> list[Transcript]:
        told = [self._transcript(lane, result) for lane, result in finals if result.get("result")]
        return [transcript for transcript in told if transcript is not None]

    def _transcript(self, lane: Lane, result: dict[str, Any]) -> Transcript | None:
        """Judge one final; None where the other lane is the one to answer."""
        words = result["result"]
        start, end = (self._place(words[0]["start"]), self._place(words[-1]["end"]))
        confidence = min(word["conf"] for word in words)
        live, intent = self._live_at(start), lane.phrases.get(result["text"])
        asked_number = bool(live & self.numbers)
        accepted = intent is not None and intent in live and confidence >= CONFIDENCE
        if lane is self._numbers and (not asked_number or intent in self.safety):
            return None
        if lane is self._words and asked_number and not accepted:
            return None
        return Transcript(result["text"], start, end, confidence, accepted)

    def _place(self, seconds: float) -> int:
        return (self._origin or 0) + samples_of(seconds)

    def _live_at(self, place: int) -> frozenset[str]:
        before = [live for start, live in self._lives if start <= place]
        return before[-1] if before else self._lives[0][1]


def load_model(folder: Path) -> Any:
    """Load a Vosk model, made to end an utterance sooner. Raises HearingError."""
    import vosk  # noqa: PLC0415 - only who listens with Vosk needs it

    vosk.SetLogLevel(-1)
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as place:
        try:
            quicker = _quicker(folder, Path(place) / "model")
            return vosk.Model(model_path=str(quicker))
        except OSError as error:
            raise HearingError(f"{folder}: the model cannot be read ({error.strerror}).") from error
        except Exception as error:
            raise HearingError(f"{folder}: Vosk cannot use this model ({error}); get it anew.") from error


def _quicker(folder: Path, copy: Path) -> Path:
    """Lay out the model again by links, with its own pause before an utterance ends."""
    copy.mkdir()
    for entry in folder.iterdir():
        if entry.name != "conf":
            (copy / entry.name).symlink_to(entry.resolve())
    shutil.copytree(folder / "conf", copy / "conf")
    settings = copy / "conf" / "model.conf"
    kept = [line for line in settings.read_text().splitlines() if "rule2.min-trailing-silence" not in line]
    kept.append(f"--endpoint.rule2.min-trailing-silence={TRAILING_SILENCE_SECONDS}")
    settings.write_text("\n".join(kept) + "\n")
    return copy


def check_words(folder: Path, grammar: Grammar) -> None:
    """Raise GrammarError naming every word of the grammar that the model does not know."""
    check_words_of(load_model(folder), grammar)


def check_words_of(model: Any, grammar: Grammar) -> None:
    """As `check_words`, for a model that is loaded."""
    unknown: dict[str, str] = {}
    for phrase in grammar.phrases():
        for word in phrase.split():
            if word not in unknown and model.vosk_model_find_word(word) < 0:
                unknown[word] = phrase
    if unknown:
        raise GrammarError(
            *(
                f"{grammar.source}: the model has no word '{word}' (in '{phrase}'); say it otherwise."
                for word, phrase in unknown.items()
            )
        )


def _lane(model: Any, phrases: dict[str, str]) -> Lane:
    """Make a recogniser of phrases; it gets the model's word for anything else."""
    import vosk  # noqa: PLC0415 - only who listens with Vosk needs it

    unknown = [word for word in UNKNOWN_WORDS if model.vosk_model_find_word(word) >= 0]
    recognizer = vosk.KaldiRecognizer(
        model, RATE_HZ, json.dumps([*phrases, *unknown[:1]], ensure_ascii=False)
    )
    recognizer.SetWords(True)
    return Lane(recognizer, phrases)


def _try_out(lane: Lane, folder: Path) -> None:
    """Decode a second of silence: some damaged models load, and fail at the first sound."""
    try:
        lane.recognizer.AcceptWaveform(bytes(2 * RATE_HZ))
    except Exception as error:
        raise HearingError(f"{folder}: the model is damaged ({error}); get it anew.") from error
