"""The voice of pyttsx3 and espeak-ng: in every language, at once, and plainly a machine's."""

from voicecoach.speaking.process import ProcessVoice
from voicecoach.speaking.versions import version_of

VOICES = {"en": "en-us", "ko": "ko"}
"""espeak-ng's voice for a language whose own name it does not go by."""

ANSWER_SECONDS = 5.0
"""A line takes about 12 ms, a start 40 ms (measured)."""


def pyttsx3(language: str, rate_wpm: int, voice: str | None = None) -> ProcessVoice:
    """Give espeak-ng's voice of a language, or the one that is named."""
    versions = "+".join(version_of(package) for package in ("pyttsx3", "espeakng-loader"))
    name = voice or VOICES.get(language, language)
    return ProcessVoice("pyttsx3", name, rate_wpm, versions, ANSWER_SECONDS)
