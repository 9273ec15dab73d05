"""`voicecoach routines` and `voicecoach validate`: what there is, and whether it is right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from voicecoach.commands import options
from voicecoach.commands.parts import languages, load_grammar
from voicecoach.commands.translation import missing_in, who_hears
from voicecoach.content.checking import check
from voicecoach.content.loading import read_toml
from voicecoach.content.models import Content
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.session.plan import compile_plan, minutes_of
from voicecoach.session.prescribing import doses_of
from voicecoach.settings import load_settings


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
        str | None, typer.Option("--lang", help="Only tell what this language lacks against English.")
    ] = None,
) -> None:
    """Check content, prompts and grammars of every language, or the files given; all problems at once."""
    if lang is not None:
        _validate_language(lang)
        return
    problems = _problems_of_files(files) if files else _problems_of_house()
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


def _problems_of_files(files: list[Path]) -> list[str]:
    content = Content.load("en")
    return [problem for file in files for problem in _told(partial(_check_file, file, content))]


def _check_language(language: str) -> None:
    check_vocabulary(load_grammar(language))


def _check_file(file: Path, content: Content) -> None:
    """Read a grammar (it has intents) or a routine."""
    if "intents" in read_toml(file):
        check_vocabulary(Grammar.load(file))
    else:
        content.load_routine(file)


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
