"""How long a line takes to speak: the first of a process, the next ones, and from the cache.

    python -m bench.speaking [--lang en] [--processes 25]

Also counts the processes that speak at another rate than they were told, as pyttsx3 does by itself.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from bench.figures import Figure
from bench.show import show
from voicecoach.content.models import Content
from voicecoach.sound.audio import AudioClip
from voicecoach.speaking.cache import CachedSynthesizer
from voicecoach.speaking.voices import choose_voice

RATES_WPM = (120, 160, 240)
SAME_SECONDS = 0.05


def figures(lang: str, processes: int) -> Iterator[Figure]:
    """Give what the lines of a language take, and how often a process speaks at another rate."""
    prompts = Content.load(lang).prompts.values()
    lines = list(dict.fromkeys(line for prompt in prompts for line in prompt if "{" not in line))
    yield from of_lines(lang, lines)
    yield from of_rates(lang, lines[0], processes)


def of_lines(lang: str, lines: Sequence[str]) -> Iterator[Figure]:
    """Give what a line takes: first and later, made and kept, read from the cache."""
    voice = choose_voice(lang, 160)
    cold, _ = timed(lambda: voice.synthesize(lines[0]))
    warm = [timed(lambda line=line: voice.synthesize(line)) for line in lines]
    spoken = sum(clip.seconds for _, clip in warm)
    yield Figure("the first line of a process", lang, 1000 * cold, "ms")
    yield from tell("the next lines", lang, [seconds for seconds, _ in warm])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        new, later = (CachedSynthesizer(voice, folder) for _ in range(2))
        for what, way in (("a line made and kept", new), ("a line read from the cache", later)):
            times = [timed(lambda line=line, way=way: way.synthesize(line))[0] for line in lines]
            yield from tell(what, lang, times)
        size = sum(path.stat().st_size for path in folder.iterdir())
        yield Figure("cache", lang, size / 1e6, "MB", len(lines), f"for {spoken:.0f} s of speech")
    voice.close()


def of_rates(lang: str, line: str, processes: int) -> Iterator[Figure]:
    """Give how many lines are said at another rate than most, as happens to pyttsx3 by itself."""
    for rate_wpm in RATES_WPM:
        lengths = []
        for _ in range(processes):
            voice = choose_voice(lang, rate_wpm)
            lengths += [voice.synthesize(line).seconds for _ in range(3)]
            voice.close()
        usual = median(lengths)
        wrong = sum(abs(length - usual) > SAME_SECONDS for length in lengths)
        yield Figure(f"at {rate_wpm} words a minute: another rate", lang, wrong, "lines", len(lengths))


def timed(make: Callable[[], AudioClip]) -> tuple[float, AudioClip]:
    begin = time.perf_counter()
    clip = make()
    return time.perf_counter() - begin, clip


def tell(what: str, lang: str, seconds: list[float]) -> Iterator[Figure]:
    yield Figure(f"{what}: median", lang, 1000 * median(seconds), "ms", len(seconds))
    yield Figure(f"{what}: 95th", lang, 1000 * quantiles(seconds, n=20)[-1], "ms", len(seconds))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lang", default="en")
    options.add_argument("--processes", type=int, default=25)
    chosen = options.parse_args()
    show(__doc__, figures(chosen.lang, chosen.processes))


if __name__ == "__main__":
    main()
