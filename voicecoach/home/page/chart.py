"""Two weeks as a drawing: a bar of minutes a day, points of pain, nothing but shapes and numbers; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape


@dataclass(frozen=True, slots=True)
class Colours:
    """What it is drawn in."""

    ink: str
    soft: str
    bar: str
    point: str
    ground: str


LIGHT = Colours("#17212b", "#5b6873", "#2f6f8f", "#b3541e", "#ffffff")
DARK = Colours("#f2efe9", "#8f9ca8", "#8ecbe6", "#ffc46b", "#1a232c")
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 700, 240, 44, 36, 26
LOWEST_TOP_MINUTES = 10
PAIN_TOP = 10


@dataclass(frozen=True, slots=True)
class Day:
    """What one day came to."""

    date: date
    minutes: float = 0.0
    pain: tuple[int, ...] = ()
    """The scores told that day, in their order."""


def draw(days: Sequence[Day], minutes: str, text: str, colours: Colours = LIGHT) -> str:
    """Draw the days as SVG; `minutes` names the unit, `text` is for those who do not see it."""
    top = max([LOWEST_TOP_MINUTES, *(day.minutes for day in days)])
    wide = (WIDTH - LEFT) / max(len(days), 1)
    parts = [*_axis(top, minutes, colours)]
    for number, day in enumerate(days):
        parts += _day(day, LEFT + number * wide, wide, top, colours)
    box = f'viewBox="0 0 {WIDTH} {HEIGHT}"'
    title = f"<title>{escape(text)}</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">{title}{"".join(parts)}</svg>'


def _axis(top: float, minutes: str, colours: Colours) -> Iterator[str]:
    for value in (0.0, top):
        y = _y(value, top)
        yield f'<line x1="{LEFT}" x2="{WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colours.soft}"/>'
        yield _label(LEFT - 6, y + 5, f"{value:.0f}", "end", colours)
    yield _label(LEFT, TOP - 6, escape(minutes), "start", colours)


def _day(day: Day, x: float, wide: float, top: float, colours: Colours) -> Iterator[str]:
    middle = x + wide / 2
    y = _y(day.minutes, top)
    if day.minutes:
        high = HEIGHT - BOTTOM - y
        yield (
            f'<rect x="{x + wide * 0.18:.1f}" y="{y:.1f}" width="{wide * 0.64:.1f}" '
            f'height="{high:.1f}" rx="3" fill="{colours.bar}"/>'
        )
    for number, score in enumerate(day.pain):
        across = middle + (number - (len(day.pain) - 1) / 2) * 12
        at = _y(score, PAIN_TOP)
        place = f'cx="{across:.1f}" cy="{at:.1f}" r="5.5"'
        yield f'<circle {place} fill="{colours.point}" stroke="{colours.ground}" stroke-width="2"/>'
    yield _label(middle, HEIGHT - BOTTOM + 22, str(day.date.day), "middle", colours)


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - value / top * (HEIGHT - BOTTOM - TOP)


def _label(x: float, y: float, text: str, anchor: str, colours: Colours) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-family="sans-serif" font-size="15" '
        f'text-anchor="{anchor}" fill="{colours.ink}">{text}</text>'
    )
