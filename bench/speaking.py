"""How long a line takes to speak: the first of a process, the next ones, and from the cache.

    python -m bench.speaking [--lang en] [--processes 25]

Also counts the processes that speak at another rate than they were told, as pyttsx3 does by itself.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from voicecoach.content.models import Content
from voicecoach.sound.audio import AudioClip
from voicecoach.speaking.cache import CachedSynthesizer
from voicecoach.speaking.voices import choose_voice

RATES_WPM = (120, 160, 240)
SAME_SECONDS = 0.05


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lang", default="en")
    options.add_argument("--processes", type=int, default=25)
    chosen = options.parse_args()
    prompts = Content.load(chosen.lang).prompts.values()
    lines = list(dict.fromkeys(line for prompt in prompts for line in prompt if "{" not in line))
    show_lines(chosen.lang, lines)
    show_rates(chosen.lang, lines[0], chosen.processes)


def show_lines(lang: str, lines: list[str]) -> None:
    voice = choose_voice(lang, 160)
    cold, _ = timed(lambda: voice.synthesize(lines[0]))
    warm = [timed(lambda line=line: voice.synthesize(line)) for line in lines]
    spoken = sum(clip.seconds for _, clip in warm)
    print(f"{len(lines)} lines of '{lang}', {spoken:.0f} s of speech")
    print(f"first line of a process  {1000 * cold:7.1f} ms")
    tell("next lines", [seconds for seconds, _ in warm])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new, later = (CachedSynthesizer(voice, folder) for _ in range(2))
        tell("made and kept", [timed(lambda line=line: new.synthesize(line))[0] for line in lines])
        tell("read from the cache", [timed(lambda line=line: later.synthesize(line))[0] for line in lines])
        size = sum(path.stat().st_size for path in folder.iterdir())
        print(f"cache                    {size / 1e6:7.1f} MB, {size / spoken / 1000:.1f} kB a second")
    voice.close()


def show_rates(lang: str, line: str, processes: int) -> None:
    for rate_wpm in RATES_WPM:
        lengths = []
        for _ in range(processes):
            voice = choose_voice(lang, rate_wpm)
            lengths += [voice.synthesize(line).seconds for _ in range(3)]
            voice.close()
        usual = median(lengths)
        wrong = sum(abs(length - usual) > SAME_SECONDS for length in lengths)
        print(f"{rate_wpm} wpm: {usual:.2f} s, another rate in {wrong} of {len(lengths)} lines")


def timed(make: Callable[[], AudioClip]) -> tuple[float, AudioClip]:
    begin = time.perf_counter()
    clip = make()
    return time.perf_counter() - begin, clip


def tell(what: str, seconds: list[float]) -> None:
    late = quantiles(seconds, n=20)[-1]
    print(f"{what:24} {1000 * median(seconds):7.1f} ms, 95 % within {1000 * late:.1f} ms")


if __name__ == "__main__":
    main()
