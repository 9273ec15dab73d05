"""What a whole session costs: speed, computing, waiting and memory.

    python -m bench.session [--lang en] [--recognizer moonshine|vosk] [--model DIR]

Rehearses the morning as a user would (cached speech, and once with an empty cache), then hears the
recorded person again, chunk by chunk, with what was live in each state. Run it on one core (taskset -c 0)
and on an idle machine. Computing is the processor time of the hearing thread against the session's length;
waiting is from the end of the person's sound to the intent, computing included.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from voicecoach.commands.parts import build_recognizer, load_grammar
from voicecoach.session.states import State
from voicecoach.session.table import live_intents
from voicecoach.settings import load_settings
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples

SILENT = 1e-4


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of the program took."""

    wall_seconds: float
    first_word_seconds: float
    """From the start of the process to the first words of the session, on their way to the player."""
    resident_mb: float


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lang", default="en")
    options.add_argument("--recognizer", default="moonshine", choices=("moonshine", "vosk"))
    options.add_argument("--model")
    chosen = options.parse_args()
    parts = ["--lang", chosen.lang, "--recognizer", chosen.recognizer]
    parts += ["--model", chosen.model] if chosen.model else []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for cache in ("empty", "filled"):
            cost = rehearse(parts, folder / "cache", folder / cache)
            length = events_of(folder / cache)[-1]["t"]
            print(
                f"rehearsal, cache {cache:7} {cost.wall_seconds:6.1f} s for {length:.0f} s of session", end=""
            )
            print(f": {length / cost.wall_seconds:.1f} x real time, {cost.resident_mb:.0f} MB resident")
        first = first_word(parts, folder / "cache", folder / "run")
        print(f"run, cached            {first.first_word_seconds:6.2f} s to the first words", end="")
        print(f", {first.resident_mb:.0f} MB resident")
        hear_again(chosen, folder / "filled")


def rehearse(parts: Sequence[str], cache: Path, out: Path) -> Cost:
    return measure(["rehearse", "morning", *parts, "--out", str(out)], cache, out)


def first_word(parts: Sequence[str], cache: Path, out: Path) -> Cost:
    quiet = out.with_suffix(".wav")
    soundfile.write(quiet, np.zeros(5 * RATE_HZ, np.float32), RATE_HZ)
    command = ["run", "morning", *parts, "--microphone", str(quiet), "--data", str(out.with_suffix(".data"))]
    return measure([*command, "--out", str(out)], cache, out)


def measure(arguments: Sequence[str], cache: Path, out: Path) -> Cost:
    """Run the program and watch for its first event, which is written when the first words are placed."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "voicecoach", *arguments],
        stdout=subprocess.DEVNULL,
        env={**os.environ, "VOICECOACH_CACHE": str(cache)},
    ) as program:
        log, first = out / "events.jsonl", 0.0
        while not first and program.poll() is None:
            if log.is_file() and log.stat().st_size:
                first = time.monotonic() - began
            time.sleep(0.01)
        _, status, usage = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
    assert program.returncode == 0, arguments
    return Cost(time.monotonic() - began, first, usage.ru_maxrss / 1024)


def events_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]


def hear_again(chosen: argparse.Namespace, folder: Path) -> None:
    """Feed what the microphone heard in the session to a recogniser of its own."""
    settings = load_settings(lang=chosen.lang, recognizer=chosen.recognizer, model=chosen.model)
    ears = build_recognizer(settings, load_grammar(chosen.lang))
    person: Samples = soundfile.read(folder / "session.wav", dtype="float32")[0][:, 1]
    lives = [(e["t"], live_intents(State(e["to"]))) for e in events_of(folder) if e["kind"] == "state"]
    ends = utterance_ends(person)
    live = live_intents(State.IDLE)
    computing, waits = 0.0, []
    for start in range(0, len(person) - CHUNK_SAMPLES, CHUNK_SAMPLES):
        while lives and lives[0][0] * RATE_HZ <= start:
            live = lives.pop(0)[1]
        wall, cpu = time.perf_counter(), time.thread_time()
        told = ears.hear(AudioChunk(start, person[start : start + CHUNK_SAMPLES]), live)
        computing += time.thread_time() - cpu
        if any(said.accepted and said.final for said in told):
            over = ends[ends <= start + CHUNK_SAMPLES][-1]
            waits.append((start + CHUNK_SAMPLES - over) / RATE_HZ + time.perf_counter() - wall)
    print(
        f"{ears.name:8} computing      {computing * RATE_HZ / len(person):6.3f} x real time, averaged over it"
    )
    print(f"{ears.name:8} waiting        {np.median(waits):6.2f} s at the median", end="")
    print(f", {np.percentile(waits, 95):.2f} s at the 95th, of {len(waits)} commands")


def utterance_ends(person: Samples) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Give where sound is followed by a quarter of a second of silence, in samples."""
    loud = np.flatnonzero(np.abs(person) > SILENT)
    return loud[np.append(np.diff(loud) > RATE_HZ // 4, True)]


if __name__ == "__main__":
    main()
