"""`voicecoach routines` and `voicecoach validate`: what there is, and whether it is right."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from voicecoach.commands import options
from voicecoach.commands.budget import check_budget
from voicecoach.commands.parts import build_ears, build_voice, languages, load_grammar
from voicecoach.commands.translation import missing_in, who_hears
from voicecoach.content.checking import check, check_echo
from voicecoach.content.loading import read_toml
from voicecoach.content.models import Content
from voicecoach.errors import ContentError, VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.session.plan import compile_plan, minutes_of
from voicecoach.session.prescribing import doses_of
from voicecoach.session.table import SAFETY
from voicecoach.settings import Settings, load_settings


def routines(lang: options.Lang = None) -> None:
    """List the routines, with their exercises and about how long they take."""
    settings = load_settings(lang=lang)
    load_grammar(settings.lang)
    content = Content.load(settings.lang)
    table = Table("routine", "minutes", "exercises", box=None, pad_edge=False)
    for name, routine in content.routines.items():
        doses = doses_of(content, routine)
        names = ", ".join(dose.exercise.name for dose in doses)
        table.add_row(name, str(minutes_of(compile_plan(doses))), names)
    Console().print(table)


def validate(
    files: Annotated[list[Path] | None, typer.Argument(help="Routine or grammar files of your own.")] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", help="Only this language: what it lacks against English, or --heard."),
    ] = None,
    heard: Annotated[
        bool,
        typer.Option("--heard", help="Play every prompt in a room, and listen to it (takes minutes)."),
    ] = False,
    echo: Annotated[
        list[float],
        typer.Option("--echo", help="With --heard, the coach's level against a person's, in dB."),
    ] = [0.0, 5.0, 10.0, 15.0],  # noqa: B006 - typer copies it
) -> None:
    """Check content, prompts and grammars of every language, or the files given; all problems at once.

    Also whether all that is said at its second is over in time, at every rate of the voice.
    With --heard no prompt may be taken for stop, pause or pain, however loud the coach is in the microphone.
    """
    if lang is not None and not heard:
        _validate_language(lang)
        return
    problems = _problems_of_files(files) if files else _problems_of_house()
    if heard:
        problems += [
            problem
            for language in ([lang] if lang else languages())
            for level in echo
            for problem in _misheard(language, level)
        ]
    if problems:
        raise VoicecoachError(*problems)
    Console().print("all is well" if files else f"all is well: {', '.join(languages())}")


def _validate_language(language: str) -> None:
    """Tell all that a language lacks, and who hears it."""
    problems = missing_in(language)
    if problems:
        raise VoicecoachError(*problems)
    Console().print(f"nothing is missing in '{language}'. {who_hears(language)}", soft_wrap=True)


def _problems_of_house() -> list[str]:
    problems = list(check(languages()))
    for language in languages():
        problems += _told(partial(_check_language, language))
    return problems


def _misheard(language: str, echo_db: float) -> list[str]:
    """Play every prompt in a living room, and tell which were taken for a person's words."""
    from voicecoach.rehearsal.overhearing import overhear, spoken_lines
    from voicecoach.sound.acoustics import Acoustics

    settings = load_settings(lang=language)
    ears, voice = build_ears(settings), build_voice(settings)
    room = Acoustics("living", echo_db=echo_db)
    found = overhear(spoken_lines(Content.load(language)), voice, ears, room, frozenset(SAFETY))
    where = f"content/{language}"
    return [
        f"{where}: {each.prompt} is heard as '{each.phrase}' ({each.intent}) at an echo of {echo_db:+.0f} dB;"
        " say it otherwise."
        for each in found
    ]


def _problems_of_files(files: list[Path]) -> list[str]:
    content = Content.load("en")
    return [problem for file in files for problem in _told(partial(_check_file, file, content))]


def _check_language(language: str) -> None:
    grammar = load_grammar(language)
    check_vocabulary(grammar)
    content = Content.load(language)
    said = check_echo(content, grammar.phrases(), lambda _prompt: SAFETY)
    _raise([*said, *check_budget(_settings_of(language), content, list(content.routines))])


def _settings_of(language: str) -> Settings:
    """Give the settings for a language; the voice that was chosen speaks its own only."""
    settings = load_settings()
    voice = settings.voice if settings.lang == language else None
    return settings.model_copy(update={"lang": language, "voice": voice})


def _raise(problems: Sequence[str]) -> None:
    if problems:
        raise ContentError(*problems)


def _check_file(file: Path, content: Content) -> None:
    """Read a grammar (it has intents) or a routine."""
    if "intents" in read_toml(file):
        check_vocabulary(Grammar.load(file))
    else:
        content, own = content.load_routine(file)
        _raise(check_budget(_settings_of(content.language), content, [own.id]))


def _told(action: Callable[[], None]) -> list[str]:
    try:
        action()
    except VoicecoachError as error:
        return list(error.problems)
    return []


def check_vocabulary(grammar: Grammar) -> None:
    """Hold a grammar's words against the language's Vosk model, where there is one."""
    from voicecoach.hearing.vosk_model import find_model

    folder = find_model(grammar.language, None)
    if folder is not None:
        from voicecoach.hearing.vosk import check_words

        check_words(folder, grammar)
