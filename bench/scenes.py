"""Someone says stop, and pain, over the coach's voice in a simulated room: what, when, and how it sounds.

"stop" is said by people (words/ of the voices), everything else by synthetic voices, since there are no
recordings of it. A synthetic voice has a scene of its own, as a person has a session, and is ready before the
coach speaks. All speech is as loud as speech; the room makes the levels.
"""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.recordings import recordings
from voicecoach.content.models import Content
from voicecoach.settings import Settings
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.audio import CHUNK_SAMPLES, QUIET_RMS, RATE_HZ, Samples, samples_of
from voicecoach.sound.recording import read_recording
from voicecoach.speaking.cache import CachedSynthesizer
from voicecoach.speaking.levelling import level, trim
from voicecoach.speaking.voices import choose_voice

READY = {"en": "i'm ready", "ko": "준비 됐어요"}
READY_SECONDS = 4.0
"""What is said before the coach speaks, and by when."""
ALONE_SECONDS = 15.0
"""How long the coach speaks before the first word: the echo is learned meanwhile."""
APART_SECONDS = 1.6
"""From the end of the second attempt to the next word, at least."""
SECOND_SECONDS = 2.0
"""From the end of a word to its second attempt,"""
LOUDER = 10 ** (4 / 20)
"""which is that much louder."""
SURE = {
    "en": {},
    "ko": {
        "stop": ("정지", "정지 정지 정지", "정지 해주세요", "중지"),
        "pause": ("잠시만요", "일시정지"),
        "pain": ("더 아파요", "아파요"),
        "numb": ("저림 있어요", "다리가 저려요"),
    },
}
"""Phrases that the recogniser tells apart well: those that the coach teaches, and others like them;"""
PHRASES = {
    "en": {
        "pain": (
            "pain worse",
            "the pain is worse",
            "that hurts",
            "my back hurts",
            "it hurts more",
            "it's getting worse",
        ),
        "numb": ("my leg is numb", "it's numb", "pain in my leg"),
        "pause": ("pause", "wait a moment"),
        "stop": ("stop stop stop", "coach stop"),
    },
    "ko": {
        "stop": ("정지", "멈춰", "멈춰 주세요", "그만", "그만요"),
        "pause": ("잠시만요", "기다려 주세요"),
        "pain": ("아파", "더 아파요", "허리가 아파요", "통증 심해졌어요"),
        "numb": ("다리가 저려요",),
    },
}
"""and those that come to mind."""
VOICES = {
    "en": ("flite:slt", "flite:rms", "en-us+m3", "flite:awb", "en-us+f3"),
    "ko": ("ko", "ko+f3", "ko+m3", "ko+f2"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """One utterance of the person."""

    intent: str
    text: str
    voice: str
    sound: Samples


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """One utterance in a scene; places in samples."""

    saying: Saying
    start: int
    end: int
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Scene:
    """Both sides, as they are before the room."""

    person: Samples
    coach: Samples
    spoken: tuple[Spoken, ...] = ()
    begin: int = 0
    """Where the coach begins to speak, in samples."""


def stops_of_people(voices: Path, count: int) -> list[Saying]:
    found = [each for each in recordings(voices, "words") if each.label == "stop"][:count]
    return [Saying("stop", "stop", "person", _speech(read_recording(each.path))) for each in found]


def synthetic(phrases: Mapping[str, Sequence[str]], language: str, count: int) -> Iterator[Scene]:
    """Let each voice say its part of `count` phrases; they go on where the voice before left off."""
    said = [(intent, text) for intent, texts in phrases.items() for text in texts]
    shares = np.array_split(np.arange(count), len(VOICES[language]))
    for seed, (voice, share) in enumerate(zip(VOICES[language], shares, strict=True)):
        chosen = [said[k % len(said)] for k in share]
        sayings = [
            Saying(intent, text, voice, _speech(speak(text, voice, language))) for intent, text in chosen
        ]
        yield lay_out(sayings, language, seed, ready=_speech(speak(READY[language], voice, language)))


def speak(text: str, voice: str, language: str) -> Samples:
    if voice.startswith("flite:"):
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            subprocess.run(["flite", "-voice", voice[6:], "-t", text, "-o", file.name], check=True)
            return read_recording(Path(file.name))
    cache = Settings().cache / "clips"
    return CachedSynthesizer(choose_voice(language, 150, voice), cache).synthesize(text).samples


def _speech(sound: Samples) -> Samples:
    return level(trim(sound))


def coach_speaks(language: str, seconds: float, seed: int = 0) -> Samples:
    """Let the coach say all prompts, over and over in another order, with short pauses."""
    content = Content.load(language)
    lines = [
        line for lines in content.prompts.values() for line in lines if "{" not in line and len(line) > 12
    ]
    voice = CachedSynthesizer(choose_voice(language, 160), Settings().cache / "clips")
    chance = np.random.default_rng(seed)
    said: list[Samples] = []
    while sum(map(len, said)) < seconds * RATE_HZ:
        said.append(voice.synthesize(lines[chance.integers(len(lines))]).samples)
        said.append(np.zeros(samples_of(chance.uniform(0.3, 0.9)), np.float32))
    return np.concatenate(said)[: samples_of(seconds)]


def lay_out(sayings: list[Saying], language: str, seed: int = 0, *, ready: Samples | None = None) -> Scene:
    """Let the person be ready, and then say it all over the coach, each twice, louder the second time."""
    chance = np.random.default_rng(seed)
    begin = 0 if ready is None else samples_of(READY_SECONDS)
    after, placed = begin / RATE_HZ + ALONE_SECONDS, []
    for saying in sayings:
        first = samples_of(after + chance.uniform(0, 0.8))
        second = first + len(saying.sound) + samples_of(SECOND_SECONDS)
        ends = _end_of(saying.sound)
        placed += [Spoken(saying, at, at + ends, k) for k, at in enumerate((first, second), 1)]
        after = (second + len(saying.sound)) / RATE_HZ + APART_SECONDS
    person = np.zeros(samples_of(after + 3), np.float32)
    if ready is not None:
        person[samples_of(1) :][: len(ready)] = ready
    for spoken in placed:
        louder = np.float32(LOUDER if spoken.attempt > 1 else 1)
        person[spoken.start :][: len(spoken.saying.sound)] += louder * spoken.saying.sound
    coach = np.zeros_like(person)
    coach[begin:] = coach_speaks(language, len(person) / RATE_HZ + 1, seed)[: len(person) - begin]
    return Scene(person, coach, tuple(placed), begin)


def only_coach(language: str, minutes: float, seed: int = 1) -> Scene:
    coach = coach_speaks(language, minutes * 60, seed)
    return Scene(np.zeros_like(coach), coach)


def _end_of(sound: Samples) -> int:
    """Find where speech ends: clips of people go on with noise."""
    frames = sound[: len(sound) // 320 * 320].reshape(-1, 320)
    power = (frames**2).mean(axis=1)
    return 320 * (int(np.flatnonzero(power > power.max() / 300)[-1]) + 1)


def sound_in(room: Acoustics, scene: Scene) -> Samples:
    """Let a scene happen in a room, and give what the microphone hears."""
    silence = QUIET_RMS * np.random.default_rng(5).standard_normal(len(scene.person), np.float32)
    blocks = [
        room.hear(scene.person[at : at + CHUNK_SAMPLES], scene.coach[at : at + CHUNK_SAMPLES], at)
        for at in range(0, len(scene.person), CHUNK_SAMPLES)
    ]
    return np.concatenate(blocks) + silence.astype(np.float32)
