"""What the home calls things, in each language: read once, checked against what there is to name."""

from pathlib import Path

from pydantic import ValidationError

from voicecoach.content.loading import read_toml
from voicecoach.errors import HomeError
from voicecoach.model import FileModel

FOLDER = Path(__file__).parent / "words"


class Words(FileModel):
    """The names of states, orders and alarms, and the page's own words."""

    states: dict[str, str]
    asks: dict[str, str]
    """What is asked in a state that waits for an answer."""
    voices: dict[str, str]
    sides: dict[str, str]
    orders: dict[str, str]
    answers: dict[str, str]
    alarms: dict[str, str]
    page: dict[str, str]


def load_words(language: str, wake_word: str | None = None) -> Words:
    """Read the words of a language, with another wake word if one is given. Raises HomeError.

    Where there are no words of it, they are English.
    """
    path = FOLDER / f"{language}.toml"
    path = path if path.exists() else FOLDER / "en.toml"
    try:
        words = Words.model_validate(read_toml(path))
    except ValidationError as error:
        problems = (f"{path}: {'.'.join(map(str, p['loc']))}: {p['msg']}." for p in error.errors())
        raise HomeError(*problems) from error
    wake = wake_word or words.page["wake"]
    asks = {state: ask.replace("{wake}", wake) for state, ask in words.asks.items()}
    return words.model_copy(update={"asks": asks})
