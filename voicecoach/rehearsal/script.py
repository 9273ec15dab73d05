"""What a simulated person says and when: a TOML file, checked."""

from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from voicecoach.content.models import Content
from voicecoach.errors import ContentError
from voicecoach.model import FileModel
from voicecoach.reasons import reasons
from voicecoach.toml_file import read_toml

PERSONS = Path(__file__).parent / "persons"
ANSWERS_SECONDS = 0.8
"""How long who answers takes from the end of the coach's words."""
LATEST_SECONDS = 86_400
"""No rehearsal takes a day."""


class Line(FileModel):
    """One thing the person says."""

    say: str = ""
    """The words; `{routine}` stands for the phrase that starts the routine."""
    wav: str = ""
    """A recording instead of words, its path relative to the script."""
    after: str = ""
    """Said when the prompt of this id has been spoken to its end."""
    during: str = ""
    """Said while the prompt of this id is being spoken."""
    at_seconds: float | None = Field(default=None, ge=0, le=LATEST_SECONDS)
    """Said at this second of the session."""
    times: int = Field(default=1, ge=0)
    """How many times the line is said; 0: every time."""
    from_time: int = Field(default=1, ge=1)
    """At which occurrence of the prompt it is said first."""
    delay_seconds: float = Field(default=ANSWERS_SECONDS, ge=0, le=LATEST_SECONDS)
    """How long the person takes, from the prompt's end (`after`) or beginning (`during`)."""
    said_back: str = ""
    """What the coach's words contain where it says this line back as it was meant, such as "six"."""

    @model_validator(mode="after")
    def _has_words_and_a_moment(self) -> "Line":
        if bool(self.say) == bool(self.wav):
            raise ValueError("a line needs either 'say' or 'wav'")
        moments = [bool(self.after), bool(self.during), self.at_seconds is not None]
        if sum(moments) != 1:
            raise ValueError("a line needs exactly one of 'after', 'during' and 'at_seconds'")
        return self


class Script(FileModel):
    """One simulated person."""

    language: str
    voice: str
    """A voice, other than the coach's: one of espeak-ng's, `joe`, or the path of one of Piper's."""
    rate_wpm: int = Field(default=150, ge=80, le=300)
    patience_seconds: float = Field(default=3.5, gt=0, le=LATEST_SECONDS)
    """How long after their words the person waits for a sign before they say them again; who answers a prompt
    lets the coach end first, too."""
    tries: int = Field(default=4, ge=1)
    """How often a line is said at most."""
    correction: str = ""
    """Said instead of the next answer where a line was said back otherwise; `tries` times at most."""
    lines: tuple[Line, ...]

    @model_validator(mode="after")
    def _can_correct(self) -> "Script":
        if any(line.said_back for line in self.lines) and not self.correction:
            raise ValueError("a line has 'said_back', and there is no 'correction' to say where it is not")
        return self


def person_who_speaks(language: str, story: str = "") -> Path:
    """Give the script of the person that comes with a language. Raises ContentError where none does."""
    path = PERSONS / f"{language}{story}.toml"
    if not path.is_file():
        example = PERSONS / f"en{story}.toml"
        raise ContentError(
            f"No simulated person speaks '{language}' yet. Write one like {example} for --person."
        )
    return path


def load_script(path: Path) -> Script:
    """Read a person's script. Raises ContentError with all its problems."""
    data = read_toml(path, ContentError)
    try:
        return Script.model_validate(data)
    except ValidationError as error:
        problems = [
            f"{path}: {'.'.join(place) or 'the file'}: {reason}."
            for place, reason in reasons(error, keys=(*Script.model_fields, *Line.model_fields))
        ]
        raise ContentError(*problems) from error


def check_script(script: Script, path: Path, content: Content) -> None:
    """Hold a script against what the coach says. Raises ContentError with all that nobody would ever say."""
    problems = [
        f"{path}: lines.{number}: there is no prompt '{prompt}', so it would never be said."
        for number, line in enumerate(script.lines)
        if (prompt := line.after or line.during) and not content.has(prompt)
    ]
    if script.language != content.language:
        problems.append(
            f"{path}: language: the person speaks '{script.language}' and the coach '{content.language}';"
            " leave out --lang, or choose another person."
        )
    if problems:
        raise ContentError(*problems)
