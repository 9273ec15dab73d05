"""Who can be asked to hear, by name: the recognisers of the coach."""

from collections.abc import Callable
from pathlib import Path

from bench.recordings import Listener, Stream
from voicecoach.commands.parts import NUMBERS
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.session.table import SAFETY

Live = frozenset[str] | None
"""The intents to listen for; all of them for None."""
Build = Callable[..., Listener]
"""Takes a grammar, what is live of it, and the folder of a model."""


def moonshine(grammar: Grammar, _model: Path | None = None) -> Recognizer:
    from voicecoach.hearing.moonshine import Moonshine  # noqa: PLC0415 - only the one that is asked for

    return Moonshine(grammar, frozenset(SAFETY))


def vosk(grammar: Grammar, model: Path | None = None) -> Recognizer:
    from voicecoach.hearing.vosk import Vosk  # noqa: PLC0415 - only the one that is asked for
    from voicecoach.hearing.vosk_model import require_model  # noqa: PLC0415

    return Vosk(require_model(grammar.language, model), grammar, numbers=NUMBERS, safety=frozenset(SAFETY))


RECOGNIZERS: dict[str, Callable[[Grammar, Path | None], Recognizer]] = {"moonshine": moonshine, "vosk": vosk}


def stream(name: str) -> Build:
    """Give how one of the coach's recognisers is built."""

    def build(grammar: Grammar, live: Live = None, model: Path | None = None) -> Listener:
        return Stream(RECOGNIZERS[name](grammar, model), live or frozenset(grammar.intents))

    return build


LISTENERS: dict[str, Build] = {name: stream(name) for name in RECOGNIZERS}
