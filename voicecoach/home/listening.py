"""Who listens in stand-by: the house's own recogniser, held to the few phrases that begin with the wake word.

Two stages: a voice detector costs little and runs always; only what sounds like speech is searched
for the phrases of grammars/standby. Nothing else is understood, so nothing else can be kept.
"""

from collections.abc import Callable

from voicecoach import resources
from voicecoach.errors import SettingsError
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.grammar_file import read_grammar_file
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.settings import Settings
from voicecoach.sound.audio import samples_of

ANSWER = "answer_"
"""How the intents begin that need no wake word, since the coach has just asked."""


def load_standby_grammar(language: str, wake_word: str | None = None) -> Grammar:
    """Read what is listened for in stand-by, with another wake word if one is given.

    Raises GrammarError, SettingsError where the language has no such file.
    """
    if wake_word and not all(part.replace("'", "").isalpha() for part in wake_word.split()):
        raise SettingsError(f"The setting 'wake_word' is '{wake_word}': write words, of letters only.")
    path = resources.grammars() / "standby" / f"{language}.toml"
    if not path.is_file():
        raise SettingsError(f"There is no stand-by in '{language}' yet; it needs a file {path}.")
    own = read_grammar_file(path)
    routines = read_grammar_file(resources.grammars() / f"{language}.toml")["lists"]["routine"]
    rules = own.get("expansion_rules", {}) | ({"wake": wake_word} if wake_word else {})
    lists = {**own.get("lists", {}), "routine": routines}
    return Grammar.parse({**own, "expansion_rules": rules, "lists": lists}, str(path))


def wake_intents(grammar: Grammar) -> frozenset[str]:
    """Give the intents that begin with the wake word."""
    return frozenset(name for name in grammar.intents if not name.startswith(ANSWER))


def build_wake_recognizer(settings: Settings, grammar: Grammar, name: str) -> Callable[[], Recognizer]:
    """Look for what the recogniser `name` needs, and give what loads it. Raises HearingError."""
    builders: dict[str, Callable[[], Callable[[], Recognizer]]] = {
        "moonshine": lambda: _moonshine(grammar),
        "vosk": lambda: _vosk(settings, grammar),
    }
    return builders[name]()


def _moonshine(grammar: Grammar) -> Callable[[], Recognizer]:
    from voicecoach.hearing.moonshine import Moonshine, Pace  # noqa: PLC0415 - loads a library
    from voicecoach.hearing.phrase_search import PhraseSearch  # noqa: PLC0415
    from voicecoach.hearing.verdict import WAKE  # noqa: PLC0415

    pace = Pace(look_every=samples_of(1.0), look_back=samples_of(2.5))
    woken_by = wake_intents(grammar)
    return lambda: Moonshine(grammar, woken_by, pace=pace, search=PhraseSearch(grammar, woken_by, loose=WAKE))


def _vosk(settings: Settings, grammar: Grammar) -> Callable[[], Recognizer]:
    from voicecoach.hearing.vosk import Vosk  # noqa: PLC0415 - loads a library
    from voicecoach.hearing.vosk_model import require_model  # noqa: PLC0415

    model = require_model(grammar.language, settings.model)
    return lambda: Vosk(model, grammar)
