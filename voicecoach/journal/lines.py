"""The lines of an export, as models; pure."""

import json
from datetime import datetime
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from voicecoach.errors import JournalError
from voicecoach.journal.events import Seconds, Side, parse_event
from voicecoach.journal.record import Ended
from voicecoach.model import FileModel

FORMAT = 1
"""Goes up with every change that an older program could not read."""
FIRST_YEAR, LAST_YEAR = 1900, 9000
"""Beyond these, a change of time zone or a long session could lead out of the calendar."""


def _identity(text: str) -> str:
    if str(UUID(text)) != text:
        raise ValueError(f"'{text}' is no id")
    return text


def _moment(text: str) -> str:
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() is None:
        raise ValueError(f"'{text}' does not say in which time zone it is")
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"'{text}' is no moment of a life")
    return text


def _event(event: dict[str, Any]) -> dict[str, Any]:
    try:
        parse_event(event)
    except JournalError as error:
        raise ValueError(" ".join(error.problems)) from error
    return event


Identity = Annotated[str, AfterValidator(_identity)]
Moment = Annotated[str, AfterValidator(_moment)]
"""ISO 8601 with an offset; kept as text, so that it goes out as it came in."""


class HeaderLine(FileModel):
    """The first line."""

    record: Literal["journal"]
    format: int


class PrescribedLine(FileModel):
    """One dose of a session's plan. It is kept as it was written, so a number has to be one."""

    model_config = ConfigDict(strict=True)
    exercise: str
    side: Side | None
    seconds: Seconds
    repetitions: Annotated[int, Field(ge=0)]


def _dose(dose: dict[str, Any]) -> dict[str, Any]:
    PrescribedLine.model_validate(dose)
    return dose


class SessionLine(FileModel):
    """A session as it was begun."""

    record: Literal["session"]
    id: Identity
    routine: str
    language: str
    recognizer: str
    started: Moment
    clock: Seconds
    resumes: Identity | None
    plan: list[Annotated[dict[str, Any], AfterValidator(_dose)]]
    """Kept as it was written."""


class EventLine(FileModel):
    """One event of a session."""

    record: Literal["event"]
    session: Identity
    number: Annotated[int, Field(ge=1, lt=2**63)]
    at: Moment
    event: Annotated[dict[str, Any], AfterValidator(_event)]


class EndingLine(FileModel):
    """How a session ended."""

    record: Literal["ending"]
    session: Identity
    at: Moment
    ended: Ended


class MemoryLine(FileModel):
    """Something remembered about the person."""

    record: Literal["memory"]
    id: Identity
    key: str
    value: Any
    at: Moment


class EndLine(FileModel):
    """The last line."""

    record: Literal["end"]
    lines: int
    """How many came before it."""


Line = HeaderLine | SessionLine | EventLine | EndingLine | MemoryLine | EndLine
RECORDS = tuple(get_args(each.model_fields["record"].annotation)[0] for each in get_args(Line))

_LINE: TypeAdapter[Line] = TypeAdapter(Annotated[Line, Field(discriminator="record")])


def parse_export(text: bytes) -> Line | str:
    """Give a line as its model, or the sentence of what is wrong with it."""
    try:
        line = _LINE.validate_python(json.loads(text, parse_constant=_refuse))
    except ValidationError as error:
        problem = error.errors()[0]
        if problem["type"].startswith("union_tag"):
            return f"it is no line of an export (its 'record' is none of {', '.join(RECORDS)})."
        return f"{'.'.join(map(str, problem['loc'][1:]))}: {problem['msg']}.".removeprefix(": ")
    except (ValueError, RecursionError) as error:
        return f"it is no line of an export ({error})."
    if isinstance(line, HeaderLine) and line.format != FORMAT:
        return (
            f"it is of a newer voicecoach (format {line.format}; this one knows {FORMAT}). Update voicecoach."
        )
    return line


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")
