"""An Observer for tests."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Log:
    """Keeps all events."""

    events: list[dict[str, Any]] = field(default_factory=list)

    def saying(self, prompt, start, end):
        pass

    def happened(self, event):
        self.events.append(event)

    def of(self, kind):
        return [event for event in self.events if event["kind"] == kind]
