"""Two people's fortnights through the whole program on virtual dates, and their reports, to be looked at.

    python -m bench.fortnights --out DIR

One gets better and misses a day; the other has a flare on the ninth day that goes into the leg, and rests for
two. Every session is a `voicecoach rehearse --text --data --date`, every report a `voicecoach report`.
"""

import argparse
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from voicecoach.rehearsal.script import PERSONS

FIRST_MORNING = datetime(2026, 11, 9, 7)  # noqa: DTZ001 - where the machine is
SCORES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FLARE_DAY = 8
FLARE = (
    ("knees_to_chest.start", "the pain is worse", 8.0),
    ("pain.leg_or_numb", "yes", 1.0),
)
Scores = tuple[int | None, ...]


@dataclass(frozen=True)
class Person:
    """Who it is, and the pain before and after each morning; None where there was none."""

    name: str
    before: Scores
    after: Scores


PEOPLE = (
    Person(
        "better", (6, 6, 5, 5, 5, 4, None, 4, 4, 3, 3, 3, 2, 2), (5, 4, 5, 4, 3, 4, None, 3, 3, 3, 2, 2, 2, 1)
    ),
    Person(
        "flare",
        (3, 3, 2, 3, 2, 2, 3, 2, 3, None, None, 5, 4, 4),
        (3, 2, 2, 3, 2, 3, 2, 2, 7, None, None, 4, 4, 3),
    ),
)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--out", type=Path, required=True)
    out = options.parse_args().out
    for person in PEOPLE:
        folder = out / person.name
        folder.mkdir(parents=True, exist_ok=True)
        for day, (before, after) in enumerate(zip(person.before, person.after, strict=True)):
            if before is not None and after is not None:
                flare = FLARE if person.name == "flare" and day == FLARE_DAY else ()
                live(folder, day, write_script(folder, before, after, flare))
        files = [
            option
            for kind in ("html", "pdf", "csv")
            for option in (f"--{kind}", str(out / f"{person.name}.{kind}"))
        ]
        run("report", *files, "--data", str(folder), "--to", "2026-11-22")


def live(folder: Path, day: int, script: Path) -> None:
    moment = (FIRST_MORNING + timedelta(days=day)).isoformat(timespec="minutes")
    run("rehearse", "morning", "--text", "--data", str(folder), "--date", moment, "--person", str(script))
    print(f"{folder.name} {moment}")


def write_script(folder: Path, before: int, after: int, flare: tuple[tuple[str, str, float], ...]) -> Path:
    base = tomllib.loads((PERSONS / "en.toml").read_text(encoding="utf-8"))
    told = {"before.pain": SCORES[before], "after.pain": SCORES[after]}
    dropped = {"rep.progress", "knees_to_chest.start"}
    lines = [
        {**line, "say": told.get(line["after"], line["say"])}
        for line in base["lines"]
        if line["after"] not in dropped
    ]
    lines += [{"after": prompt, "say": say, "delay_seconds": delay} for prompt, say, delay in flare]
    text = f'language = "en"\nvoice = "{base["voice"]}"\n'
    for line in lines:
        keys = (
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
            for key, value in line.items()
        )
        text += "\n[[lines]]\n" + "\n".join(keys) + "\n"
    path = folder / "person.toml"
    path.write_text(text, encoding="utf-8")
    return path


def run(*arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "voicecoach", *arguments], check=True, capture_output=True, text=True
    )


if __name__ == "__main__":
    main()
