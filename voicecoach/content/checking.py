"""Whether all languages say the same things, and say them without the words that they listen for."""

import string
from collections.abc import Callable, Mapping, Sequence

from voicecoach.content.models import Content
from voicecoach.errors import ContentError

TEACHING = (
    "help.",
    "session.welcome",
    "session.rules",
    "ready.ask",
    "pause.",
    "pain.",
    "ball.ask",
    "answer.",
)
"""Prompts (by the beginning of their id) that name commands in order to teach them."""

COUNTED_TO = 20
"""The longest hold of the leaflet; every second of it has a number word."""


def check(languages: Sequence[str]) -> list[str]:
    """Give every problem of every language's content, one sentence each."""
    problems: list[str] = []
    contents: dict[str, Content] = {}
    for language in languages:
        try:
            contents[language] = Content.load(language)
        except ContentError as error:
            problems += error.problems
    for first, second in zip(contents.values(), list(contents.values())[1:], strict=False):
        problems += _differences(first, second) + _differences(second, first)
    for content in contents.values():
        problems += _numbers(content)
    return list(dict.fromkeys(problems))


def _differences(one: Content, other: Content) -> list[str]:
    where = f"content/{other.language}"
    problems = [
        f"{where}: there is no prompt '{prompt}', which {one.language} has; write it."
        for prompt in one.prompts
        if not other.has(prompt)
    ]
    for prompt in one.prompts:
        if other.has(prompt) and _braces(one, prompt) != _braces(other, prompt):
            wanted = ", ".join(sorted(_braces(one, prompt))) or "none"
            problems.append(
                f"{where}: {prompt}: its braces differ from {one.language}'s, which are: {wanted}."
            )
    return problems


def _braces(content: Content, prompt: str) -> set[str]:
    parts = (part for sentence in content.prompts[prompt] for part in string.Formatter().parse(sentence))
    return {name for _, name, _, _ in parts if name}


def _numbers(content: Content) -> list[str]:
    return [
        f"content/{content.language}: there is no 'number.{n}'; holds are counted in these words."
        for n in range(COUNTED_TO + 1)
        if not content.has(f"number.{n}")
    ]


def check_echo(
    content: Content, phrases: Mapping[str, str], live_while: Callable[[str], frozenset[str]]
) -> list[str]:
    """Name prompts that contain a phrase which is live while they play, but for those that teach it.

    `phrases` are those of the grammar with their intents; `live_while` tells what is live while a
    prompt plays.
    """
    problems = []
    for prompt, sentences in content.prompts.items():
        if prompt.startswith(TEACHING):
            continue
        live = live_while(prompt)
        text = f" {_bare(' '.join(sentences))} "
        found = [phrase for phrase, intent in phrases.items() if intent in live and f" {phrase} " in text]
        problems += [
            f"content/{content.language}: {prompt} contains '{phrase}', live then; reword it."
            for phrase in found
        ]
    return problems


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "'" else " " for c in text.lower()).split())
