"""Two weeks of mornings and evenings of a new person, with a pain story: the ladder up, down, and back.

    python -m bench.two_weeks [--lang ko] [--data DIR] [--real-day 8]

Every session goes through the whole program on a virtual date, without sound for speed; the sessions of
--real-day are heard by the real recogniser. On the 6th morning the pain gets worse in knees to chest; on the
11th morning it is three points more than before the session before. Prints one line a session.
"""

import argparse
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from voicecoach.commands.parts import choice_of, choose_routine
from voicecoach.commands.stage import Rehearsal, Stage, open_journal, set_up, set_up_in_text
from voicecoach.journal.history import SessionSummary, sessions
from voicecoach.journal.journal import Journal
from voicecoach.rehearsal.person import SimulatedPerson
from voicecoach.rehearsal.script import PERSONS, Line, Script, load_script
from voicecoach.session.ladder import key_of
from voicecoach.settings import Settings, load_settings
from voicecoach.sound.room import SimulatedRoom

FIRST_DAY = datetime(2026, 12, 1, tzinfo=UTC)
DAYS = 14
ROUTINES = {"morning": 7, "evening": 20}
"""Each day's routines and their hours."""
PAIN_DAY, RISE_DAY = 6, 11

WORDS = {
    "en": {"worse": "the pain is worse", "much": "six", "no": "no", "yes": "yes"},
    "ko": {"worse": "더 아파요", "much": "여섯", "no": "아니요", "yes": "네"},
}
SHORT = {
    "abdominal_contraction": "contraction",
    "ball_alternation": "ball",
    "knees_to_chest": "knees",
    "rotation": "rotation",
}


def script_of(base: Script, day: int, routine: str) -> Script:
    """Give what the person says in one session of the story."""
    words, lines = WORDS[base.language], base.lines
    quiet = [line for line in lines if line.after not in ("rep.progress", "knees_to_chest.start")]
    if (day, routine) == (PAIN_DAY, "morning"):
        quiet += [
            Line(after="knees_to_chest.start", say=words["worse"], delay_seconds=5.0),
            Line(after="pain.leg_or_numb", say=words["no"]),
            Line(after="pain.score", say=words["much"]),
            Line(after="pain.offer", say=words["yes"]),
        ]
    if (day, routine) == (RISE_DAY, "morning"):
        quiet = [line for line in quiet if line.after != "before.pain"]
        quiet.append(Line(after="before.pain", say=words["much"]))
    return base.model_copy(update={"lines": tuple(quiet)})


def live_through(settings: Settings, journal: Journal, day: int, routine: str, stage: Stage) -> None:
    """Hold one session of the story."""
    moment = FIRST_DAY + timedelta(days=day - 1, hours=ROUTINES[routine])
    content, _ = choose_routine(settings, routine, None)
    base = load_script(PERSONS / f"{settings.lang}.toml")
    lying = SimulatedPerson(script_of(base, day, routine), stage.room, stage.speak)
    choice = choice_of(settings, stage.ears.recognizer, routine)
    Rehearsal(content, choice, journal, moment).hold(stage, lying, lambda _session: (lying,))


def describe(one: SessionSummary) -> str:
    """Put what was done of each exercise into a few words."""
    words = []
    for exercise in one.exercises:
        name = SHORT[exercise.name]
        if exercise.action != "done":
            words.append(f"{name} -- ({exercise.reason})")
            continue
        sides = " + ".join(
            f"{side.done_repetitions}x{side.actual_seconds / max(side.done_repetitions, 1):.0f}s"
            for side in exercise.sides
            if side.done_repetitions
        )
        words.append(f"{name} {sides}")
    return ", ".join(words)


def print_session(one: SessionSummary, levels: dict[str, int]) -> None:
    """Print one session's line."""
    pain = f"{one.pain_before} -> {one.pain_after}"
    rungs = " ".join(f"{SHORT[name]} {level}" for name, level in levels.items())
    print(f"{one.started:%m-%d} {one.routine:7} {one.ended:8} pain {pain:12} {describe(one)} [{rungs}]")


def main() -> None:
    """Live through the two weeks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lang", default="en", choices=WORDS)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--real-day", type=int, default=0)
    asked = parser.parse_args()
    settings, began = load_settings(lang=asked.lang), time.monotonic()
    ended: Counter[str] = Counter()
    folder = asked.data or Path(tempfile.mkdtemp(prefix="two-weeks-"))
    with open_journal(folder, FIRST_DAY, first_time=True) as journal:
        for day in range(1, DAYS + 1):
            for routine in ROUTINES:
                script = load_script(PERSONS / f"{asked.lang}.toml")
                stage = (
                    set_up(settings, script, PERSONS, routine, SimulatedRoom())
                    if day == asked.real_day
                    else set_up_in_text(settings, routine)
                )
                live_through(settings, journal, day, routine, stage)
                memory = journal.memory()
                levels = {name: memory.get(key_of(name), {"level": 1})["level"] for name in SHORT}
                print_session(sessions(journal)[-1], levels)
                ended[sessions(journal)[-1].ended] += 1
    print(f"{dict(ended)} in {time.monotonic() - began:.0f} s; the journal is in {folder}")


if __name__ == "__main__":
    main()
