"""The parts of a session, chosen and built: who listens, who speaks, and what is to be done."""

from collections.abc import Callable
from datetime import time
from functools import partial
from pathlib import Path

from voicecoach import resources
from voicecoach.content.models import Content
from voicecoach.errors import ContentError, SettingsError
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.hearing.waking import Waking
from voicecoach.session.choice import Choice
from voicecoach.session.table import GOING_ON, SAFETY
from voicecoach.settings import Settings
from voicecoach.sound.own_voice import OwnVoice
from voicecoach.sound.ports import Player
from voicecoach.speaking.cache import CachedSynthesizer
from voicecoach.speaking.speaker import Speaker
from voicecoach.speaking.voices import choose_voice

NUMBERS = frozenset({"number"})
"""Intents that are numbers, which Vosk hears with a recogniser of their own."""

COUNTING_WPM = 160
"""The slowest rate at which every number up to 60 is over within its second, in all languages and voices."""


def languages() -> tuple[str, ...]:
    """Name the languages that have a grammar file."""
    return tuple(sorted(file.stem for file in resources.grammars().glob("*.toml")))


def load_grammar(language: str) -> Grammar:
    """Read the grammar file of a language; SettingsError where there is none."""
    if language not in languages():
        raise SettingsError(
            f"There is no language '{language}'; choose one of {', '.join(languages())} with --lang."
        )
    return Grammar.load(resources.grammars() / f"{language}.toml")


def choose_recognizer(settings: Settings) -> str:
    """Name who will listen: the one asked for, else vosk where it has a model, else moonshine."""
    from voicecoach.hearing.vosk_model import find_model

    if settings.recognizer != "auto":
        return settings.recognizer
    found = settings.lang != "en" or find_model(settings.lang, settings.model) is not None
    return "vosk" if found else "moonshine"


def build_recognizer(settings: Settings, grammar: Grammar) -> Recognizer:
    """Build who listens, with all phrases of the grammar."""
    return _RECOGNIZERS[choose_recognizer(settings)](settings, grammar)()


def check_recognizer(settings: Settings) -> None:
    """Look for what who listens needs, before anything begins. Raises HearingError, SettingsError."""
    _RECOGNIZERS[choose_recognizer(settings)](settings, load_grammar(settings.lang))


def _moonshine(_settings: Settings, grammar: Grammar) -> Callable[[], Recognizer]:
    from voicecoach.hearing.moonshine import Moonshine

    if grammar.language != "en":
        raise SettingsError(f"Moonshine hears English only; for '{grammar.language}' use --recognizer vosk.")
    return partial(Moonshine, grammar, safety=frozenset(SAFETY))


def _vosk(settings: Settings, grammar: Grammar) -> Callable[[], Recognizer]:
    from voicecoach.hearing.vosk import Vosk
    from voicecoach.hearing.vosk_model import require_model

    model = require_model(grammar.language, settings.model)
    safety = frozenset(SAFETY)
    alone = partial(Vosk, model, grammar, numbers=NUMBERS, safety=safety, going_on=frozenset(GOING_ON))
    if grammar.language != "en" or not settings.second_opinion:
        return alone

    def both() -> Recognizer:
        from voicecoach.hearing.phrase_search import PhraseSearch
        from voicecoach.hearing.second_opinion import SecondOpinion

        return SecondOpinion(alone(), PhraseSearch(grammar, safety), grammar, safety)

    return both


_RECOGNIZERS: dict[str, Callable[[Settings, Grammar], Callable[[], Recognizer]]] = {
    "moonshine": _moonshine,
    "vosk": _vosk,
}
"""Each looks for what it needs, so that what is missing is told at once, and gives what then loads it."""


def build_ears(settings: Settings, *, patient: bool = True, gain_db: float = 0.0) -> Ears:
    """Build the ears for the language of the settings; they load while the coach begins to speak.

    With a live microphone they must not be `patient`: see Waking. `gain_db` is what calibrating found.
    """
    grammar = load_grammar(settings.lang)
    name = choose_recognizer(settings)
    recognizer = Waking(name, _RECOGNIZERS[name](settings, grammar), patient=patient)
    own_voice = OwnVoice(settings.echo)
    return Ears(recognizer, grammar, frozenset(SAFETY), own_voice, recognizer.is_late, gain_db)


def build_voice(settings: Settings) -> CachedSynthesizer:
    """Build the coach's voice, which keeps its clips on disk."""
    return CachedSynthesizer(
        choose_voice(settings.lang, settings.rate_wpm, settings.voice), settings.cache / "clips"
    )


def build_counting_voice(settings: Settings) -> CachedSynthesizer:
    """Build the voice that counts: never so slow that a number would last longer than its second."""
    return build_voice(settings.model_copy(update={"rate_wpm": max(settings.rate_wpm, COUNTING_WPM)}))


def build_speaker(settings: Settings, player: Player, moment: time | None = None) -> Speaker:
    """Build who says what and when, onto a player; at night, as `moment` tells, it starts quieter."""
    player.volume = settings.volume if moment is None else settings.volume_at(moment)
    return Speaker(
        player, build_voice(settings), resources.audio(), settings.lang, build_counting_voice(settings)
    )


def choose_routine(settings: Settings, name: str | None, file: Path | None) -> tuple[Content, str]:
    """Load the content, with the user's own routine if there is a file; give it and the routine's id."""
    load_grammar(settings.lang)  # an unknown language is told as such
    content = Content.load(settings.lang)
    if file is not None:
        content, own = content.load_routine(file)
        return content, own.id
    name = name or "morning"
    if name not in content.routines:
        known = ", ".join(content.routines)
        raise ContentError(
            f"There is no routine '{name}'; choose one of {known}, or give a file with --routine."
        )
    return content, name


def choice_of(settings: Settings, recognizer: Recognizer, routine: str) -> Choice:
    """Put what is chosen before a session into the session's words."""
    return Choice(recognizer.name, routine, settings.counting, settings.soon_after_getting_up)
