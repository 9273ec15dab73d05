"""What is remembered of the person of a rehearsal, who has done this before; never of the user."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from voicecoach.session.ladder import Rung, key_of
from voicecoach.session.today import PROFILE

LEVELS: Mapping[str, int] = {
    "abdominal_contraction": 4,
    "ball_alternation": 5,
    "knees_to_chest": 3,
    "rotation": 1,
}
"""Where they stand on the ladder of each exercise."""


def done_this_before(now: datetime) -> dict[str, Any]:
    """Give the memory of someone who knows all four exercises, has a ball, and has no symptoms."""
    return {
        **{f"profile.{question}": False for question in PROFILE},
        **{key_of(exercise): Rung(level).kept for exercise, level in LEVELS.items()},
        "told_rules": True,
        "told_why_core": True,
        "told_why_flexibility": True,
        "told_correct": True,
        "has_ball": True,
        "floor_guide": False,
        "seen": (now - timedelta(days=1)).date().isoformat(),
    }
