"""Counts as common timers do: a sound, a second's rest by the system's clock, and again.

    python -m bench.ticking sleep|timer COUNT CLIP.wav

`sleep` is a loop that sleeps for a second; `timer` a threading.Timer that is armed anew in each call.
Run by bench/clock.py, as a program of its own.
"""

import sys
import threading
import time
from collections.abc import Callable

import sounddevice
import soundfile


def by_sleep(count: int, tick: Callable[[], None]) -> None:
    """Count in a loop."""
    for _ in range(count):
        tick()
        time.sleep(1)


def by_timer(count: int, tick: Callable[[], None]) -> None:
    """Count in a timer's callback, which arms the next."""
    over = threading.Event()

    def call(left: int) -> None:
        tick()
        if left > 1:
            threading.Timer(1, call, (left - 1,)).start()
        else:
            over.set()

    call(count)
    over.wait()
    time.sleep(1)


LOOPS = {"sleep": by_sleep, "timer": by_timer}


def main() -> None:
    kind, count, clip = sys.argv[1:]
    samples, rate_hz = soundfile.read(clip, dtype="float32")
    LOOPS[kind](int(count), lambda: sounddevice.play(samples, rate_hz))


if __name__ == "__main__":
    main()
