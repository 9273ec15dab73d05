"""The page for the clinician: one sheet for a month, with nothing from outside and nothing that runs.

Here the report's numbers become sentences; where they stand is the template's business.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from voicecoach.report import charts, series
from voicecoach.report.drawing import draw
from voicecoach.report.figure import load_figures
from voicecoach.report.formats import Formats, Paper, formats_for
from voicecoach.report.standing_out import standing_out
from voicecoach.report.summary import GENTLER, ExerciseReport, PainSummary, Report, is_notable, pain_of
from voicecoach.report.templating import drawn, fill
from voicecoach.report.words import Words

MOST_MISSED = 4
"""How many missed days are named."""
MOST_ON_PAPER, MOST_ON_SCREEN = 6, 15
"""How many sessions are told of as standing out; what is on paper must stay one sheet."""
MOST_TICKS = 8
MANY_MINUTES = 100
"""From here on their tenths do not matter."""
NOTHING = "–"  # noqa: RUF001 - a dash, as tables have it
Tile = tuple[str, str, str]
"""What it is, its value in large letters, and a note."""


@dataclass(frozen=True)
class Made:
    """What the page is made with."""

    words: Words
    today: date
    name: str | None = None
    """The person's; none is on it where none is given."""
    paper: Paper | None = None
    """None takes what is usual in the country."""

    @cached_property
    def formats(self) -> Formats:
        """How dates and numbers are written. Raises ReportError where babel is missing."""
        return formats_for(self.words.language)


def page_of(report: Report, made: Made, *, on_paper: bool = False) -> str:
    """Give the page as HTML; `on_paper` without the list of every session. Raises ReportError."""
    before, after = _pains(report)
    return fill(
        "report.html",
        report=report,
        on_paper=on_paper,
        words=made.words,
        formats=made.formats,
        name=made.name,
        paper=made.paper or made.formats.paper,
        period=made.formats.period(report.start, report.end),
        made=made.words("report.made", day=made.formats.full(made.today)),
        tiles=[_days(report, made), _time(report, made), *_pain_tiles(before, after, made)],
        by_week=series.is_by_week(report),
        chart=drawn(_chart(report, made)),
        rows=[_row(each, report, made) for each in report.exercises],
        out=standing_out(report, made.words, made.formats, MOST_ON_PAPER if on_paper else MOST_ON_SCREEN),
        pain_of_session=_pain_of_session,
    )


def _pains(report: Report) -> tuple[PainSummary | None, PainSummary | None]:
    summaries = [one.summary for one in report.sessions]
    return pain_of(one.pain_before for one in summaries), pain_of(one.pain_after for one in summaries)


def _days(report: Report, made: Made) -> Tile:
    words, missed = made.words, report.missed
    named = ", ".join(made.formats.day(day) for day in missed[:MOST_MISSED])
    rest = len(missed) - MOST_MISSED
    if not missed:
        note = words("report.missed_none")
    elif rest > 0:
        note = words("report.missed_more", days=named, count=rest)
    else:
        note = words("report.missed", days=named)
    count = len(report.days)
    return words("report.days"), words("report.days_value", active=count - len(missed), all=count), note


def _time(report: Report, made: Made) -> Tile:
    asked = sum(each.prescribed_seconds for each in report.exercises)
    done, of = (_minutes(seconds, made.formats) for seconds in (report.actual_seconds, asked))
    note = made.words("report.time_of", count=len(report.sessions), minutes=of)
    return made.words("report.time"), made.words("report.time_value", minutes=done), note


def _minutes(seconds: float, formats: Formats) -> str:
    minutes = seconds / 60
    return formats.number(minutes if minutes < MANY_MINUTES else round(minutes))


def _pain_tiles(before: PainSummary | None, after: PainSummary | None, made: Made) -> Iterator[Tile]:
    for when, pain in (("before", before), ("after", after)):
        label = made.words(f"report.{when}")
        if pain is None:
            yield label, NOTHING, made.words("report.pain_none")
            continue
        mark = _arrow(pain.change) if is_notable(pain.change) else ""
        value = made.words("report.from_to" if pain.count > 1 else "report.once", **asdict(pain))
        note = made.words("report.pain_note", mean=made.formats.number(pain.mean), highest=pain.highest)
        yield label, f"{value} {mark}".strip(), note


def _arrow(change: int) -> str:
    return "▲" if change > 0 else "▼"


def _pain_of_session(one: Any) -> str:
    scores = (one.summary.pain_before, one.summary.pain_after)
    told = " → ".join(NOTHING if score is None else str(score) for score in scores)
    return f"{told} {_arrow(one.change)}" if is_notable(one.change) else told


def _chart(report: Report, made: Made) -> str:
    missed = [] if series.is_by_week(report) else [(day - report.start).days for day in report.missed]
    points = series.pain_points(report)
    return charts.pain_chart(
        points, series.axis_days(report), missed, _ticks(report, made.formats), _chart_text(report, made)
    )


def _chart_text(report: Report, made: Made) -> str:
    start, end = made.formats.full(report.start), made.formats.full(report.end)
    pains = _pains(report)
    if pains == (None, None):
        return made.words("report.chart_empty", start=start, end=end)
    values = {
        f"{when}_{what}": NOTHING if pain is None else getattr(pain, what)
        for when, pain in zip(("before", "after"), pains, strict=True)
        for what in ("first", "last", "highest")
    }
    changes = [one.change for one in report.sessions if is_notable(one.change)]
    rises = sum(change is not None and change > 0 for change in changes)
    legs = sum(one.summary.leg for one in report.sessions)
    counts = {"rises": rises, "falls": len(changes) - rises, "legs": legs}
    return made.words("report.chart", start=start, end=end, **values, **counts)


def _ticks(report: Report, formats: Formats) -> list[tuple[float, str]]:
    """Write a day under the axis so often that there is room; in the middle of its day."""
    days = len(report.days)
    steps: Sequence[int] = (1, 2, 3, 7, 14, 28, 56, 91, 182, 365)
    step = next((step for step in steps if days / step <= MOST_TICKS), days)
    return [(at + 0.5, formats.day(report.start + timedelta(days=at))) for at in range(0, days, step)]


def _row(each: ExerciseReport, report: Report, made: Made) -> dict[str, Any]:
    words, formats = made.words, made.formats
    figures = load_figures()
    return {
        "name": words.exercise(each.name),
        "drawing": drawn(draw(figures[each.name], "movement", "")) if each.name in figures else "",
        "strip": drawn(_strip(each, report, made)),
        "share": formats.percent(each.actual_seconds / each.prescribed_seconds)
        if each.prescribed_seconds
        else NOTHING,
        "time": words(
            "report.of_asked",
            done=formats.length(each.actual_seconds),
            asked=formats.length(each.prescribed_seconds),
        ),
        "repetitions": words(
            "report.of_asked", done=each.done_repetitions, asked=each.prescribed_repetitions
        ),
        "sides": _sides(each, made),
        "level": _level(each.levels, words),
        "left_out": [
            words("report.times", reason=words.reason(reason), count=count) for reason, count in each.left_out
        ],
    }


def _sides(each: ExerciseReport, made: Made) -> str:
    sides = {str(side.side): made.formats.length(side.actual_seconds) for side in each.sides if side.side}
    return made.words("report.sides", **{"left": NOTHING, "right": NOTHING, **sides}) if sides else ""


def _level(levels: Sequence[int], words: Words) -> str:
    """Write one level, or the first and last where they went one way, or else the lowest and highest."""
    if not levels:
        return NOTHING
    first, last, lowest, highest = (
        words("report.level_gentle") if level == GENTLER else str(level)
        for level in (levels[0], levels[-1], min(levels), max(levels))
    )
    if len(set(levels)) == 1:
        return first
    if list(levels) in (sorted(levels), sorted(levels, reverse=True)):
        return words("report.level_steps", first=first, last=last)
    return words("report.level_range", lowest=lowest, highest=highest)


def _strip(each: ExerciseReport, report: Report, made: Made) -> str:
    text = made.words(
        "report.strip",
        exercise=made.words.exercise(each.name),
        done=made.formats.number(each.actual_seconds / 60),
        asked=made.formats.number(each.prescribed_seconds / 60),
        sessions=each.sessions,
    )
    drawn_bars = series.bars(report, each.name)
    return charts.strip(drawn_bars, series.axis_days(report), series.bar_days(report), text)
