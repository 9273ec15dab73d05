"""What a language lacks against English: `voicecoach validate --lang xx`.

A language is data: content, a grammar, a grammar of the stand-by. Who hears it is told apart, since a
recogniser is no file of ours.
"""

from collections.abc import Callable, Iterator

from voicecoach import resources
from voicecoach.content.checking import check, check_echo
from voicecoach.content.models import Content
from voicecoach.errors import SettingsError, VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.home.listening import load_standby_grammar
from voicecoach.session.table import SAFETY

MODEL = "en"
"""The language that the others are held against."""


def missing_in(language: str) -> list[str]:
    """Give what is missing or wrong in a language, a sentence each."""
    content = resources.content() / language
    if not content.is_dir():
        source = resources.content() / MODEL
        return [f"There is no folder {content}: copy {source} there, and translate its texts."]
    problems = [problem for problem in check((MODEL, language)) if f"content/{language}" in problem]
    grammars = resources.grammars()
    files: tuple[tuple[str, Callable[[str], Grammar]], ...] = (
        (f"{language}.toml", lambda name: Grammar.load(grammars / f"{name}.toml")),
        (f"standby/{language}.toml", load_standby_grammar),
    )
    for name, load in files:
        if not (grammars / name).is_file():
            problems.append(
                f"There is no file {grammars / name}: copy the one of '{MODEL}', and translate it."
            )
            continue
        try:
            problems += _of_grammar(name, load(language), load(MODEL))
        except VoicecoachError as error:
            problems += error.problems
    return problems or list(_of_echo(language))


def _of_grammar(name: str, grammar: Grammar, model: Grammar) -> Iterator[str]:
    """Tell intents that only one of both has, and routines that cannot be started."""
    for intent in model.intents:
        if intent not in grammar.intents:
            yield f"grammars/{name}: there is no [intents.{intent}]; write how one says it."
    for intent in grammar.intents:
        if intent not in model.intents:
            yield f"grammars/{name}: nothing listens for [intents.{intent}]; check its name."
    for routine in sorted(_startable(model) - _startable(grammar)):
        yield f"grammars/{name}: nothing starts '{routine}'; add it to [lists.routine]."


def _startable(grammar: Grammar) -> set[str]:
    meant = map(grammar.understand, grammar.phrases(frozenset({"start"})))
    return {str(each.slots["routine"]) for each in meant if each and "routine" in each.slots}


def _of_echo(language: str) -> Iterator[str]:
    grammar = Grammar.load(resources.grammars() / f"{language}.toml")
    yield from check_echo(Content.load(language), grammar.phrases(), lambda _prompt: frozenset(SAFETY))


def who_hears(language: str) -> str:
    """Tell whether a recogniser is there for a language."""
    from voicecoach.hearing.vosk_model import require_model

    if language == MODEL:
        return "Moonshine hears 'en', and Vosk where its model is found."
    try:
        folder = require_model(language, None)
    except (VoicecoachError, SettingsError) as error:
        return f"Nobody hears '{language}' here yet: {error}"
    return f"Vosk hears '{language}' with the model in {folder}."
