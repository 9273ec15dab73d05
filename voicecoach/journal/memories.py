"""What is remembered of a person, held against its shape; pure.

A value of another shape, from a broken file or another program, counts as never told: then the coach asks
again, and begins each exercise where a new person does. Keys that are not known here hold anything.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from voicecoach.journal.events import Score
from voicecoach.model import FileModel


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).utcoffset() is None:
        raise ValueError("it does not say in which time zone it is")
    return text


Day = Annotated[str, AfterValidator(_day)]
Moment = Annotated[str, AfterValidator(_moment)]


class _Kept(FileModel):
    """What all have: a number is no text, and what a newer program adds does no harm."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Last(_Kept):
    """How the last session went."""

    day: Day = ""
    before: Score | None = None
    after: Score | None = None
    leg: bool = False
    done: list[str] = Field(default_factory=list)
    hurt: list[str] = Field(default_factory=list)


class _Off(_Kept):
    """The exercises that are off for a day."""

    day: Day
    exercises: list[str]


class _Rung(_Kept):
    """Where a person stands on the ladder of an exercise."""

    model_config = ConfigDict(extra="forbid")
    level: Annotated[int, Field(ge=1)]
    in_a_row: Annotated[int, Field(ge=0)] = 0
    gentle: bool = False


class _Room(_Kept):
    """Whether stop and pain are heard in a room."""

    problems: list[str]


class _StandBy(_Kept):
    """What stand-by said, and whether it sleeps."""

    told: dict[str, tuple[int, bool, bool, Moment | None, Moment | None]] = Field(default_factory=dict)
    asleep: bool = False


SHAPES: Mapping[str, TypeAdapter[Any]] = {
    "floor_guide": TypeAdapter(bool),
    "has_": TypeAdapter(bool),
    "home": TypeAdapter(_StandBy),
    "ladder.": TypeAdapter(_Rung),
    "last": TypeAdapter(_Last),
    "off": TypeAdapter(_Off),
    "profile.": TypeAdapter(bool),
    "room.": TypeAdapter(_Room),
    "seen": TypeAdapter(Day),
    "told_": TypeAdapter(bool),
}
"""By key, or by its beginning where that ends in a point or a line."""


def memory_of(rows: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Give the last value of every key, from keys and JSON in their order.

    One that does not fit, or that was taken back (null), is left out, and does not bring back an older one.
    """
    last = dict(rows)
    return {key: json.loads(text) for key, text in last.items() if _fits(key, text)}


def _fits(key: str, text: str) -> bool:
    shape = SHAPES.get(key) or next((SHAPES[each] for each in SHAPES if _begins(key, each)), None)
    try:
        json.loads(text) if shape is None else shape.validate_json(text, strict=True)
    except (ValidationError, ValueError, TypeError, RecursionError):
        return False
    return True


def _begins(key: str, beginning: str) -> bool:
    return beginning[-1] in "._" and key.startswith(beginning)
