"""Makes the intents of the OpenVoiceOS skill from our grammars: python script/make_ovos_locale.py.

One phrase a line, as OpenVoiceOS wants it; a routine has an intent of its own. What the skill itself says
(.dialog) is written by hand.
"""

from collections.abc import Iterator
from pathlib import Path

from voicecoach import resources
from voicecoach.hearing.grammar import Grammar

FOLDER = Path(__file__).resolve().parent.parent / "integrations" / "ovos" / "skill_voicecoach" / "locale"
LANGUAGES = {"en": "en-us", "ko": "ko-kr", "de": "de-de"}
ROUTINES = ("morning", "evening", "stretch", "five_minutes")
INTENTS = {
    **{intent: intent for intent in ("pause", "resume", "finish")},
    "stop": "stop_coach",  # 'stop' itself is OpenVoiceOS's own
    "how_long": "how_far",
    "how_many": "how_far",
}
"""Our intents, and the skill's that they become."""


def intent_files(language: str) -> dict[str, str]:
    """Give the text of each intent file of a language, by its name."""
    grammar = Grammar.load(resources.grammars() / f"{language}.toml")
    lines: dict[str, list[str]] = {}
    for name, phrase in _phrases(grammar):
        lines.setdefault(f"{name}.intent", []).append(phrase)
    return {name: "".join(f"{phrase}\n" for phrase in sorted(set(said))) for name, said in lines.items()}


def _phrases(grammar: Grammar) -> Iterator[tuple[str, str]]:
    for phrase, intent in grammar.phrases(frozenset({"start", *INTENTS})).items():
        if intent in INTENTS:
            yield INTENTS[intent], phrase
            continue
        meant = grammar.understand(phrase, frozenset({"start"}))
        routine = meant.slots.get("routine") if meant else None
        if routine in ROUTINES:
            yield f"start_{routine}", phrase


def main() -> None:
    """Write them."""
    for language, name in LANGUAGES.items():
        folder = FOLDER / name
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.intent"):
            old.unlink()
        for file, text in intent_files(language).items():
            (folder / file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
