"""`voicecoach doctor`: whether everything is in place for a session without screen and keyboard."""

import json
from collections.abc import Callable, Iterator
from typing import Annotated

import typer

from voicecoach.commands import options
from voicecoach.doctor.check import Check, hands_free
from voicecoach.errors import SettingsError
from voicecoach.home.wall import local_now
from voicecoach.settings import Settings, load_settings
from voicecoach.speaking.process import ProcessVoice


def doctor(
    families: Annotated[
        list[str] | None,
        typer.Argument(help="What to check: system, storage, voice, hearing, sound; all of it if not given."),
    ] = None,
    lang: options.Lang = None,
    recognizer: options.Recogniser = None,
    model: options.Model = None,
    voice: options.Voice = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead.")] = False,
    aloud: Annotated[bool, typer.Option("--speak", help="Say the result, too.")] = False,
) -> None:
    """Check this machine, a line a check, with what to do where something is wrong.

    Plays chirps for some seconds and listens to them. Exit code 1 if hands-free use would fail.
    """
    settings = load_settings(lang=lang, recognizer=recognizer, model=model, voice=voice)
    checks: list[Check] = []
    for check in examine(settings, families or list(FAMILIES)):
        checks.append(check)
        if not as_json:
            typer.echo(check.line)
    if as_json:
        told = {"hands_free": hands_free(checks), "checks": [check.as_json() for check in checks]}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    if aloud:
        tell(settings, checks)
    if not hands_free(checks):
        raise typer.Exit(1)


def examine(settings: Settings, families: list[str]) -> Iterator[Check]:
    """Look at each family in turn."""
    unknown = [family for family in families if family not in FAMILIES]
    if unknown:
        raise SettingsError(
            f"There is nothing called '{unknown[0]}' to check; choose of {', '.join(FAMILIES)}."
        )
    for family in families:
        yield from FAMILIES[family](settings)


def tell(settings: Settings, checks: list[Check]) -> None:
    """Say how it went, and name what fails."""
    from voicecoach.commands.say import play, speak
    from voicecoach.content.models import Content

    content = Content.load(settings.lang)
    failing = [check for check in checks if check.vital and not check.ok]
    if failing:
        spoken = [f"doctor.{check.name.replace(' ', '_').lower()}" for check in failing]
        prompts = ["doctor.failing", *(prompt for prompt in spoken if content.has(prompt))]
    else:
        prompts = ["doctor.well"]
    play(speak(settings, [sentence for prompt in prompts for sentence in content.text(prompt)]))


def _system(_settings: Settings) -> Iterator[Check]:
    from voicecoach.doctor import system, system_facts

    return system.checks_of(system_facts.gather(local_now()))


def _storage(settings: Settings) -> Iterator[Check]:
    from voicecoach.doctor import storage, storage_facts

    return storage.checks_of(storage_facts.gather(settings.data), storage_facts.gather(settings.cache))


def _voice(settings: Settings) -> Iterator[Check]:
    from voicecoach.doctor import parts, parts_facts
    from voicecoach.speaking.voices import choose_voice

    name = settings.voice or "espeak-ng"
    return parts.check_voice(
        parts_facts.gather_voice(
            name, settings.lang, lambda: choose_voice(settings.lang, settings.rate_wpm, settings.voice)
        )
    )


def _hearing(settings: Settings) -> Iterator[Check]:
    from voicecoach.commands.parts import build_recognizer, load_grammar
    from voicecoach.commands.stage import start_words
    from voicecoach.doctor import parts, parts_facts

    grammar = load_grammar(settings.lang)
    facts = parts_facts.gather_ears(
        grammar,
        lambda: build_recognizer(settings, grammar),
        _person(settings),
        start_words(grammar, "morning"),
    )
    return parts.check_ears(facts)


def _person(settings: Settings) -> ProcessVoice:
    """Choose the voice of the simulated person, or the language's own where it has no person."""
    from voicecoach.rehearsal.script import PERSONS, load_script
    from voicecoach.speaking.voices import choose_voice

    script = PERSONS / f"{settings.lang}.toml"
    if not script.is_file():
        return choose_voice(settings.lang, settings.rate_wpm)
    person = load_script(script)
    return choose_voice(person.language, person.rate_wpm, person.voice)


def _sound(settings: Settings) -> Iterator[Check]:
    from voicecoach.doctor import sound, sound_facts

    return sound.checks_of(sound_facts.gather(settings.microphone, settings.loudspeaker))


FAMILIES: dict[str, Callable[[Settings], Iterator[Check]]] = {
    "system": _system,
    "storage": _storage,
    "voice": _voice,
    "hearing": _hearing,
    "sound": _sound,
}
"""In the order in which they are told."""
