"""pyttsx3 within worker.py's process; nothing else of the program may import it.

pyttsx3 2.99 cannot be interrupted, prints to standard output, loses files when two are asked for at
once, returns before its file is written, and forgets a voice or rate that is set through its own queue
(all measured: of 75 processes, 5 spoke at another rate than they were told, for good). So it gets a
process of its own, one voice, one rate, one line a call; voice and rate are set in the library below
it and read back, and each line is waited for there.
"""

import atexit
import ctypes
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

CURRENT = 1
"""Asks espeak-ng for a parameter as it is, not for its default."""

SEED = 1
"""Some voices breathe (such as +f3), by a chance that the clock sets: here every process gets the same."""

LONGEST_PATH = 120
"""Bytes. espeak-ng keeps its data's path in 160 of them, adds names to it, and crashes beyond."""


def load_espeak() -> None:
    """Let pyttsx3 find the espeak-ng that came with espeakng-loader; before its first import."""
    import espeakng_loader  # noqa: PLC0415 - only this process needs it

    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    os.environ["ESPEAK_DATA_PATH"] = str(shortened(Path(espeakng_loader.get_data_path())))


def shortened(path: Path) -> Path:
    """Give a path to the same folder that is short enough for espeak-ng: tools are installed deep."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        return path
    folder = Path(tempfile.mkdtemp(prefix="voicecoach-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    link = folder / path.name
    link.symlink_to(path)
    return link


def open_engine(voice: str, rate_wpm: int) -> Callable[[str, str], None]:
    """Start pyttsx3 with one voice at one rate; gives what writes one text into one WAV file.

    Raises ValueError where there is no such voice, RuntimeError where the rate was not taken.
    """
    load_espeak()
    import pyttsx3  # noqa: PLC0415 - after the library is loaded
    from pyttsx3.drivers import _espeak as espeak  # noqa: PLC0415

    engine = pyttsx3.init("espeak")
    espeak.Synchronize()  # its own defaults are on their way and would overtake ours
    choose_voice(espeak, voice)
    espeak.SetParameter(espeak.RATE, rate_wpm, 0)
    espeak.Synchronize()
    taken = espeak.dll.espeak_GetParameter(espeak.RATE, CURRENT)
    if taken != rate_wpm:
        raise RuntimeError(f"espeak-ng speaks at {taken} words a minute instead of {rate_wpm}")

    def render(text: str, path: str) -> None:
        espeak.dll.espeak_ng_SetRandSeed(SEED)
        engine.save_to_file(text, path)
        engine.runAndWait()
        espeak.Synchronize()  # runAndWait is back after 10 ms, whether or not the file is there

    return render


def choose_voice(espeak: Any, voice: str) -> None:
    """Take a voice such as en-us or en-us+f3; ValueError where it or its variant is unknown."""
    unknown = espeak.SetVoiceByName(voice.encode()) != 0
    name = espeak.GetCurrentVoice().contents.identifier.decode()
    _, plus, variant = voice.partition("+")
    if unknown or (plus and not name.endswith(f"+{variant}")):
        raise ValueError(f"espeak-ng has no voice '{voice}'")
