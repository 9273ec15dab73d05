"""`voicecoach setup`: gets what is missing, tries it, and says who will listen."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from voicecoach.commands import options
from voicecoach.commands.budget import says_of
from voicecoach.commands.parts import (
    build_counting_voice,
    build_recognizer,
    build_voice,
    choose_recognizer,
    load_grammar,
)
from voicecoach.content.models import LONGEST_HOLD_SECONDS, Content
from voicecoach.errors import HearingError
from voicecoach.hearing.download import ENGLISH, download_model
from voicecoach.hearing.vosk_model import find_model
from voicecoach.settings import Settings, load_settings


def setup(
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
    download: Annotated[
        bool, typer.Option(help="Download Vosk's English model (41 MB) where it is missing.")
    ] = True,
) -> None:
    """Get what is missing, render what the coach says, and say who will listen."""
    settings = load_settings(lang=lang, recognizer=recognizer, model=model, voice=voice)
    grammar = load_grammar(settings.lang)
    console = Console()
    if download and settings.recognizer != "moonshine" and settings.lang == "en":
        _get_english(settings, console)
    spoken = build_voice(settings)
    spoken.check()
    content, counting = Content.load(settings.lang), build_counting_voice(settings)
    work = [(spoken, line) for line in _lines(content)] + [(counting, word) for word in _numbers(content)]
    missing = [(voice_of, line) for voice_of, line in work if not voice_of.has(line)]
    with Progress(console=console) as bar:
        for voice_of, line in bar.track(missing, description="What the coach says"):
            voice_of.synthesize(line)
    spoken.tidy()
    build_recognizer(settings, grammar)
    console.print(f"{choose_recognizer(settings)} will listen for '{settings.lang}'; everything is in place.")


def _get_english(settings: Settings, console: Console) -> None:
    """Download Vosk's model where it is missing; Moonshine hears English too, so that nobody has to wait."""
    if find_model("en", settings.model) is not None:
        return
    try:
        with Progress(console=console) as bar:
            task = bar.add_task("Vosk's English model", total=ENGLISH.size_bytes)
            folder = Path.home() / ".cache" / "vosk"
            download_model(ENGLISH, folder, lambda have, _all: bar.update(task, completed=have))
    except HearingError as error:
        if settings.recognizer == "vosk":
            raise
        typer.echo(f"voicecoach: {error}", err=True)


def _lines(content: Content) -> list[str]:
    """Give all sentences that have nothing to fill in, and those of the routines that do."""
    sentences = [sentence for prompt in content.prompts.values() for sentence in prompt]
    said = [say for routine in content.routines for say in says_of(content, routine)]
    filled = [sentence for say in said for sentence in content.text(say.prompt, **say.values)]
    return list(dict.fromkeys([*(one for one in sentences if "{" not in one), *filled]))


def _numbers(content: Content) -> list[str]:
    """Give the words that are counted with."""
    return [content.text(f"number.{n}")[0] for n in range(LONGEST_HOLD_SECONDS + 1)]
