"""Fills README.md and docs/session.md from the program: python script/fill_readme.py [SESSION].

What can be said is taken from the English grammar, the state diagram from the session's table, the figures
from docs/bench.md; with the folder of a rehearsal, the sample transcript is taken from it.
"""

import re
import sys
from pathlib import Path

from voicecoach import resources
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.grammar_file import read_grammar_file
from voicecoach.session.diagram import draw

ROOT = Path(__file__).resolve().parent.parent
README, SESSION, BENCH = ROOT / "README.md", ROOT / "docs" / "session.md", ROOT / "docs" / "bench.md"
SAMPLE_LINES = 34
EXAMPLES = 3
"""How many ways of saying a thing are shown."""

MEANINGS = {
    "start": "begin",
    "stop": "be silent at once; once more ends the session",
    "pause": "wait",
    "resume": "go on after a pause",
    "pain": "it hurts: the exercise is over for today",
    "numb": "it goes into a leg, or is numb: the session is over",
    "red_flag": "a warning sign: urgent advice",
    "cannot_get_up": "what to do when you cannot get up",
    "finish": "end for today: getting up, a last question, goodbye",
    "ready": "you are in position, or need no more rest",
    "left": "this side comes first",
    "right": "and this one",
    "next": "go on to what comes next",
    "skip": "leave this exercise out today",
    "previous": "back to the start, or to the exercise before",
    "easier": "a gentler form",
    "harder": "a little more",
    "shorter_hold": "hold for a shorter time",
    "count_faster": "less time between",
    "count_slower": "more time between",
    "repeat": "say that again",
    "slower_speech": "say that again, slower",
    "louder": "a louder voice",
    "quieter": "a quieter voice",
    "help": "what can be said now",
    "how_long": "the time that is left",
    "how_many": "the repetitions that are left",
    "whats_next": "the next exercise",
    "why": "what it is good for",
    "how_am_i": "your days in a row, and the pain since last time",
    "get_up": "be guided up from the floor",
    "yes": "answer yes",
    "no": "answer no",
    "number": "answer how strong the pain is",
    "correct": "take back an answer that was misheard: it is asked again, or the right number is kept",
    "no_pain": "all is well",
    "cleared": "your clinician agreed",
}
"""What each intent is for, in the order in which a person needs them."""


def fill(text: str, part: str, body: str) -> str:
    """Give `text` with what stands between the comments of `part` replaced."""
    return re.sub(
        rf"(<!-- {part} -->\n).*?(<!-- /{part} -->)",
        lambda found: found[1] + body + found[2],
        text,
        flags=re.DOTALL,
    )


def fill_diagram(text: str) -> str:
    """Give docs/session.md with the diagram as the table has it now."""
    return fill(text, "diagram", f"```mermaid\n{draw()}\n```\n")


def fill_sayings(text: str) -> str:
    """Give the README with what can be said as the English grammar has it now."""
    rows = [f"| {meaning} | {', '.join(examples(intent))} |" for intent, meaning in MEANINGS.items()]
    return fill(text, "sayings", "\n".join(("| to | say, for example |", "|---|---|", *rows, "")))


def fill_figures(text: str) -> str:
    """Give the README with the figures that count most, as the bench wrote them."""
    page = BENCH.read_text(encoding="utf-8")
    return fill(text, "figures", page.split("<!-- short -->\n")[1].split("<!-- /short -->")[0])


def examples(intent: str) -> list[str]:
    """Give some of an intent's phrases in quotes, each from a template of its own."""
    file = resources.grammars() / "en.toml"
    data = read_grammar_file(file)
    templates = data["intents"][intent]["sentences"][:EXAMPLES]
    alone = [
        Grammar.parse({**data, "intents": {intent: {"sentences": [one]}}}, str(file)) for one in templates
    ]
    return [f"“{next(iter(grammar.phrases(frozenset({intent}))))}”" for grammar in alone]


def main() -> None:
    """Fill both in their places."""
    text = fill_figures(fill_sayings(README.read_text(encoding="utf-8")))
    if len(sys.argv) > 1:
        lines = (Path(sys.argv[1]) / "transcript.txt").read_text(encoding="utf-8").splitlines()
        sample = "\n".join(lines[:SAMPLE_LINES])
        text = fill(text, "transcript", f"```\n{sample}\n         …\n```\n")
    README.write_text(text, encoding="utf-8")
    SESSION.write_text(fill_diagram(SESSION.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
