"""What gives way to what: a table of prompts and tones by how much hangs on hearing them.

What is more important is never cut off by what is less; what no longer fits its slot is said in its
short form or left out.
"""

from enum import IntEnum
from fnmatch import fnmatchcase


class Priority(IntEnum):
    """From what may be missed to what must be heard."""

    PRAISE = 1
    EXERCISE = 2
    SIDE = 3
    COUNT = 4
    ANSWER = 5
    """What the person asked for just now."""
    SAFETY = 6


PROMPTS: tuple[tuple[str, Priority], ...] = (
    ("pain.*", Priority.SAFETY),
    ("pause.*", Priority.SAFETY),
    ("device.*", Priority.SAFETY),
    ("session.rules*", Priority.SAFETY),
    ("help.*", Priority.ANSWER),
    ("answer.*", Priority.ANSWER),
    ("ball.*", Priority.ANSWER),
    ("not_understood.*", Priority.ANSWER),
    ("no_input.*", Priority.ANSWER),
    ("side.*", Priority.SIDE),
    ("*.left", Priority.SIDE),
    ("*.right", Priority.SIDE),
    ("*_left", Priority.SIDE),
    ("*_right", Priority.SIDE),
    ("rep.*", Priority.PRAISE),
    ("set.*", Priority.PRAISE),
    ("exercise.*", Priority.PRAISE),
)
"""Patterns of prompt ids; the first that fits counts, and what fits none guides through an exercise."""

TONES = {"halfway": Priority.PRAISE}
"""Tones that may be missed; all others answer the person or mark a moment."""


def priority_of(prompt: str) -> Priority:
    """Tell how important a prompt is."""
    found = (priority for pattern, priority in PROMPTS if fnmatchcase(prompt, pattern))
    return next(found, Priority.EXERCISE)


def priority_of_tone(name: str) -> Priority:
    """Tell how important a tone is."""
    return TONES.get(name, Priority.ANSWER)
