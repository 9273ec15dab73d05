"""Trying voice and recogniser: a simulated person says one phrase, and it has to be understood."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from voicecoach.doctor.parts import EarFacts, Trial, VoiceFacts
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.sound.audio import CHUNK_SAMPLES, QUIET_RMS, AudioChunk, Samples, samples_of, seconds_of
from voicecoach.speaking.synthesizer import Synthesizer

LINES = {"en": "Now the left side.", "ko": "이제 왼쪽입니다."}
"""A line to try the voice with; of another language, a number."""
BEFORE_SECONDS, AFTER_SECONDS = 1.0, 2.0
"""Quiet around the phrase."""


def gather_voice(name: str, language: str, open_voice: Callable[[], Synthesizer]) -> VoiceFacts:
    """Render a line twice: the first also starts the engine, the second tells how fast it is."""
    try:
        voice = open_voice()
        voice.synthesize("1")
        begun = time.perf_counter()
        voice.synthesize(LINES.get(language, "1"))
    except VoicecoachError as error:
        return VoiceFacts(name, problem=str(error))
    return VoiceFacts(name, time.perf_counter() - begun)


def gather_ears(
    grammar: Grammar, open_recognizer: Callable[[], Recognizer], person: Synthesizer, phrase: str
) -> EarFacts:
    """Open the recogniser and let `person` say a phrase of the grammar to it."""
    begun = time.perf_counter()
    try:
        ears = open_recognizer()
    except VoicecoachError as error:
        return EarFacts(problem=str(error))
    loaded = time.perf_counter() - begun
    try:
        sound = person.synthesize(phrase).samples
    except VoicecoachError:  # told by the check of the voice
        return EarFacts(ears.name, loaded)
    return EarFacts(ears.name, loaded, trial=_try(ears, grammar, sound, phrase))


def _try(ears: Recognizer, grammar: Grammar, sound: Samples, phrase: str) -> Trial:
    wanted = grammar.understand(phrase)
    live = frozenset({wanted.name}) if wanted else frozenset(grammar.intents)
    quiet = [np.zeros(samples_of(seconds), np.float32) for seconds in (BEFORE_SECONDS, AFTER_SECONDS)]
    heard = np.concatenate((quiet[0], sound, quiet[1]))
    heard += np.random.default_rng(0).standard_normal(len(heard), dtype=np.float32) * np.float32(QUIET_RMS)
    begun = time.perf_counter()
    transcripts = [said for chunk in _chunks(heard) for said in ears.hear(chunk, live)]
    factor = (time.perf_counter() - begun) / seconds_of(len(heard))
    understood = [grammar.understand(said.text, live) for said in transcripts if said.accepted]
    names = [intent.name for intent in understood if intent]
    return Trial(phrase, wanted.name if wanted else "", names[0] if names else "", factor)


def _chunks(samples: Samples) -> Iterator[AudioChunk]:
    for start in range(0, len(samples) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES):
        yield AudioChunk(start, samples[start : start + CHUNK_SAMPLES])
