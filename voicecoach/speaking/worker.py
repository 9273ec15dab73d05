"""The process in which pyttsx3 lives: JSON lines in, WAV files out.

pyttsx3 2.99 cannot be interrupted, prints to standard output, loses files when two are asked for at
once, and changing its rate races with the speech (measured). So it gets a process of its own, one
voice, one rate, one line a call, and can be ended at any time.

    python -m voicecoach.speaking.worker VOICE RATE_WPM
    {"text": …, "path": …}  →  {"ok": true} or {"error": …}
"""

import ctypes
import json
import os
import sys
from contextlib import redirect_stdout
from typing import Any


def load_espeak() -> None:
    """Let pyttsx3 find the espeak-ng that came with espeakng-loader; before its first import."""
    import espeakng_loader  # noqa: PLC0415 - only this process needs it

    ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)
    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()


def open_engine(voice: str, rate_wpm: int) -> Any:
    """Start pyttsx3 with one voice at one rate."""
    load_espeak()
    import pyttsx3  # noqa: PLC0415 - after the library is loaded

    engine = pyttsx3.init("espeak")
    engine.setProperty("voice", voice)
    engine.setProperty("rate", rate_wpm)
    return engine


def main() -> None:
    """Answer one line after the other until the input ends."""
    answers = sys.stdout
    with redirect_stdout(sys.stderr):
        engine = open_engine(sys.argv[1], int(sys.argv[2]))
        for line in sys.stdin:
            job = json.loads(line)
            try:
                engine.save_to_file(job["text"], job["path"])
                engine.runAndWait()
                answer = {"ok": True}
            except Exception as error:  # noqa: BLE001 - whatever it is, the coach has to be told
                answer = {"error": str(error)}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
