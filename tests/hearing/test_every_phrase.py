"""Every phrase of both grammars: understood as text, and heard by its real recogniser, said by espeak-ng."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from tests.hearing.room import SILENCE, Room, accepted
from tests.hearing.speech import speak
from voicecoach import resources
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.moonshine import Moonshine
from voicecoach.hearing.recognizer import Intent, Recognizer
from voicecoach.hearing.vosk import Vosk
from voicecoach.hearing.vosk_model import require_model
from voicecoach.session.table import SAFETY, State, live_intents

GRAMMARS = {language: Grammar.load(resources.grammars() / f"{language}.toml") for language in ("en", "ko")}
FIRST = ("stop", "pause", "pain", "numb", "start", "ready", "yes", "no", "resume")
"""Intents of which a session is made; each phrase of the others is one of many ways."""
SAMPLE = {"en": 12, "ko": 5}
"""Each so manieth phrase is heard in CI, and the first of each intent."""


def build(language: str) -> Recognizer:
    grammar, safety = GRAMMARS[language], frozenset(SAFETY)
    if language == "en":
        return Moonshine(grammar, safety)
    return Vosk(require_model(language, None), grammar, frozenset({"number"}), safety)


def state_for(intent: str) -> frozenset[str]:
    """Give what is live in a state of the session in which the intent is."""
    return next(live for live in map(live_intents, State) if intent in live)


def meaning(intent: Intent | None) -> tuple[str, dict[str, str | int]] | None:
    return intent and (intent.name, intent.slots)


@dataclass
class Score:
    """How many phrases were heard right, wrong, and not at all."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / (self.right + len(self.wrong) + len(self.missed))

    def __str__(self) -> str:
        return f"{100 * self.share:.0f} % right; wrong: {self.wrong}; not understood: {self.missed}"


def hear(language: str, phrases: Iterable[tuple[str, str]], voice: str | None = None) -> Score:
    grammar, room, score = GRAMMARS[language], Room(build(language)), Score()
    room.sounds(SILENCE, frozenset())
    for phrase, intent in phrases:
        live = state_for(intent)
        found = accepted(room.says(speak(phrase, language, voice), live))
        meant = [meaning(grammar.understand(text, live)) for text in found]
        if meaning(grammar.understand(phrase)) in meant:
            score.right += 1
        elif found:
            score.wrong.append(f"{phrase} > {found[0]}")
        else:
            score.missed.append(phrase)
    return score


def sample(language: str) -> list[tuple[str, str]]:
    """Give the first phrases of each intent, of those that matter most two, and some of all others."""
    phrases = list(GRAMMARS[language].phrases().items())
    by_intent: dict[str, list[tuple[str, str]]] = {}
    for phrase, intent in phrases:
        by_intent.setdefault(intent, []).append((phrase, intent))
    first = [pair for intent, pairs in by_intent.items() for pair in pairs[: 2 if intent in FIRST else 1]]
    return list(dict.fromkeys([*first, *phrases[:: SAMPLE[language]]]))


@pytest.mark.parametrize("language", ["en", "ko", "de"])
def test_no_phrase_is_dead_and_every_intent_of_the_session_can_be_said(language: str) -> None:
    intents = Grammar.load(resources.grammars() / f"{language}.toml").intents
    assert set(intents) == set().union(*map(live_intents, State))


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_phrase_is_understood_as_its_intent_in_text(language: str) -> None:
    grammar = GRAMMARS[language]
    understood = {phrase: grammar.understand(phrase) for phrase in grammar.phrases()}
    assert {phrase: intent and intent.name for phrase, intent in understood.items()} == grammar.phrases()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_phrase_is_understood_where_it_is_live_and_nowhere_else(language: str) -> None:
    grammar = GRAMMARS[language]
    for live in map(live_intents, State):
        for phrase, intent in grammar.phrases().items():
            assert (grammar.understand(phrase, live) is not None) == (intent in live), phrase


@pytest.mark.parametrize(("language", "floor"), [("en", 0.9), ("ko", 0.65)])
def test_the_phrases_of_a_session_are_heard(
    language: str, floor: float, capsys: pytest.CaptureFixture[str]
) -> None:
    score = hear(language, sample(language))
    with capsys.disabled():
        print(f"\n{language}: {score}")  # noqa: T201 - the score is to be seen
    assert score.share >= floor
    assert len(score.wrong) <= {"en": 1, "ko": 4}[language]


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "voice", "floor"),
    [("en", "en-us+m3", 0.88), ("en", "en-us+f3", 0.85), ("ko", "ko+f3", 0.6)],
)
def test_every_phrase_is_heard(
    language: str, voice: str, floor: float, capsys: pytest.CaptureFixture[str]
) -> None:
    score = hear(language, GRAMMARS[language].phrases().items(), voice)
    with capsys.disabled():
        print(f"\n{voice}: {score}")  # noqa: T201 - the score is to be seen
    assert score.share >= floor
    assert len(score.wrong) <= 0.06 * len(GRAMMARS[language].phrases())
