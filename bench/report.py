"""How long the record takes to make: a year of mornings and evenings, by a program of its own each time.

    python -m bench.report [--days 365] [--repeat 3]

The wall time of the whole command, and the time it was given by the processors, which a busy machine
does not change.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

from voicecoach.journal.exchange import import_
from voicecoach.journal.journal import Journal
from voicecoach.journal.lines import FORMAT

HOLDS = (("abdominal_contraction", 5, 10), ("knees_to_chest", 15, 5), ("rotation", 10, 6))
FIRST = datetime(2026, 1, 1, 7, 0, tzinfo=timezone(timedelta(hours=1)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--days", type=int, default=365)
    options.add_argument("--repeat", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_year(Path(folder), chosen.days)
        size = (Path(folder) / "journal.sqlite3").stat().st_size / 1e6
        print(f"{chosen.days} days, {2 * chosen.days} sessions, a journal of {size:.0f} MB")
        for kind in ("html", "pdf", "csv", "fhir"):
            show(kind, Path(folder), chosen.repeat)


def show(kind: str, folder: Path, repeat: int) -> None:
    file = folder / f"record.{kind}"
    command = [sys.executable, "-m", "voicecoach", "report", f"--{kind}", str(file), "--data", str(folder)]
    walls, given = [], []
    for _ in range(repeat):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        walls.append(time.perf_counter() - began)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        given.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    size = file.stat().st_size / 1e3
    print(
        f"{kind:5} best of {repeat}: wall {min(walls):5.2f} s, processor {min(given):5.2f} s, {size:6.0f} kB"
    )


def write_year(folder: Path, days: int) -> None:
    """Write the sessions into a journal by an import, since each alone waits for the disk."""
    lines = list(records(days))
    export = folder / "year.jsonl"
    end = {"record": "end", "lines": len(lines)}
    export.write_text("".join(json.dumps(line) + "\n" for line in [*lines, end]), encoding="utf-8")
    with Journal.open(folder, datetime.now(UTC)) as journal:
        import_(journal, export)


def records(days: int) -> Iterator[dict[str, object]]:
    yield {"record": "journal", "format": FORMAT}
    for number in range(2 * days):
        session, started = str(uuid4()), FIRST + timedelta(hours=12 * number)
        routine = ("morning", "evening")[number % 2]
        who = {"id": session, "routine": routine, "language": "en", "recognizer": "vosk"}
        when = {"started": started.isoformat(), "clock": 0.0, "resumes": None, "plan": []}
        yield {"record": "session", **who, **when}
        for place, event in enumerate(events(number, routine), 1):
            at = (started + timedelta(seconds=float(str(event["t"])))).isoformat()
            yield {"record": "event", "session": session, "number": place, "at": at, "event": event}
        over = (started + timedelta(minutes=11)).isoformat()
        yield {"record": "ending", "session": session, "at": over, "ended": "done"}


def events(number: int, routine: str) -> Iterator[dict[str, object]]:
    """Give a session with its counts, holds and pain."""
    who = {"routine": routine, "lang": "en", "recognizer": "vosk"}
    yield {"kind": "session", "t": 0.0, "action": "start", **who}
    yield {"kind": "pain", "t": 5.0, "when": "before", "score": number * 7 % 9, "leg": False}
    t = 10.0
    for name, seconds, repetitions in HOLDS:
        yield {"kind": "exercise", "t": t, "name": name, "action": "start", "reason": None}
        for rep in range(1, repetitions + 1):
            for count in range(seconds):
                yield {"kind": "count", "t": t + count, "n": seconds - count}
            place = {"exercise": name, "set": 1, "rep": rep, "side": None, "seconds": seconds}
            span = {"start": t, "end": t + seconds, "completed": True}
            t += seconds
            yield {"kind": "hold", "t": t, **place, **span}
        yield {"kind": "exercise", "t": t, "name": name, "action": "done", "reason": None}
    words = {"text": "it hurts", "intent": "pain", "slots": {}, "confidence": 0.9}
    if number % 10 == 0:
        yield {"kind": "heard", "t": t + 2, "start": t, "end": t + 1, **words}
    yield {"kind": "pain", "t": t + 5, "when": "after", "score": number * 5 % 8, "leg": number % 50 == 0}


if __name__ == "__main__":
    main()
