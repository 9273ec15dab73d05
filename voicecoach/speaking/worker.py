"""The process in which an engine lives: JSON lines in, WAV files out.

python -m voicecoach.speaking.worker ENGINE VOICE RATE_WPM
{"text": …, "path": …}  →  {"ok": true} or {"error": …}
"""

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, TextIO

Render = Callable[[str, str], None]
"""Writes one text into one WAV file."""

ENGINES = {
    "pyttsx3": "voicecoach.speaking.pyttsx3_engine",
    "piper": "voicecoach.speaking.piper_engine",
}
"""Modules with an `open_engine(voice, rate_wpm)`."""


def take_standard_output() -> TextIO:
    """Keep standard output for the answers; whatever else prints, goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def attempt(render: Render, job: dict[str, str]) -> dict[str, Any]:
    """Do one job, and say how it went."""
    try:
        render(job["text"], job["path"])
    except Exception as error:  # noqa: BLE001 - whatever it is, the coach has to be told
        return {"error": str(error)}
    return {"ok": True}


def open_engine(engine: str, voice: str, rate_wpm: int) -> Render:
    """Open one of ENGINES, importing no other."""
    opened: Render = import_module(ENGINES[engine]).open_engine(voice, rate_wpm)
    return opened


def main(engine: str, voice: str, rate_wpm: int) -> None:
    """Answer one line after the other until the input ends."""
    answers = take_standard_output()
    reason = ""
    try:
        render = open_engine(engine, voice, rate_wpm)
    except Exception as error:  # noqa: BLE001 - told with the first job
        reason = str(error)
    for line in sys.stdin:
        answer = {"error": reason} if reason else attempt(render, json.loads(line))
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
