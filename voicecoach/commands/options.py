"""The options that several commands share, written once."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from voicecoach.errors import VoicecoachError

Lang = Annotated[str | None, typer.Option("--lang", help="Language that is spoken and heard: en, ko or de.")]
Recogniser = Annotated[
    str | None,
    typer.Option(
        "--recognizer", help="Who listens: vosk or moonshine (English only); chosen by itself if not given."
    ),
]
Voice = Annotated[
    str | None,
    typer.Option(
        "--voice", help="Who speaks: joe (extra 'voice'), a Piper model (.onnx), or en-us, en-gb, …"
    ),
]
Model = Annotated[Path | None, typer.Option("--model", help="The folder of a Vosk model.")]
Out = Annotated[
    Path | None,
    typer.Option("--out", help="A folder for session.wav, events.jsonl and transcript.txt."),
]
RoutineName = Annotated[
    str | None, typer.Argument(help="A routine or an exercise; `voicecoach routines` lists them.")
]
RoutineFile = Annotated[Path | None, typer.Option("--routine", help="A routine of your own, as a TOML file.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="The folder of the journal. \\[default: VOICECOACH_DATA, or the user's own]"),
]
Button = Annotated[
    bool, typer.Option("--button", help="A key that stops is at hand, should the voice not be heard.")
]
Serve = Annotated[
    bool | None, typer.Option("--serve", help="Show the status page meanwhile.", show_default=False)
]


def read_day(option: str, text: str | None, problem: type[VoicecoachError]) -> date | None:
    """Read the day that an option names. Raises `problem` where it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise problem(f"{option} {text}: that is no day. Write it as 2026-12-01.") from error
