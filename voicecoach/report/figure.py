"""The positions of an exercise, described by a few angles, read from figures.toml.

The person lies on the back, the head to the left, seen from the right side and a little from above. An
angle is that of a limb against the floor, in degrees: 0 towards the feet, 90 up, 180 towards the head.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from voicecoach.content.loading import read_toml
from voicecoach.errors import ReportError
from voicecoach.model import FileModel

FIGURES = Path(__file__).parent / "figures.toml"

Angle = Annotated[float, Field(ge=-360, le=360)]
Joint = Literal["left_knee", "right_knee", "left_foot", "right_foot", "left_hand", "right_hand"]
SIDES = ("left", "right")


class Leg(FileModel):
    """A leg: its thigh, its shin, and where the toes point."""

    thigh: Angle
    shin: Angle
    foot: Angle = 0


class Arm(FileModel):
    """An arm: its upper part and its lower part with the hand, each with how far it is out to the side."""

    upper: Angle
    lower: Angle
    out: Angle = 12
    lower_out: Angle = 12


class Pose(FileModel):
    """Where every limb is."""

    left_leg: Leg
    right_leg: Leg
    left_arm: Arm
    right_arm: Arm
    roll: Angle = 0
    """How far both legs have rolled over, to the right side where it is above 0."""


class Ball(FileModel):
    """A ball on the floor."""

    x_cm: float
    """How far it is from the hips towards the feet."""
    radius_cm: Annotated[float, Field(gt=0, le=50)]


class Push(FileModel):
    """A straight arrow beside the body, for what hardly moves; points along x and up, in centimetres."""

    start_cm: tuple[float, float]
    end_cm: tuple[float, float]


class Figure(FileModel):
    """An exercise in three pictures."""

    start: Pose
    movement: Pose
    """On the way; half of it where it is not told."""
    end: Pose
    arrows: tuple[Joint, ...] = ()
    """Whose way is drawn into the picture of the movement."""
    pushes: tuple[Push, ...] = ()
    ball: Ball | None = None

    @model_validator(mode="before")
    @classmethod
    def _untold_is_as_at_the_start(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("start"), dict):
            return data
        start = _both_sides(data["start"])
        end = {**start, **_both_sides(data.get("end", {}))}
        movement = {**start, **_both_sides(data["movement"])} if "movement" in data else _halfway(start, end)
        return {**data, "start": start, "movement": movement, "end": end}


def _both_sides(pose: Mapping[str, Any]) -> dict[str, Any]:
    """Take `legs` and `arms` for both sides; what is told of one side goes before them."""
    limbs = {limb: pose[f"{limb}s"] for limb in ("leg", "arm") if f"{limb}s" in pose}
    both = {f"{side}_{limb}": angles for limb, angles in limbs.items() for side in SIDES}
    return {**both, **{key: told for key, told in pose.items() if key not in ("legs", "arms")}}


def _halfway(start: Mapping[str, Any], end: Mapping[str, Any]) -> dict[str, Any]:
    return between(Pose.model_validate(start), Pose.model_validate(end), 0.5).model_dump()


def between(start: Pose, end: Pose, part: float) -> Pose:
    """Give the pose at a part of the way, from 0 to 1, each angle going evenly."""
    return Pose.model_validate(_mixed(start.model_dump(), end.model_dump(), part))


def _mixed(start: Any, end: Any, part: float) -> Any:
    if isinstance(start, dict):
        return {key: _mixed(start[key], end[key], part) for key in start}
    return start + (end - start) * part


@cache
def load_figures(path: Path = FIGURES) -> Mapping[str, Figure]:
    """Read a file of figures, by exercise. Raises ReportError or ContentError with all that is wrong."""
    figures, problems = {}, []
    for name, table in read_toml(path).items():
        try:
            figures[name] = Figure.model_validate(table)
        except ValidationError as error:
            places = [(".".join(map(str, (name, *each["loc"]))), each["msg"]) for each in error.errors()]
            problems += [f"{path}: {place}: {message}." for place, message in places]
    if problems:
        raise ReportError(*problems)
    return figures
