"""What one check found, and what to do about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

OK, FAILED = "✓", "✗"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    found: str
    """What was found, in plain words."""
    fix: str = ""
    """What to do about it; empty where all is well."""
    vital: bool = False
    """Whether hands-free use fails where this does."""
    figures: Mapping[str, object] = field(default_factory=dict)
    """The same for programs; names carry the unit."""

    @property
    def ok(self) -> bool:
        """Whether all is well."""
        return not self.fix

    @property
    def line(self) -> str:
        """The check as one line for the person at the terminal."""
        mark, fix = (OK, "") if self.ok else (FAILED, f" → {self.fix}")
        return f"{mark} {self.name}: {self.found}{fix}"

    def as_json(self) -> dict[str, object]:
        """Give the check as an object of the published format."""
        told = {"found": self.found, "fix": self.fix, "vital": self.vital}
        return {"name": self.name, "ok": self.ok, **told, "figures": dict(self.figures)}


def hands_free(checks: Sequence[Check]) -> bool:
    """Tell whether a session without keyboard and screen can be relied on."""
    return all(check.ok for check in checks if check.vital)
