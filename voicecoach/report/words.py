"""The report's own words in a language, read from `words/<language>.toml`.

A key is TABLE.KEY; what stands in braces is filled in. What a table of names does not know (a reason
of a later program, an exercise of the person's own) is given as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.content.loading import read_toml
from voicecoach.content.models import Content
from voicecoach.errors import ReportError

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that a report says, and the names of what was done."""

    language: str
    texts: Mapping[str, str]
    content: Content

    def __call__(self, key: str, /, **values: object) -> str:
        """Give a text, with `values` in its braces."""
        return self.texts[key].format(**values)

    def reason(self, reason: str | None) -> str:
        """Give why something was left out."""
        return self.texts.get(f"reason.{reason}", reason or self.texts["reason.none"])

    def exercise(self, name: str) -> str:
        """Give an exercise's name."""
        known = self.content.exercises.get(name)
        return _begun(known.name) if known else name

    def routine(self, name: str) -> str:
        """Give a routine's name."""
        known = self.content.routines.get(name)
        return _begun(known.name) if known else name


def load_words(language: str) -> Words:
    """Read the words of a language. Raises ReportError where there are none, and ContentError."""
    path = FOLDER / f"{language}.toml"
    if not path.exists():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise ReportError(
            f"There is no report in the language '{language}'; choose one of {known} with --lang."
        )
    texts = {
        f"{table}.{key}": text for table, texts in read_toml(path).items() for key, text in texts.items()
    }
    return Words(language, texts, Content.load(language))


def _begun(name: str) -> str:
    """Write a name as a line begins."""
    return name[:1].upper() + name[1:]
