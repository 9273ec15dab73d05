"""`voicecoach setup`: gets what is missing, tries it, and says who will listen."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from voicecoach.commands import options
from voicecoach.commands.parts import build_recognizer, build_voice, choose_recognizer, load_grammar
from voicecoach.content.models import Content
from voicecoach.hearing.download import ENGLISH, download_model
from voicecoach.hearing.vosk_model import find_model
from voicecoach.settings import load_settings


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
    wanted = download and settings.recognizer != "moonshine" and settings.lang == "en"
    if wanted and find_model("en", settings.model) is None:
        with Progress(console=console) as bar:
            task = bar.add_task("Vosk's English model", total=ENGLISH.size_bytes)
            folder = Path.home() / ".cache" / "vosk"
            download_model(ENGLISH, folder, lambda have, _all: bar.update(task, completed=have))
    spoken = build_voice(settings)
    spoken.check()
    lines = [line for line in _lines(Content.load(settings.lang)) if not spoken.has(line)]
    with Progress(console=console) as bar:
        for line in bar.track(lines, description="What the coach says"):
            spoken.synthesize(line)
    spoken.tidy()
    build_recognizer(settings, grammar)
    console.print(f"{choose_recognizer(settings)} will listen for '{settings.lang}'; everything is in place.")


def _lines(content: Content) -> list[str]:
    """Give all sentences that have nothing to fill in."""
    sentences = (sentence for prompt in content.prompts.values() for sentence in prompt)
    return list(dict.fromkeys(sentence for sentence in sentences if "{" not in sentence))
