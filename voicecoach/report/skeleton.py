"""From angles to joints and to the picture's plane; pure geometry.

x runs towards the feet, y up, z towards the viewer, in centimetres; the hips are over x = 0.
"""

from math import cos, radians, sin

from voicecoach.report.figure import Arm, Leg, Pose

Point = tuple[float, float, float]
Flat = tuple[float, float]
"""On the picture: x to the right, y down, as SVG has it."""

TRUNK_CM, NECK_CM, THIGH_CM, SHIN_CM, FOOT_CM, UPPER_CM, LOWER_CM = 48, 19, 42, 42, 14, 28, 30
HIP_HALF_CM, SHOULDER_HALF_CM = 8, 13
LYING_CM = 9
"""How high the middle of the trunk lies over the floor."""
ABOVE_DEGREES = 24
"""From how far above the floor one looks."""
ASIDE = 0.32
"""How far what is nearer is moved to the side: an arm towards the viewer must not seem to hang."""
TOWARDS_VIEWER = {"left": -1, "right": 1}

Joints = dict[str, Point]


def joints_of(pose: Pose) -> Joints:
    """Give every joint of a pose by its name, as left_knee."""
    joints: Joints = {
        "pelvis": (0, LYING_CM, 0),
        "chest": (-TRUNK_CM, LYING_CM, 0),
        "head": (-TRUNK_CM - NECK_CM, LYING_CM + 2, 0),
        "nose": (-TRUNK_CM - NECK_CM - 1, LYING_CM + 12, 0),
    }
    for side, leg in (("left", pose.left_leg), ("right", pose.right_leg)):
        joints |= _leg(side, leg, pose.roll)
    for side, arm in (("left", pose.left_arm), ("right", pose.right_arm)):
        joints |= _arm(side, arm)
    return joints


def _leg(side: str, leg: Leg, roll: float) -> Joints:
    hip: Point = (0, LYING_CM, HIP_HALF_CM * TOWARDS_VIEWER[side])
    knee = _ahead(hip, THIGH_CM, leg.thigh)
    ankle = _ahead(knee, SHIN_CM, leg.shin)
    foot = _ahead(ankle, FOOT_CM, leg.foot)
    names = ("hip", "knee", "ankle", "foot")
    points = (hip, *(_rolled(point, roll) for point in (knee, ankle, foot)))
    return {f"{side}_{name}": point for name, point in zip(names, points, strict=True)}


def _arm(side: str, arm: Arm) -> Joints:
    towards = TOWARDS_VIEWER[side]
    shoulder: Point = (-TRUNK_CM + 4, LYING_CM, SHOULDER_HALF_CM * towards)
    elbow = _ahead(shoulder, UPPER_CM, arm.upper, arm.out * towards)
    hand = _ahead(elbow, LOWER_CM, arm.lower, arm.lower_out * towards)
    return {f"{side}_shoulder": shoulder, f"{side}_elbow": elbow, f"{side}_hand": hand}


def _ahead(start: Point, length: float, angle: float, out: float = 0) -> Point:
    x, y, z = start
    flat = length * cos(radians(out))
    return (
        x + flat * cos(radians(angle)),
        y + flat * sin(radians(angle)),
        z + length * sin(radians(out)),
    )


def _rolled(point: Point, roll: float) -> Point:
    """Turn a point about the long axis of the body, which stays on the floor, towards the right."""
    x, y, z = point
    up, turn = y - LYING_CM, radians(roll)
    return x, LYING_CM + up * cos(turn) - z * sin(turn), z * cos(turn) + up * sin(turn)


def flat(point: Point) -> Flat:
    """Look at a point from the side, from a little above and a little from the feet."""
    x, y, z = point
    above = radians(ABOVE_DEGREES)
    return round(x - z * ASIDE, 1), round(z * sin(above) - y * cos(above), 1)
