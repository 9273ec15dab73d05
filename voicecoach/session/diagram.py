"""The state diagram, drawn from the table in Mermaid's words, for docs/session.md."""

from voicecoach.session.states import CHOICES, ENDING, State
from voicecoach.session.table import ANSWERED, SAFETY, TRANSITIONS

COMMON = {"cannot_get_up", *SAFETY, *ANSWERED, "finish", "skip", "previous", "get_up", "red_flag", "lost"}
"""Rows that nearly every state has; drawn, they would hide the rest."""


def draw() -> str:
    """Give the diagram: the path of a session, with the rows that every state has told in a note."""
    arrows: dict[tuple[State, State], list[str]] = {}
    for (start, key), target in TRANSITIONS.items():
        if key not in COMMON and start not in ENDING[3:] and start is not target:
            arrows.setdefault((start, target), []).append(key)
    lines = [f"    {a.value} --> {b.value}: {' / '.join(keys)}" for (a, b), keys in arrows.items()]
    common = [
        "    any --> paused: stop / pause",
        "    any --> pain_leg: pain",
        "    any --> leg_end: numb",
        "    any --> alarm: red_flag",
        "    any --> stuck: cannot_get_up",
        "    any --> cannot_hear: lost",
        "    any --> wind_up: finish",
    ]
    choices = [f"    state {state.value} <<choice>>" for state in CHOICES]
    choices += [f"    {a.value} --> {b.value}" for a, targets in CHOICES.items() for b in targets]
    first, last = f"    [*] --> {State.IDLE.value}", "    closing --> ended: over\n    ended --> [*]"
    return "\n".join(["stateDiagram-v2", *choices, first, *lines, *common, last])
