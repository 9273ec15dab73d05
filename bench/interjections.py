"""What it costs to tell by loudness alone who speaks over the coach: every threshold, and no recogniser.

    python -m bench.interjections --voices DIR [--lang en|ko] [--rooms living,bedroom,bathroom]
                                  [--echo 0,5,10] [--distortion DB] [--drift PPM] [--noise FILE --snr DB]
                                  [--words N] [--false MINUTES]

Takes bench.room's options. A row is one threshold: how many times louder than the coach alone would be. Hints
and interjections (sound/interjection.py): how many a minute where only the coach speaks, for --false minutes
(2) in each room at each level, and at how many of the words said over him, first attempt, there is none.
"""

import itertools
from dataclasses import dataclass, field

from bench.room import acoustics, arguments, scenes
from bench.scenes import Scene, only_coach, sound_in
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples, samples_of
from voicecoach.sound.echo import EchoRemover
from voicecoach.sound.interjection import GOES_ON, Interjection, Span
from voicecoach.sound.own_voice import OwnVoice

THRESHOLDS = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0)
"""Of a hint; that of an interjection moves along."""
APART_SAMPLES = samples_of(0.5)
"""Hints that are nearer to each other are one."""
AFTER_SAMPLES = samples_of(0.3)
"""Until so long after a word its last hint may come: the room goes on sounding."""

Level = tuple[int, int, float, float]
"""Where a block begins and ends, in samples, how loud it is, and how loud the coach alone would be."""


@dataclass(slots=True)
class Notes(Interjection):
    """Notes what it is told, and hears nobody."""

    levels: list[Level] = field(default_factory=list)

    def hear(self, start: int, end: int, rms: float, coach_rms: float) -> Span | None:
        """Note a block."""
        self.levels.append((start, end, rms, coach_rms))
        return None


@dataclass(slots=True)
class Tally:
    """What came of one threshold."""

    hints: int = 0
    spans: int = 0
    minutes: float = 0.0
    """Of the coach alone, and what was noticed in them."""
    words: int = 0
    without_hint: int = 0
    without_span: int = 0


def levels(scene: Scene, sound: Samples) -> list[Level]:
    """Let a session's ears hear a scene, as far as loudness."""
    voice = OwnVoice(remover=EchoRemover(veiled=False))
    voice.interjection = notes = Notes()
    for at in range(0, len(sound) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES):
        part = slice(at, at + CHUNK_SAMPLES)
        voice.clean(AudioChunk(at, sound[part], played=scene.coach[part]))
    return notes.levels


def noticed(heard: list[Level], threshold: float) -> tuple[list[int], list[int]]:
    """Give where there is a hint, and where someone is taken to speak, with another threshold."""
    interjection = Interjection()
    hints, speaks = [], []
    for start, end, rms, coach_rms in heard:
        interjection.hear(start, end, rms, coach_rms * threshold / GOES_ON)
        hints += [start] if interjection.hinted_until == end else []
        speaks += [start] if interjection.span and interjection.span.end == end else []
    return hints, speaks


def count(tally: Tally, scene: Scene, heard: list[Level], threshold: float) -> None:
    hints, speaks = noticed(heard, threshold)
    if not scene.spoken:
        tally.minutes += len(scene.coach) / RATE_HZ / 60
        tally.hints += _apart(hints)
        tally.spans += _apart(speaks)
    for word in (each for each in scene.spoken if each.attempt == 1):
        tally.words += 1
        tally.without_hint += not any(word.start <= at < word.end + AFTER_SAMPLES for at in hints)
        tally.without_span += not any(word.start <= at < word.end + AFTER_SAMPLES for at in speaks)


def _apart(places: list[int]) -> int:
    later = sum(after - before > APART_SAMPLES for before, after in itertools.pairwise(places))
    return later + bool(places)


def main() -> None:
    chosen = arguments()
    minutes, chosen.minutes = chosen.minutes or 2.0, 0.0
    all_scenes = [*itertools.chain(*scenes(chosen).values()), only_coach(chosen.lang, minutes)]
    tallies = {threshold: Tally() for threshold in THRESHOLDS}
    for scene, room, echo in itertools.product(all_scenes, chosen.rooms.split(","), chosen.echo.split(",")):
        heard = levels(scene, sound_in(acoustics(chosen, room, echo), scene))
        for threshold, tally in tallies.items():
            count(tally, scene, heard, threshold)
    print("| times louder | hints a minute | words without | interjections a minute | words without |")
    print("|---|---|---|---|---|")
    for threshold, each in tallies.items():
        print(
            f"| {threshold} | {each.hints / each.minutes:.2f} | {each.without_hint}/{each.words}"
            f" | {each.spans / each.minutes:.2f} | {each.without_span}/{each.words} |"
        )


if __name__ == "__main__":
    main()
