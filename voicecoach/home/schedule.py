"""When the coach may remind, and what it knows of the day when it does.

Pure: the wall time, what was told before and what was done come in; a reminder, or nothing, comes out.
Everything is worked out from the wall time anew at each question, so a clock that jumps, a late boot
or a missed day needs no special case. It never starts a session.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

LATE = timedelta(hours=2)
"""How long after its time a reminder still makes sense: after that, the occasion is simply missed."""
MOST_REMINDERS = 2
"""An occasion; those that the person asks for ("in ten minutes") come beside them."""
REMEMBERED = 6
"""How many occasions are kept: two days and more."""


class Outcome(StrEnum):
    """How a session went, as far as a reminder cares."""

    DONE = "done"
    STOPPED = "stopped"
    PAIN = "pain"
    """It ended because it went into a leg or felt numb: nothing more is asked for that day."""


class Answer(StrEnum):
    """What may come of a reminder, and how long it then waits before the next."""

    NOTHING = "nothing"
    NOT_NOW = "not_now"
    LATER = "later"
    NOT_TODAY = "not_today"


WAITS = {Answer.NOTHING: timedelta(minutes=30), Answer.NOT_NOW: timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of the day at which a routine is due."""

    name: str
    """The routine: morning or evening."""
    at: time


@dataclass(frozen=True, slots=True)
class Told:
    """What has been said about one occasion."""

    reminders: int = 0
    off: bool = False
    """Whether the person wants no more of it."""
    asked: bool = False
    """Whether the next one was asked for."""
    since: datetime | None = None
    """When the wait for the next one began,"""
    until: datetime | None = None
    """and when it is over."""

    def waits_at(self, now: datetime) -> bool:
        """Tell whether the wait still lasts; not where the clock was set back behind its beginning."""
        return self.since is not None and self.until is not None and self.since <= now < self.until


@dataclass(frozen=True, slots=True)
class Reminder:
    """One gentle reminder."""

    slot: str
    occasion: str
    """The day and the slot: 2026-11-24/morning."""
    last: bool
    """Whether none follows by itself."""
    morning: Outcome | None
    """How this morning's session went; None where there was none."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """The times of the day, where the person lives."""

    slots: tuple[Slot, ...]
    zone: tzinfo | None
    """None is the machine's own, which follows the changes of the clocks, however long stand-by runs."""
    night_begins: time
    night_ends: time
    """No reminder is spoken between the two; equal, there is no night."""

    def is_night(self, moment: time) -> bool:
        """Tell whether it is to be quiet at this time of the day."""
        begins, ends = self.night_begins, self.night_ends
        return begins <= moment < ends if begins <= ends else not ends <= moment < begins

    def moment(self, slot: Slot, day: date) -> datetime:
        """Give when a slot is due on a day, in UTC.

        A time that the clocks leave out in spring comes as much later; one that they have twice in
        autumn comes the first time.
        """
        return datetime.combine(day, slot.at, self.zone).astimezone(UTC)

    def due(self, now: datetime, told: Mapping[str, Told], today: Mapping[str, Outcome]) -> Reminder | None:
        """Give the reminder that is to be spoken now, if any.

        `told` is by occasion, `today` by slot: how the sessions of this day went.
        """
        here = now.astimezone(self.zone)
        if self.is_night(here.time()) or Outcome.PAIN in today.values():
            return None
        for slot in self.slots:
            occasion = f"{here.date()}/{slot.name}"
            so_far = told.get(occasion, Told())
            if slot.name not in today and self._wanted(so_far, now, self.moment(slot, here.date())):
                last = so_far.reminders + 1 >= MOST_REMINDERS
                return Reminder(slot.name, occasion, last, today.get("morning"))
        return None

    def _wanted(self, told: Told, now: datetime, moment: datetime) -> bool:
        if told.off or told.waits_at(now):
            return False
        return told.asked or (moment <= now < moment + LATE and told.reminders < MOST_REMINDERS)


@dataclass(frozen=True, slots=True)
class Memory:
    """What was said about the last occasions; goes through the journal as plain values."""

    told: Mapping[str, Told] = field(default_factory=dict)

    def reminded(self, reminder: Reminder, now: datetime) -> "Memory":
        """Count a reminder that was spoken; the next waits as if nothing were answered."""
        so_far = self.told.get(reminder.occasion, Told())
        wait = now + WAITS[Answer.NOTHING]
        return self._with(reminder.occasion, Told(so_far.reminders + 1, asked=False, since=now, until=wait))

    def answered(self, reminder: Reminder, answer: Answer, now: datetime, minutes: int = 10) -> "Memory":
        """Take what the person answered to a reminder; `minutes` is how much later they want it."""
        so_far = self.told.get(reminder.occasion, Told())
        if answer is Answer.NOT_TODAY:
            return self._off(reminder.occasion.partition("/")[0])
        wait = timedelta(minutes=minutes) if answer is Answer.LATER else WAITS[answer]
        asked = answer is Answer.LATER
        return self._with(reminder.occasion, replace(so_far, asked=asked, since=now, until=now + wait))

    def _off(self, day: str) -> "Memory":
        off = {f"{day}/{slot}": Told(off=True) for slot in ("morning", "evening")}
        return Memory({**self.told, **off})

    def _with(self, occasion: str, told: Told) -> "Memory":
        kept = {**self.told, occasion: told}
        return Memory(dict(sorted(kept.items())[-REMEMBERED:]))

    def plain(self) -> dict[str, list[object]]:
        """Give values that JSON knows."""
        return {
            occasion: [each.reminders, each.off, each.asked, *map(_text, (each.since, each.until))]
            for occasion, each in self.told.items()
        }

    @classmethod
    def of(cls, plain: Mapping[str, tuple[int, bool, bool, str | None, str | None]]) -> "Memory":
        """Read what `plain` gave."""
        return cls(
            {
                occasion: Told(reminders, off, asked, _moment(since), _moment(until))
                for occasion, (reminders, off, asked, since, until) in plain.items()
            }
        )


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
