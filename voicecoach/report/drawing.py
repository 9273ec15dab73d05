"""A figure's three pictures as SVG: black for what is near, grey for what is far, readable in print.

No fonts, no scripts, nothing from outside.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import atan2, cos, sin

from voicecoach.report.figure import Figure, Pose, between
from voicecoach.report.skeleton import Flat, Joints, Point, flat, joints_of

NEAR, FAR, MAT, BALL, ARROW = "#1d2730", "#9aa5ae", "#e7ebee", "#d3dae0", "#0a58a6"
VIEW = (-112, -84, 220, 110)
"""x, y, width and height, in centimetres."""
MAT_CM = ((-92, 0, -32), (90, 0, -32), (90, 0, 32), (-92, 0, 32))
HEAD_CM = 10.5
EDGE_CM = 2.5
"""The white around each limb, so that one before another is told apart."""
THICK_CM = {"trunk": 19, "thigh": 13, "shin": 10.5, "foot": 7.5, "upper": 8.5, "lower": 7.5, "nose": 8}
ARROW_LINES = (("#fff", 6.5), (ARROW, 3.2))
ARROW_STEPS = 12
ARROW_PART = 0.92
"""How much of the way an arrow goes, so that its head does not hide the end."""

LIMBS = {
    "thigh": ("hip", "knee"),
    "shin": ("knee", "ankle"),
    "foot": ("ankle", "foot"),
    "upper": ("shoulder", "elbow"),
    "lower": ("elbow", "hand"),
}
PICTURES = ("start", "movement", "end")


def draw(figure: Figure, picture: str, text: str) -> str:
    """Draw one picture, `start`, `movement` or `end`, with `text` for those who do not see it."""
    pose: Pose = getattr(figure, picture)
    x, y, width, height = VIEW
    arrows = list(_ways(figure)) if picture == "movement" else []
    parts = [_mat(), *_body(joints_of(pose), figure), *map(_arrow, arrows)]
    box = f'viewBox="{x} {y} {width} {height}"'
    title = f"<title>{escape(text)}</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">{title}{"".join(parts)}</svg>'


def _mat() -> str:
    return f'<polygon points="{_points(map(flat, MAT_CM))}" fill="{MAT}"/>'


def _body(joints: Joints, figure: Figure) -> Iterator[str]:
    """Draw what is far first: the left side, the ball, the trunk with the head, the right side."""
    yield from _limbs(joints, "left", FAR)
    if figure.ball:
        yield _circle((figure.ball.x_cm, figure.ball.radius_cm, 0), figure.ball.radius_cm, BALL)
    yield _stroke([joints["pelvis"], joints["chest"]], THICK_CM["trunk"], NEAR)
    yield _stroke([joints["head"], joints["nose"]], THICK_CM["nose"], NEAR)
    yield _circle(joints["head"], HEAD_CM, NEAR)
    yield from _limbs(joints, "right", NEAR)


def _limbs(joints: Joints, side: str, color: str) -> Iterator[str]:
    """Draw a side's limbs, all of their edges first, so that a knee is no gap."""
    lines = [([joints[f"{side}_{end}"] for end in ends], THICK_CM[limb]) for limb, ends in LIMBS.items()]
    for chain in (lines[:3], lines[3:]):
        yield from (_line(points, thick + EDGE_CM, "#fff") for points, thick in chain)
        yield from (_line(points, thick, color) for points, thick in chain)


def _stroke(points: Sequence[Point], thick: float, color: str) -> str:
    return _line(points, thick + EDGE_CM, "#fff") + _line(points, thick, color)


def _line(points: Sequence[Point], thick: float, color: str) -> str:
    ends = f'points="{_points(map(flat, points))}" fill="none" stroke-linecap="round"'
    return f'<polyline {ends} stroke="{color}" stroke-width="{thick}"/>'


def _circle(centre: Point, radius: float, color: str) -> str:
    x, y = flat(centre)
    edge = f'stroke="#fff" stroke-width="{EDGE_CM / 2}"'
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{color}" {edge}/>'


def _ways(figure: Figure) -> Iterator[list[Flat]]:
    yield from (_way(figure, joint) for joint in figure.arrows)
    for push in figure.pushes:
        yield [flat((x, y, 0)) for x, y in (push.start_cm, push.end_cm)]


def _way(figure: Figure, joint: str) -> list[Flat]:
    """Follow a joint from the start to nearly the end."""
    parts = [ARROW_PART * step / ARROW_STEPS for step in range(ARROW_STEPS + 1)]
    poses = [between(figure.start, figure.end, part) for part in parts]
    return [flat(joints_of(pose)[joint]) for pose in poses]


def _arrow(way: Sequence[Flat]) -> str:
    """Draw a way with a white edge, and a head in the direction of its end."""
    line = f'<polyline points="{_points(way)}" fill="none" stroke-linecap="round" stroke-linejoin="round"'
    edge, core = (f'{line} stroke="{color}" stroke-width="{thick}"/>' for color, thick in ARROW_LINES)
    return f'{edge}{core}<polygon points="{_points(_head(way))}" fill="{ARROW}" stroke="#fff"/>'


def _head(way: Sequence[Flat]) -> Iterator[Flat]:
    (x, y), (before_x, before_y) = way[-1], way[-2]
    angle = atan2(y - before_y, x - before_x)
    for turn, length in ((0, 8), (2.3, 7), (-2.3, 7)):
        yield round(x + length * cos(angle + turn), 1), round(y + length * sin(angle + turn), 1)


def _points(points: Iterable[Flat]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)
