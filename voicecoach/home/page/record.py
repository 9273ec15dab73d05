"""What the page shows of the past: two weeks as a drawing, the report, and the exercises' pictures.

Read anew from the journal, at most once a minute; it writes nothing.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from voicecoach.content.models import Content
from voicecoach.errors import VoicecoachError
from voicecoach.home.page.chart import DARK, LIGHT, Day, draw
from voicecoach.home.wall import local_now
from voicecoach.home.words import Words
from voicecoach.journal.history import sessions
from voicecoach.journal.journal import Journal
from voicecoach.report.drawing import PICTURES
from voicecoach.report.drawing import draw as draw_figure
from voicecoach.report.figure import Figure, load_figures
from voicecoach.report.page import Made, page_of
from voicecoach.report.reading import read_report
from voicecoach.report.words import load_words

DAYS = 14
FRESH_SECONDS = 60.0


@dataclass(slots=True)
class Record:
    """The past, as the page shows it."""

    folder: Path | None
    """The journal's; None where there is none, as in a rehearsal."""
    content: Content
    words: Words
    pain: bool = True
    """Whether pain is shown, and with it the report."""
    clock: Callable[[], float] = time.monotonic
    figures: Mapping[str, Figure] = field(default_factory=load_figures)
    _days: tuple[Day, ...] = field(default=(), init=False)
    _read: float | None = field(default=None, init=False)

    @property
    def has_report(self) -> bool:
        """Whether there is a report to show."""
        return self.pain and self.folder is not None

    @property
    def has_history(self) -> bool:
        """Whether there is anything to draw of the last two weeks."""
        return any(day.minutes or day.pain for day in self._two_weeks())

    def history_text(self) -> str:
        """Tell the last two weeks in a sentence."""
        days = self._two_weeks()
        done = [day for day in days if day.minutes]
        if not done:
            return self.words.page["history_none"]
        told = self.words.page["history_text"].format(
            first=days[0].date,
            last=days[-1].date,
            total=round(sum(day.minutes for day in done)),
            days=len(done),
            all_days=len(days),
        )
        has_pain = any(day.pain for day in days)
        return f"{told} {self.words.page['history_pain']}" if has_pain else told

    def history_svg(self, *, dark: bool = False) -> str:
        """Draw the last two weeks."""
        colours = DARK if dark else LIGHT
        return draw(self._two_weeks(), self.words.page["minutes"], self.history_text(), colours)

    def drawing(self, exercise: str, picture: str) -> str | None:
        """Draw one of an exercise's pictures; None where there is no figure of it."""
        figure = self.figures.get(exercise)
        if figure is None or picture not in PICTURES:
            return None
        return draw_figure(figure, picture, self.words.page["drawing"])

    def report(self) -> str | None:
        """Make the report as one page; None where there is none."""
        if not self.has_report or self.folder is None:
            return None
        words, today = load_words(self.content.language), local_now().date()
        try:
            with Journal.look(self.folder) as journal:
                told = read_report(journal, words.content.exercises, today)
            return page_of(told, Made(words, today))
        except VoicecoachError:
            return None

    def _two_weeks(self) -> tuple[Day, ...]:
        now = self.clock()
        if self._read is None or now - self._read > FRESH_SECONDS:
            self._read, self._days = now, self._look()
        return self._days

    def _look(self) -> tuple[Day, ...]:
        today = local_now().date()
        days = [today - timedelta(days=ago) for ago in reversed(range(DAYS))]
        if self.folder is None:
            return tuple(Day(day) for day in days)
        try:
            with Journal.look(self.folder) as journal:
                found = sessions(journal, days[0])
        except VoicecoachError:
            found = []
        minutes: dict[date, float] = {}
        pain: dict[date, list[int]] = {}
        for one in found:
            day = one.started.date()
            minutes[day] = minutes.get(day, 0.0) + one.minutes
            told = [score for score in (one.pain_before, one.pain_after) if score is not None]
            pain.setdefault(day, []).extend(told if self.pain else [])
        return tuple(Day(day, minutes.get(day, 0.0), tuple(pain.get(day, ()))) for day in days)
