"""Where a broken-off session stood, found from its events; pure."""

from collections.abc import Iterable
from dataclasses import replace

from voicecoach.journal.events import Event, ExerciseEvent, HoldEvent, MoveEvent
from voicecoach.journal.record import Place

KINDS = ("exercise", "hold", "move")
"""The kinds of events that tell it."""


def place_of(events: Iterable[Event]) -> Place:
    """Follow the events to the last repetition that was finished."""
    place = Place()
    for event in events:
        if isinstance(event, HoldEvent | MoveEvent) and event.completed:
            place = replace(place, exercise=event.exercise, set=event.set, rep=event.rep, side=event.side)
        elif isinstance(event, ExerciseEvent):
            place = _after(place, event)
    return place


def _after(place: Place, event: ExerciseEvent) -> Place:
    """Move on to where an exercise began, or came to one of its ends."""
    name = event.name
    finished = tuple(other for other in place.finished if other != name)
    left_out = tuple(other for other in place.left_out if other != name)
    if event.action == "start":
        return Place(name, finished=finished, left_out=left_out)
    here = place if place.exercise != name else Place()
    if event.action == "done":
        return replace(here, finished=(*finished, name), left_out=left_out)
    return replace(here, finished=finished, left_out=(*left_out, name))
