"""What the charts draw: a point a session and a bar a day, or one a week where there are many; pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import mean

from voicecoach.report.summary import NOTABLE_CHANGE, Report, SessionReport

MOST_DAYS = 45
"""Up to here every session and every day is drawn; beyond, a week is."""
DAY_HOURS = 24
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class PainPoint:
    """Pain of a session, or its mean over a week."""

    x_days: float
    """Since the beginning of the first day."""
    before: float | None
    after: float | None
    rises: int
    """Sessions after which it was notably more than before."""
    falls: int
    leg: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """What was asked for and done of an exercise in a day, or a week."""

    x_days: float
    asked_seconds: float
    done_seconds: float
    left_out: bool
    """Whether it was skipped or left out at any time."""


def is_by_week(report: Report) -> bool:
    """Tell whether weeks are drawn instead of days."""
    return len(report.days) > MOST_DAYS


def bar_days(report: Report) -> int:
    """Give how many days a bar is about."""
    return WEEK_DAYS if is_by_week(report) else 1


def axis_days(report: Report) -> int:
    """Give how many days the axis has: the report's, or whole weeks."""
    return -(-len(report.days) // bar_days(report)) * bar_days(report)


def pain_points(report: Report) -> list[PainPoint]:
    """Give the points of the pain chart, those without any score left out."""
    if is_by_week(report):
        groups = [(x + WEEK_DAYS / 2, sessions) for x, sessions in _grouped(report, WEEK_DAYS)]
    else:
        groups = [(_x_days(report, one), [one]) for one in report.sessions]
    points = [_point(x, sessions) for x, sessions in groups]
    return [one for one in points if one.before is not None or one.after is not None]


def bars(report: Report, name: str) -> list[Bar]:
    """Give the bars of an exercise."""
    return [
        bar
        for x, sessions in _grouped(report, bar_days(report))
        if (bar := _bar(x, sessions, name)) is not None
    ]


def _grouped(report: Report, days: int) -> list[tuple[float, list[SessionReport]]]:
    groups: dict[int, list[SessionReport]] = {}
    for one in report.sessions:
        groups.setdefault((one.day - report.start).days // days, []).append(one)
    return [(number * days, sessions) for number, sessions in sorted(groups.items())]


def _x_days(report: Report, one: SessionReport) -> float:
    started = one.summary.started
    return (one.day - report.start).days + (started.hour + started.minute / 60) / DAY_HOURS


def _point(x: float, sessions: Sequence[SessionReport]) -> PainPoint:
    changes = [one.change for one in sessions if one.change is not None]
    return PainPoint(
        x_days=x,
        before=_mean(one.summary.pain_before for one in sessions),
        after=_mean(one.summary.pain_after for one in sessions),
        rises=sum(change >= NOTABLE_CHANGE for change in changes),
        falls=sum(change <= -NOTABLE_CHANGE for change in changes),
        leg=any(one.summary.leg for one in sessions),
    )


def _mean(scores: Iterable[int | None]) -> float | None:
    told = [score for score in scores if score is not None]
    return mean(told) if told else None


def _bar(x: float, sessions: Sequence[SessionReport], name: str) -> Bar | None:
    turns = [each for one in sessions for each in one.summary.exercises if each.name == name]
    if not turns:
        return None

    out = any(each.action in ("skipped", "left_out") for each in turns)
    asked = sum(each.prescribed_seconds for each in turns)
    return Bar(x, asked, sum(each.actual_seconds for each in turns), out)
