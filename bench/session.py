"""What a whole session costs: speed, computing, waiting and memory.

    python -m bench.session [--lang en] [--recognizer moonshine|vosk] [--model DIR] [--passes 3]

Rehearses the morning as a user would (cached speech, and once with an empty cache), then hears the
recorded person again, chunk by chunk, with what was live in each state, several times one after the other
to see what grows with time. Run it on one core (taskset -c 0) and on an idle machine. Computing is the
processor time of the hearing thread against the session's length; waiting is from the end of the person's
sound to the intent, computing included. Where others are busy all of it grows, processor times least.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from bench.figures import Aim, Figure
from bench.growth import resident_mb
from bench.show import show
from voicecoach.commands.parts import build_recognizer, load_grammar
from voicecoach.hearing.recognizer import Recognizer
from voicecoach.session.states import State
from voicecoach.session.table import live_intents
from voicecoach.settings import load_settings
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples

Places = np.ndarray[Any, np.dtype[np.int64]]

SILENT = 1e-4
TICKS = os.sysconf("SC_CLK_TCK")
HELP, FIRST_WORD = "voicecoach --help", "run: from its start to the first words"
REHEARSAL, HEARING = "rehearsal of the morning, cache", "hearing the session"
LIMITS = {
    "moonshine": {
        "computing": 0.10,
        "wait after the words, median": 0.45,
        "wait after the words, 95th": 0.9,
        "memory": 400,
    },
    "vosk": {
        "computing": 0.08,
        "wait after the words, median": 0.5,
        "wait after the words, 95th": 0.9,
        "memory": 700,
    },
}
"""What hearing a session may take: x real time, seconds and MB; so much memory the whole program may take."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of the program took."""

    wall_seconds: float
    processor_seconds: float
    first_word_seconds: float
    """From the start of the process to the first words of the session, on their way to the player."""
    first_word_processor_seconds: float
    resident_mb: float


def aims(recognizer: str) -> dict[str, Aim]:
    """Give what the figures should be with a recogniser."""
    limits = {f"{HEARING}: {what}": most for what, most in LIMITS[recognizer].items()}
    memory = LIMITS[recognizer]["memory"]
    limits |= {HELP: 0.3, FIRST_WORD: 1, "run: memory": memory, f"{REHEARSAL} empty: memory": memory}
    speed = {f"{REHEARSAL} filled: faster than life": Aim(8, least=True)}
    return speed | {what: Aim(most, least=False) for what, most in limits.items()}


def figures(lang: str, recognizer: str, model: Path | None = None, passes: int = 3) -> Iterator[Figure]:
    """Give what a morning costs."""
    parts = ["--lang", lang, "--recognizer", recognizer, *(["--model", str(model)] if model else [])]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for cache in ("empty", "filled"):
            yield from rehearsal(recognizer, cache, parts, folder)
        yield from start_up(recognizer, parts, folder)
        ears = build_recognizer(
            load_settings(lang=lang, recognizer=recognizer, model=model), load_grammar(lang)
        )
        yield from hear_again(ears, folder / "filled", passes)


def rehearsal(who: str, cache: str, parts: Sequence[str], folder: Path) -> Iterator[Figure]:
    """Give what a rehearsal takes, with clips in the cache or without."""
    cost = measure(
        ["rehearse", "morning", *parts, "--out", str(folder / cache)], folder / "cache", folder / cache
    )
    length = events_of(folder / cache)[-1]["t"]
    name = f"{REHEARSAL} {cache}"
    yield Figure(f"{name}: took", who, cost.wall_seconds, "s", note=f"of a session of {length:.0f} s")
    yield Figure(f"{name}: processor time", who, cost.processor_seconds, "s")
    yield Figure(f"{name}: faster than life", who, length / cost.wall_seconds, "times")
    yield Figure(f"{name}: memory", who, cost.resident_mb, "MB")


def start_up(who: str, parts: Sequence[str], folder: Path) -> Iterator[Figure]:
    """Give how soon help is there, and how soon the first word."""
    help_ = measure(["--help"], folder / "cache", folder / "none")
    yield Figure(HELP, who, help_.wall_seconds, "s")
    yield Figure(f"{HELP}: processor time", who, help_.processor_seconds, "s")
    quiet = folder / "quiet.wav"
    soundfile.write(quiet, np.zeros(5 * RATE_HZ, np.float32), RATE_HZ)
    command = ["run", "morning", *parts, "--microphone", str(quiet), "--data", str(folder / "data")]
    run = measure([*command, "--out", str(folder / "run")], folder / "cache", folder / "run")
    yield Figure(FIRST_WORD, who, run.first_word_seconds, "s")
    yield Figure(f"{FIRST_WORD}: processor time", who, run.first_word_processor_seconds, "s")
    yield Figure("run: memory", who, run.resident_mb, "MB")


def measure(arguments: Sequence[str], cache: Path, out: Path) -> Cost:
    """Run the program and watch for its first event, which is written when the first words are placed."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "voicecoach", *arguments],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "VOICECOACH_CACHE": str(cache)},
    ) as program:
        log, first, given = out / "events.jsonl", 0.0, 0.0
        while not first and (usage := ended(program)) is None:
            if log.is_file() and log.stat().st_size:
                first, given = time.monotonic() - began, processor_seconds(program.pid)
            time.sleep(0.01)
        if first:
            usage = ended(program, wait=True)
    assert usage is not None
    assert program.returncode == 0, arguments
    whole = usage.ru_utime + usage.ru_stime
    return Cost(time.monotonic() - began, whole, first, given, usage.ru_maxrss / 1024)


def ended(program: "subprocess.Popen[bytes]", *, wait: bool = False) -> Any:
    """Give what the program took, where it has ended."""
    pid, status, usage = os.wait4(program.pid, 0 if wait else os.WNOHANG)
    if not pid:
        return None
    program.returncode = os.waitstatus_to_exitcode(status)
    return usage


def processor_seconds(pid: int) -> float:
    """Give what a process was given so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def events_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def hear_again(ears: Recognizer, folder: Path, passes: int) -> Iterator[Figure]:
    """Feed what the microphone heard in the session to a recogniser of its own, over and over."""
    session = folder / "session.wav"
    ends = utterance_ends(session)
    lives = [(e["t"], live_intents(State(e["to"]))) for e in events_of(folder) if e["kind"] == "state"]
    length = sum(len(person) for _, person in microphone(session))
    for done in range(passes):
        computing, waits = hear(ears, session, (lives, ends), done * length)
        minutes = done * length / RATE_HZ / 60
        name = HEARING if done == 0 else f"hearing it on, after {minutes:.0f} minutes"
        yield Figure(f"{name}: computing", ears.name, computing * RATE_HZ / length, "x real time")
        yield Figure(
            f"{name}: wait after the words, median", ears.name, float(np.median(waits)), "s", len(waits)
        )
        late = float(np.percentile(waits, 95))
        yield Figure(f"{name}: wait after the words, 95th", ears.name, late, "s", len(waits))
        yield Figure(f"{name}: memory", ears.name, resident_mb(), "MB")


def microphone(session: Path) -> Iterator[tuple[int, Samples]]:
    """Give what the microphone heard in a session, chunk by chunk, each with its place in samples.

    It is read as it is needed: a recogniser's memory is measured, and a whole session takes 90 MB.
    """
    for n, both in enumerate(soundfile.blocks(session, CHUNK_SAMPLES, dtype="float32")):
        if len(both) == CHUNK_SAMPLES:
            yield n * CHUNK_SAMPLES, both[:, 1]


def hear(
    ears: Recognizer, session: Path, known: tuple[Sequence[tuple[float, frozenset[str]]], Places], place: int
) -> tuple[float, list[float]]:
    """Feed a session from `place` on; give the seconds of computing, and of each wait.

    `known` has the intents that were live from each second on, and where somebody had spoken.
    """
    coming, ends = list(known[0]), known[1]
    live = live_intents(State.IDLE)
    computing, waits = 0.0, []
    for start, person in microphone(session):
        while coming and coming[0][0] * RATE_HZ <= start:
            live = coming.pop(0)[1]
        wall, cpu = time.perf_counter(), time.thread_time()
        told = ears.hear(AudioChunk(place + start, person), live)
        computing += time.thread_time() - cpu
        if any(said.accepted and said.final for said in told):
            over = ends[ends <= start + CHUNK_SAMPLES][-1]
            waits.append((start + CHUNK_SAMPLES - over) / RATE_HZ + time.perf_counter() - wall)
    return computing, waits


def utterance_ends(session: Path) -> Places:
    """Give where sound is followed by a quarter of a second of silence, in samples."""
    loud = np.concatenate(
        [start + np.flatnonzero(np.abs(person) > SILENT) for start, person in microphone(session)]
    )
    return loud[np.append(np.diff(loud) > RATE_HZ // 4, True)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--lang", default="en")
    options.add_argument("--recognizer", default="moonshine", choices=tuple(LIMITS))
    options.add_argument("--model", type=Path)
    options.add_argument("--passes", type=int, default=3)
    chosen = options.parse_args()
    measured = figures(chosen.lang, chosen.recognizer, chosen.model, chosen.passes)
    show(__doc__, measured, aims(chosen.recognizer))


if __name__ == "__main__":
    main()
