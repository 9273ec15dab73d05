"""What the record holds that was taken back: a pain score that was misheard, and said to be wrong."""

from collections.abc import Iterable

from voicecoach.journal.events import Event, PainEvent


def standing(events: Iterable[Event]) -> list[Event]:
    """Give the events without the pain scores that were taken back."""
    kept: list[Event] = []
    for event in events:
        if isinstance(event, PainEvent) and event.takes_back:
            _drop_last_score(kept)
        kept.append(event)
    return kept


def _drop_last_score(events: list[Event]) -> None:
    for place in reversed(range(len(events))):
        event = events[place]
        if isinstance(event, PainEvent) and event.score is not None:
            del events[place]
            return
