"""A synthetic voice for tests that listen: espeak-ng by our own synthesiser.

What espeak-ng makes of a line depends a little on the line before it, so each line has a process of its
own: a test must hear the same whatever ran before it.
"""

from contextlib import closing
from functools import cache

import numpy as np

from voicecoach.sound.audio import Samples
from voicecoach.speaking.pyttsx3 import pyttsx3

VOICES = {"en": "en-us+m3", "ko": "ko+f3"}
"""The persons of the rehearsals speak with them too."""
RATES_WPM = {"en": 145, "ko": 160}
ROOM_NOISE = 0.0003


@cache
def speak(text: str, language: str = "en", voice: str | None = None) -> Samples:
    """Say `text` in a room that is not quite silent."""
    with closing(pyttsx3(language, RATES_WPM[language], voice or VOICES[language])) as fresh:
        clip = fresh.synthesize(text).samples
    noise = np.random.default_rng(1).normal(0, ROOM_NOISE, len(clip))
    return np.asarray(clip + noise, np.float32)
