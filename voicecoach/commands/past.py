"""A session with all that the journal knows: what is remembered, and what was."""

from datetime import datetime

from voicecoach.content.models import Content
from voicecoach.journal.history import sessions, streaks
from voicecoach.journal.journal import Journal
from voicecoach.session.choice import BrokenOff, Choice, Past
from voicecoach.session.session import Session


def session_of(content: Content, journal: Journal, choice: Choice, now: datetime) -> Session:
    """Build the session that begins at `now`; the only way, lest one is held without the past."""
    return Session(content, journal.memory(), choice, past_of(journal, now))


def past_of(journal: Journal, now: datetime) -> Past:
    """Look back from `now`: what was broken off, and the days in a row. Raises JournalError."""
    row = streaks(sessions(journal), now.date())
    return Past(now, _broken_off(journal, now), row.morning, row.evening)


def _broken_off(journal: Journal, now: datetime) -> BrokenOff | None:
    found = journal.unfinished(now)
    if found is None:
        return None
    return BrokenOff(
        session=found.session,
        routine=found.routine,
        minutes_ago=found.minutes_ago,
        exercise=found.exercise,
        set=found.set,
        rep=found.rep,
        side=found.side,
        over=(*found.finished, *found.left_out),
    )
