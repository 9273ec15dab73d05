"""Whether all languages say the same things, and say them without the words that they listen for.

It reads nothing but content; what is listened for comes in from outside.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from voicecoach.content.models import LONGEST_HOLD_SECONDS, Content
from voicecoach.content.wording import braces
from voicecoach.errors import ContentError

TEACHING = (
    "help.",
    "session.welcome",
    "session.rules",
    "ready.ask",
    "pause.paused",
    "pause.still",
    "device.hear_again",
    "pain.teach_correct",
    "calibrate.",
)
"""Prompts (by the beginning of their id) that name commands in order to teach them."""

COUNTED = "number"
"""The table of the words that are counted with. Every language has it; other tables of numbers, such as
{rep:times}, are a language's own."""


def check(languages: Sequence[str]) -> list[str]:
    """Give every problem of every language's content, one sentence each."""
    problems: list[str] = []
    contents: dict[str, Content] = {}
    for language in languages:
        try:
            contents[language] = Content.load(language)
        except ContentError as error:
            problems += error.problems
    for content in contents.values():
        problems += [f"content/{content.language}: {problem}" for problem in _own_problems(content)]
    return [*dict.fromkeys([*problems, *_differences(contents)])]


def check_echo(
    content: Content, phrases: Mapping[str, str], live_while: Callable[[str], Collection[str]]
) -> list[str]:
    """Name prompts that contain a phrase which is live while they play, but for those that teach it.

    `phrases` are those of the grammar with their intents; `live_while` tells the intents that are live
    while a prompt plays.
    """
    squeezed = {_squeezed(phrase): (phrase, intent) for phrase, intent in phrases.items()}
    problems = []
    for prompt, sentences in content.prompts.items():
        if prompt.startswith(TEACHING):
            continue
        live = live_while(prompt)
        ends = [end for sentence in sentences for end in _ends(sentence)]
        problems += [
            f"content/{content.language}: {prompt} contains '{phrase}', which is live then; say it otherwise."
            for sound, (phrase, intent) in squeezed.items()
            if intent in live and any(end.startswith(sound) for end in ends)
        ]
    return problems


def _own_problems(content: Content) -> Iterator[str]:
    for n in range(LONGEST_HOLD_SECONDS + 1):
        if not content.has(f"{COUNTED}.{n}"):
            yield f"there is no '{COUNTED}.{n}'; holds are counted in these words."
    tables = {prompt.partition(".")[0] for prompt in content.prompts}
    for prompt in content.prompts:
        for _, table in _pairs(content, prompt):
            if table and table not in tables:
                yield f"{prompt}: there is no table [{table}] of numbers; add it or correct its name."


def _differences(contents: Mapping[str, Content]) -> Iterator[str]:
    """Tell prompts that only some languages have, and braces that are not the same in all."""
    names = {language: _names(content) for language, content in contents.items()}
    for prompt in dict.fromkeys(prompt for prompts in names.values() for prompt in prompts):
        having = [language for language in names if prompt in names[language]]
        wanted = names[having[0]][prompt]
        listed = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none"
        for language, prompts in names.items():
            if prompt not in prompts:
                yield f"content/{language}: there is no prompt '{prompt}', which {having[0]} has; write it."
            elif prompts[prompt] != wanted:
                where = f"content/{language}: {prompt}"
                yield f"{where}: its braces differ from {having[0]}'s, which are: {listed}."


def _names(content: Content) -> dict[str, frozenset[str]]:
    """Give the names in the braces of every prompt that languages have in common."""
    own = {table for prompt in content.prompts for _, table in _pairs(content, prompt)} - {COUNTED}
    return {
        prompt: frozenset(name for name, _ in _pairs(content, prompt))
        for prompt in content.prompts
        if prompt.partition(".")[0] not in own
    }


def _pairs(content: Content, prompt: str) -> list[tuple[str, str]]:
    return [pair for sentence in content.prompts[prompt] for pair in braces(sentence)]


def _ends(sentence: str) -> list[str]:
    """Give the sentence from each word on, without spaces: a model spaces Korean in its own way."""
    words = sentence.split()
    return [_squeezed("".join(words[place:])) for place in range(len(words))]


def _squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())
