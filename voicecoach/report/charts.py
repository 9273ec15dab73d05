"""The charts as inline SVG: told apart by shape and tone, so that a copier and the colour-blind see them.

Drawn by matplotlib without a window. Letters stay letters, which the page's own font draws, so they are
found, read aloud and copied; what matplotlib knows of their width is not used.
"""

import io
import logging
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from math import nan
from pathlib import Path
from typing import Any

from voicecoach.errors import ReportError
from voicecoach.extras import requires
from voicecoach.report.series import Bar, PainPoint

INK, SOFT, LIGHT, BAND, ASKED = "#16202a", "#4a5661", "#d5dbe0", "#e5e9ec", "#c3ccd4"
RISE, FALL = "#b34700", "#0a58a6"
"""Vermilion and blue, dark enough on white; the triangle's direction tells the same."""
FONTS = "Noto Sans, Noto Sans CJK KR, Apple SD Gothic Neo, Malgun Gothic, DejaVu Sans, sans-serif"
MOST_PAIN = 10
POINTS_AN_INCH = 72
BAR_PART = 0.76
"""Of its day, or week."""
MOST_PAIRS = 70
"""From so many on, the points are smaller."""
PAIN_INCHES = (7.4, 2.15)
STRIP_INCHES = (2.7, 0.42)
SETTINGS: Any = {
    "svg.fonttype": "none",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.linewidth": 0.8,
    "path.simplify": False,  # a bar as high as its neighbour is a bar still
}

Ticks = Sequence[tuple[float, str]]
"""Where on the axis of days what is written."""


def keep_fonts_in(folder: Path) -> None:
    """Let matplotlib keep its list of this machine's fonts in `folder`; said before the first chart.

    Where it cannot be kept it is made anew each time, of which the person need not be told.
    """
    os.environ.setdefault("MPLCONFIGDIR", str(folder))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)


def pain_chart(points: Sequence[PainPoint], days: int, missed: Sequence[int], ticks: Ticks, text: str) -> str:
    """Draw the pain before and after over `days`; `missed` are days without exercise, shaded."""
    with _figure(PAIN_INCHES) as (figure, finish):
        axes = figure.add_axes((0.045, 0.11, 0.95, 0.87))
        for day in missed:
            axes.axvspan(day, day + 1, color=BAND, linewidth=0, antialiased=False)
        _scale(axes, days, ticks)
        _pains(axes, points, crowded=len(points) > MOST_PAIRS)
        _marks(axes, points)
    return finish(text)


def _scale(axes: Any, days: int, ticks: Ticks) -> None:
    axes.set_xlim(0, days)
    axes.set_ylim(-1.5, MOST_PAIN + 1.9)
    axes.set_yticks(range(0, MOST_PAIN + 1, 2))
    axes.set_xticks([at for at, _ in ticks], [text for _, text in ticks])
    axes.grid(axis="y", color=LIGHT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=3, color=SOFT, labelcolor=INK)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _pains(axes: Any, points: Sequence[PainPoint], *, crowded: bool) -> None:
    size = 3.2 if crowded else 5.5
    pairs = [
        (one.x_days, one.before, one.after)
        for one in points
        if one.before is not None and one.after is not None
    ]
    axes.plot(*_uprights(pairs), color=SOFT, linewidth=1.2, solid_capstyle="butt", zorder=2)
    before = [(one.x_days, one.before) for one in points if one.before is not None]
    after = [(one.x_days, one.after) for one in points if one.after is not None]
    axes.plot(*_columns(before), color=SOFT, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
    axes.plot(*_columns(after), "s", color=INK, markersize=size - 0.7, zorder=3)
    axes.plot(*_columns(before), "o", markerfacecolor="white", markeredgecolor=INK, markersize=size, zorder=4)


def _marks(axes: Any, points: Sequence[PainPoint]) -> None:
    """Mark rises above the points, falls below them, and leg symptoms at the top."""
    told = [(one, [score for score in (one.before, one.after) if score is not None]) for one in points]
    for marks, shape, color, size in (
        ([(one.x_days, max(scores) + 1.05) for one, scores in told if one.rises], "^", RISE, 6.5),
        ([(one.x_days, min(scores) - 1.0) for one, scores in told if one.falls], "v", FALL, 6.5),
        ([(one.x_days, MOST_PAIN + 1.25) for one in points if one.leg], "D", INK, 5),
    ):
        axes.plot(*_columns(marks), shape, color=color, markersize=size, zorder=5)


def strip(bars: Sequence[Bar], days: int, bar_days: int, text: str) -> str:
    """Draw what was done, dark, in what was asked for, light; a cross where it was left out."""
    top = max((max(bar.asked_seconds, bar.done_seconds) for bar in bars), default=0) or 1
    with _figure(STRIP_INCHES) as (figure, finish):
        axes = figure.add_axes((0, 0.04, 1, 0.92))
        axes.set_xlim(0, days)
        axes.set_ylim(0, top * 1.05)
        axes.axis("off")
        axes.axhline(0, color=SOFT, linewidth=1)
        middles = [bar.x_days + bar_days / 2 for bar in bars]
        wide = STRIP_INCHES[0] * POINTS_AN_INCH / days * bar_days * BAR_PART
        for heights, color in (
            ([bar.asked_seconds for bar in bars], ASKED),
            ([bar.done_seconds for bar in bars], INK),
        ):
            tops = [(middle, 0, height) for middle, height in zip(middles, heights, strict=True)]
            axes.plot(*_uprights(tops), color=color, linewidth=wide, solid_capstyle="butt")
        out = [bar.x_days + bar_days / 2 for bar in bars if bar.left_out]
        axes.plot(out, [top * 0.78] * len(out), "x", color=RISE, markersize=5, markeredgewidth=1.6)
    return finish(text)


def _uprights(rows: Iterable[tuple[float, float, float]]) -> list[list[float]]:
    """Give upright lines, x, bottom and top each, as one line with gaps: a page of many parts is slow."""
    ends = [end for x, bottom, top in rows for end in ((x, bottom), (x, top), (nan, nan))]
    return _columns(ends)


def _columns(rows: Sequence[tuple[float, ...]], count: int = 2) -> list[list[float]]:
    return [[row[column] for row in rows] for column in range(count)]


@contextmanager
def _figure(inches: tuple[float, float]) -> Iterator[tuple[Any, Callable[[str], str]]]:
    """Open an empty figure; what is drawn into it comes out of the second part, with its text."""
    with requires("report", "A chart", ReportError):
        from matplotlib import rc_context  # noqa: PLC0415 - heavy, and an extra
        from matplotlib.figure import Figure  # noqa: PLC0415 - as above
    figure = Figure(figsize=inches)

    def finish(text: str) -> str:
        file = io.StringIO()
        with rc_context({**SETTINGS, "svg.hashsalt": text}), warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it has no glyphs for what the page will draw
            figure.savefig(file, format="svg", transparent=True, metadata={"Date": None})
        return _inline(file.getvalue(), text)

    with rc_context(SETTINGS):
        yield figure, finish


def _inline(svg: str, text: str) -> str:
    """Make a file into a part of a page: no header, no ids but those referred to, and a text for it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<g id="[^"]*"', "<g", svg).replace("'DejaVu Sans'", FONTS)
    title = f' role="img"><title>{escape(text)}</title>'
    return re.sub(r' (?:width|height)="[^"]*pt"', "", svg.replace(">", title, 1), count=2)
