"""Which voice a name means: one of Piper's, or one of espeak-ng's."""

from voicecoach.speaking.piper import MODEL, PACKAGED, piper
from voicecoach.speaking.process import ProcessVoice
from voicecoach.speaking.pyttsx3 import pyttsx3


def choose_voice(language: str, rate_wpm: int, name: str | None = None) -> ProcessVoice:
    """Give the voice that is named, or the language's own of espeak-ng.

    Raises SpeakingError where it is not installed or does not speak the language.
    """
    if name is not None and (name in PACKAGED or name.endswith(MODEL)):
        return piper(language, rate_wpm, name)
    return pyttsx3(language, rate_wpm, name)
