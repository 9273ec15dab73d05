"""The rows of a journal, as the values that they stand for; what is none of ours raises UNREADABLE. Pure."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from voicecoach.journal.lines import SessionLine
from voicecoach.journal.record import Memory, Prescribed, SessionRecord, moment_of

UNREADABLE = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)
"""What a row raises that is none of ours: the file is whole, but another hand was in it."""

CHATTER = ("state", "say", "cue", "count", "rest", "not_heard")
"""The kinds that make up most of a session and that nothing is lost by: as in the index of m001."""

SESSIONS = (
    "SELECT session.number, id, routine, language, recognizer, started, clock, resumes, plan,"
    " ended, ending.at FROM session LEFT JOIN ending ON ending.session = session.number"
)


def record_of(*row: Any) -> SessionRecord:
    """Give the session of a row of SESSIONS; it has to be as an imported one is."""
    number, session, routine, language, recognizer, started, clock, resumes, plan, ended, at = row
    line = SessionLine(
        record="session",
        id=session,
        routine=routine,
        language=language,
        recognizer=recognizer,
        started=started,
        clock=clock,
        resumes=resumes,
        plan=json.loads(plan),
    )
    doses = tuple(Prescribed(**dose) for dose in line.plan)
    began = datetime.fromisoformat(line.started)
    over = None if at is None else moment_of(at).astimezone(began.tzinfo)
    who = (number, line.id, line.routine, line.language, line.recognizer)
    return SessionRecord(*who, began, line.clock, line.resumes, doses, ended, over)


def memory_of_row(key: str, value: str, at: int) -> Memory:
    """Give what was remembered."""
    return Memory(key, json.loads(value), moment_of(at))


def pair_of(key: Any, value: Any) -> tuple[str, str]:
    """Give a key and the JSON of its value."""
    return str(key), str(value)


def events_query(number: int, kinds: Sequence[str]) -> tuple[Any, ...]:
    """Give the query for a session's events and its values; it goes by the index where that has them all."""
    wanted = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    index = ""
    if kinds and not set(kinds) & set(CHATTER):
        index, wanted = " INDEXED BY event_that_weighs", f"{wanted} AND kind NOT IN {CHATTER}"
    sql = f"SELECT body FROM event{index} WHERE session = ?{wanted} ORDER BY number"  # noqa: S608 - our own words
    return sql, number, *kinds
