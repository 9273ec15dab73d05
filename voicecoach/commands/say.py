"""`voicecoach say`: a line in the coach's voice, to hear it or to keep it."""

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.commands import options
from voicecoach.commands.parts import build_speaker
from voicecoach.errors import SpeakingError
from voicecoach.home.wall import local_now
from voicecoach.settings import Settings, load_settings
from voicecoach.sound.audio import RATE_HZ, Samples
from voicecoach.sound.timeline import Timeline


def say(
    text: Annotated[str, typer.Argument(help="What to say.")],
    voice: options.Voice = None,
    lang: options.Lang = None,
    out: Annotated[Path | None, typer.Option("--out", help="A WAV file to write instead.")] = None,
) -> None:
    """Say a line in the coach's voice and at its volume, to hear how it sounds."""
    settings = load_settings(lang=lang, voice=voice)
    samples = speak(settings, [text])
    if out is not None:
        write(out, samples)
    else:
        play(samples)


def speak(settings: Settings, sentences: Sequence[str]) -> Samples:
    """Give lines as a session would play it."""
    player = Timeline()
    speaker = build_speaker(settings, player, local_now().time())
    said = speaker.say("say", sentences, 0)
    return player.render(0, said.end)


def play(samples: Samples) -> None:
    """Play to the end, on the loudspeaker of the settings."""
    from voicecoach.sound.sounddevice import play_file

    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        file = Path(folder) / "line.wav"
        write(file, samples)
        play_file(file)


def write(path: Path, samples: Samples) -> None:
    """Write a WAV file. Raises SpeakingError where it cannot be."""
    import soundfile

    sound = io.BytesIO()  # a disk that is full is told by the disk, not by libsndfile
    soundfile.write(sound, samples, RATE_HZ, format="WAV", subtype="PCM_16")
    try:
        path.write_bytes(sound.getvalue())
    except OSError as error:
        raise SpeakingError(
            f"{path}: cannot be written ({error.strerror}); choose another file with --out."
        ) from error
