"""Dates, numbers and paper as a person's country writes them; babel knows how."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from voicecoach.errors import ReportError
from voicecoach.extras import requires

LETTER = frozenset(["US", "CA", "MX", "GT", "SV", "HN", "NI", "CR", "PA", "CO", "VE", "CL", "PH", "PR", "DO"])
"""Where people use Letter; everywhere else it is A4 (CLDR's paper sizes)."""
Paper = Literal["A4", "Letter"]


@dataclass(frozen=True, slots=True)
class Formats:
    """How things are written in one locale."""

    locale: Any
    """A babel Locale."""

    @property
    def paper(self) -> Paper:
        """The paper that is used there."""
        return "Letter" if self.locale.territory in LETTER else "A4"

    def day(self, day: date) -> str:
        """Write a day without its year."""
        return self._skeleton("MMMd", day)

    def weekday(self, day: date) -> str:
        """Write a day with its weekday."""
        return self._skeleton("MMMEd", day)

    def full(self, day: date) -> str:
        """Write a day in full."""
        return self._skeleton("yMMMMd", day)

    def period(self, start: date, end: date) -> str:
        """Write a stretch of days."""
        from babel.dates import format_interval  # noqa: PLC0415 - an extra

        return str(format_interval(start, end, "yMMMd", locale=self.locale))

    def time(self, moment: datetime) -> str:
        """Write a time of the day, as the person's clock showed it."""
        return f"{moment:%H:%M}"

    def number(self, number: float) -> str:
        """Write a number with at most one decimal."""
        from babel.numbers import format_decimal  # noqa: PLC0415 - an extra

        return str(format_decimal(round(number, 1), locale=self.locale))

    def percent(self, part: float) -> str:
        """Write a part of 1 as whole per cents."""
        from babel.numbers import format_percent  # noqa: PLC0415 - an extra

        return str(format_percent(part, locale=self.locale))

    def length(self, seconds: float) -> str:
        """Write a length in minutes and seconds, as 3:05."""
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes}:{rest:02}"

    def _skeleton(self, skeleton: str, day: date) -> str:
        from babel.dates import format_skeleton  # noqa: PLC0415 - an extra

        return str(format_skeleton(skeleton, day, locale=self.locale))


def formats_for(language: str) -> Formats:
    """Take the country of the machine where it speaks that language. Raises ReportError without babel."""
    with requires("report", "A page", ReportError):
        from babel.core import Locale, default_locale  # noqa: PLC0415 - an extra
    here = default_locale("LC_TIME") or language
    usable = here.split("_")[0] == language and not here.endswith("POSIX")  # which is no country
    return Formats(Locale.parse(here if usable else language))
