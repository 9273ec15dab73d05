"""What the journal tells a session before it begins, in the session's own words."""

from datetime import datetime

from voicecoach.journal.history import sessions, streaks
from voicecoach.journal.journal import Journal
from voicecoach.session.choice import BrokenOff, Past


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
