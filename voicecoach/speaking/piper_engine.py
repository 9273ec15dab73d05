"""Piper within worker.py's process; nothing else of the program may import it: Piper is GPL-3."""

import wave
from collections.abc import Callable

OWN_RATE_WPM = 180
"""How fast the voice of Joe speaks by itself, on espeak-ng's scale: on 25 lines of the coach he takes
0.89 of the time that espeak-ng does at 160 (measured)."""


def open_engine(voice: str, rate_wpm: int) -> Callable[[str, str], None]:
    """Load the model at the path `voice`; gives what writes one text into one WAV file.

    Raises whatever Piper raises for a model that it cannot use.
    """
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415 - only this process needs it

    model = PiperVoice.load(voice)
    manner = SynthesisConfig(length_scale=OWN_RATE_WPM / rate_wpm)

    def render(text: str, path: str) -> None:
        with wave.open(path, "wb") as file:
            model.synthesize_wav(text, file, manner)

    return render
