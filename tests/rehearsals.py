"""Rehearsals started as a user starts them, and what they left."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from voicecoach.journal.corrections import standing
from voicecoach.journal.events import PainEvent, read_events

PERSONS = Path(__file__).parent.parent / "voicecoach" / "rehearsal" / "persons"


class Rehearsal:
    """What a rehearsal left in its folder."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "voicecoach", "rehearse", *arguments, "--out", str(folder)]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=420, check=False, cwd=folder.parent
        )
        assert done.returncode == 0, done.stderr
        self.folder = folder
        lines = (folder / "events.jsonl").read_text(encoding="utf-8").splitlines()
        self.events: list[dict[str, Any]] = [json.loads(line) for line in lines]

    def scores(self, when: str) -> list[int]:
        """Give the pain that was told at that time, without what was taken back."""
        events = standing(read_events(self.folder / "events.jsonl"))
        pains = [event for event in events if isinstance(event, PainEvent) and event.when == when]
        return [pain.score for pain in pains if pain.score is not None]

    def of(self, kind: str, **fields: object) -> list[dict[str, Any]]:
        found = (event for event in self.events if event["kind"] == kind)
        return [event for event in found if all(event[key] == value for key, value in fields.items())]
