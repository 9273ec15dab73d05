"""A laboratory of rooms: what a microphone hears of a person and of the coach's loudspeaker near it.

Impulse responses come from pyroomacoustics (extra `lab`); the loudspeaker bends what is loud, its
clock may run apart from the microphone's, and a noise from a file goes on and on. The same arguments
and sounds give the same samples, whatever the blocks. Levels are those of speech where there is
speech: a person as loud as SPEECH_RMS arrives with PERSON_RMS.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from voicecoach.errors import SoundError
from voicecoach.extras import requires
from voicecoach.sound.audio import RATE_HZ, Samples, samples_of
from voicecoach.sound.recording import read_recording
from voicecoach.sound.tape import AHEAD_SAMPLES, Tape

SPEECH_RMS = 10 ** (-20 / 20)
"""How loud clips are made (speaking/levelling.py)."""
PERSON_RMS = 10 ** (-35 / 20)
"""How loud a person of that level arrives; leaves room for an echo of +15 dB below full scale."""
PERSON_GAIN = PERSON_RMS / SPEECH_RMS
LOUDSPEAKER_METRES = 0.5
UNDERRUN_SAMPLES = samples_of(0.1)
"""By how much a loudspeaker that has played all it was given falls back."""
LOPSIDED = 0.25
"""How far a loudspeaker's cone rests from its middle, against where it stops."""
NEAR = 0.1
"""How near a wall a mouth may be, in metres."""
LONGEST_ORDER = 70
"""Reflections that are followed; more take long and are 30 dB down."""


@dataclass(frozen=True, slots=True)
class Room:
    """A room and where things stand in it, in metres."""

    size: tuple[float, float, float]
    rt60_seconds: float
    microphone: tuple[float, float, float]
    toward_person: tuple[float, float]
    """Direction over the floor in which the person lies."""
    person_height: float = 0.25


ROOMS = {
    "living": Room((5.2, 4.1, 2.5), 0.40, (1.1, 1.2, 0.6), (0.85, 0.53)),
    "bedroom": Room((3.9, 3.4, 2.4), 0.28, (0.8, 0.7, 0.7), (0.75, 0.66)),
    "bathroom": Room((2.9, 2.3, 2.4), 0.65, (0.4, 0.4, 0.9), (0.80, 0.60)),
}
"""Furnished, soft and tiled; RT60 as such rooms are usually measured."""


class Acoustics:
    """What one room, at one place in it, does to sound on its way to the microphone."""

    def __init__(  # noqa: PLR0913 - a laboratory has as many knobs as it has
        self,
        room: str | None = None,
        distance_m: float = 1.75,
        echo_db: float | None = None,
        *,
        noise: Path | None = None,
        snr_db: float = 20.0,
        drift_ppm: float = 0.0,
        delay_ms: float = 60.0,
        distortion_db: float | None = None,
        seed: int = 0,
    ) -> None:
        """Build the room.

        `room`: one of ROOMS, None for no walls. `echo_db`: the coach's level at the microphone against
        the person's there, None for no echo. `drift_ppm`: how much later the echo comes with time
        (negative: earlier). `delay_ms`: what devices take. `distortion_db`: power of what a loudspeaker
        adds, against what it should play. `snr_db`: the person's level against the noise's.
        Raises SoundError for an unknown room, a distance outside it, a noise that cannot be read, or
        where the library is not installed.
        """
        person, coach = paths(room, distance_m)
        silence = np.zeros(samples_of(delay_ms / 1000), np.float32)
        self._person = Convolution(person * np.float32(PERSON_GAIN))
        gain = 0.0 if echo_db is None else PERSON_GAIN * 10 ** (echo_db / 20)
        self._coach = Convolution(np.concatenate([silence, coach]) * np.float32(gain))
        self._bend = distortion(distortion_db)
        self._clock = Clock(drift_ppm) if drift_ppm else None
        self._noise = Noise(noise, PERSON_RMS * 10 ** (-snr_db / 20), seed) if noise else None

    def hear(self, person: Samples, coach: Samples, start: int) -> Samples:
        """Give what the microphone hears of the next block of both sides; blocks follow each other."""
        del start
        played = self._bend(coach)
        echo = self._coach.push(self._clock.push(played) if self._clock else played)
        heard: Samples = self._person.push(person) + echo
        if self._noise:
            heard += self._noise.next(len(person))
        clipped: Samples = np.clip(heard, -1, 1, dtype=np.float32)
        return clipped


class Convolution:
    """A stream through an impulse response, block by block."""

    def __init__(self, response: Samples) -> None:
        self._response = response
        self._spectra: dict[int, Any] = {}
        self._tail = np.zeros(len(response) - 1, np.float32)

    def push(self, samples: Samples) -> Samples:
        """Give as many samples as come in; what rings on comes with the next."""
        length = len(samples) + len(self._tail)
        size = 1 << (length - 1).bit_length()
        if size not in self._spectra:
            self._spectra[size] = np.fft.rfft(self._response, size)
        product = np.fft.rfft(samples, size) * self._spectra[size]
        whole: Samples = np.fft.irfft(product, size)[:length].astype(np.float32)
        whole[: len(self._tail)] += self._tail
        self._tail = whole[len(samples) :]
        now: Samples = whole[: len(samples)]
        return now


class Clock:
    """Sound played by another clock: ever later, or ever earlier until the loudspeaker runs empty."""

    def __init__(self, drift_ppm: float) -> None:
        self._tape = Tape(RATE_HZ)
        self._speed = 1 - drift_ppm * 1e-6
        self._place = -float(UNDERRUN_SAMPLES)

    def push(self, samples: Samples) -> Samples:
        """Take what is given to the loudspeaker; give what sounds meanwhile."""
        self._tape.write(samples)
        if self._place + self._speed * len(samples) > self._tape.end - AHEAD_SAMPLES:
            self._place -= UNDERRUN_SAMPLES
        played = self._tape.read(self._place, len(samples), self._speed)
        self._place += self._speed * len(samples)
        return played


class Noise:
    """A recording that goes round and round at a level."""

    def __init__(self, path: Path, rms: float, seed: int) -> None:
        sound = read_recording(path)
        power = float((sound**2).mean()) if len(sound) else 0.0
        if power == 0:
            raise SoundError(f"{path}: there is no sound in it; choose another noise.")
        self._sound = sound * np.float32(rms / np.sqrt(power))
        self._place = int(np.random.default_rng(seed).integers(len(sound)))

    def next(self, count: int) -> Samples:
        """Give the next `count` samples."""
        places = (self._place + np.arange(count)) % len(self._sound)
        self._place += count
        return self._sound[places]


def distortion(distortion_db: float | None) -> Callable[[Samples], Samples]:
    """Give a loudspeaker's bending that adds so much power to speech; it grows with loudness."""
    if distortion_db is None:
        return lambda samples: samples
    speech = np.random.default_rng(0).laplace(scale=SPEECH_RMS / np.sqrt(2), size=4 * RATE_HZ)
    low, high = 0.01, 100.0
    for _ in range(20):  # the harder it is driven, the more it adds
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if _added_db(speech, middle) < distortion_db else (low, middle)
    return lambda samples: _bend(samples, low).astype(np.float32)


def _bend(sound: np.ndarray, drive: float) -> np.ndarray:
    """Bend as a cone does that moves more easily one way than the other."""
    bent: np.ndarray = (np.tanh(drive * sound + LOPSIDED) - np.tanh(LOPSIDED)) / drive
    return bent


def _added_db(sound: np.ndarray, drive: float) -> float:
    bent = _bend(sound, drive)
    share = (bent @ sound) / (sound @ sound)
    return float(10 * np.log10(((bent - share * sound).var() * sound.size) / ((share * sound) ** 2).sum()))


@lru_cache(maxsize=16)
def paths(room: str | None, distance_m: float) -> tuple[Samples, Samples]:
    """Give the impulse responses from the person and from the loudspeaker, both of gain 1 for speech."""
    if room is None:
        alone = np.ones(1, np.float32)
        return alone, alone
    if room not in ROOMS:
        raise SoundError(f"There is no room '{room}'; choose one of {', '.join(ROOMS)}.")
    plan = ROOMS[room]
    person, loudspeaker = _places(room, plan, distance_m)
    library = _library()
    absorption, order = library.inverse_sabine(plan.rt60_seconds, plan.size)
    box = library.ShoeBox(
        plan.size, fs=RATE_HZ, materials=library.Material(absorption), max_order=min(order, LONGEST_ORDER)
    )
    box.add_microphone(np.array(plan.microphone))
    box.add_source(person)
    box.add_source(loudspeaker)
    box.compute_rir()
    return _levelled(box.rir[0][0], plan), _levelled(box.rir[0][1], plan)


def _places(name: str, room: Room, distance_m: float) -> tuple[np.ndarray, np.ndarray]:
    """Place the person at `distance_m` from the microphone, and the loudspeaker to the microphone's side."""
    x, y, z = room.microphone
    drop = z - room.person_height
    over = np.sqrt(max(distance_m**2 - drop**2, 0.0))
    toward = np.array(room.toward_person) / np.hypot(*room.toward_person)
    person = np.array([x + over * toward[0], y + over * toward[1], room.person_height])
    if distance_m < drop or not all(NEAR < p < s - NEAR for p, s in zip(person, room.size, strict=True)):
        raise SoundError(f"Nobody can lie {distance_m} m from the microphone of the {name}.")
    aside = np.array([toward[1], -toward[0]])
    loudspeaker = np.array([*(np.array([x, y]) + LOUDSPEAKER_METRES * aside), z])
    return person, np.clip(loudspeaker, 0.05, np.array(room.size) - 0.05)


def _levelled(response: Any, room: Room) -> Samples:
    """Cut a response where it has died away, and bring it to gain 1 for the spectrum of speech."""
    kept = np.asarray(response)[: samples_of(room.rt60_seconds)]
    size = 1 << len(kept).bit_length()
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    speech = (hertz / 100) ** 2 / (1 + (hertz / 100) ** 2) / (1 + (hertz / 500) ** 2)
    power = (np.abs(np.fft.rfft(kept, size)) ** 2 * speech).sum() / speech.sum()
    levelled: Samples = (kept / np.sqrt(power)).astype(np.float32)
    return levelled


def _library() -> Any:
    with requires("lab", "A room", SoundError):
        import pyroomacoustics  # noqa: PLC0415 - only a laboratory needs it
    logging.getLogger("pyroomacoustics").setLevel(logging.ERROR)
    return pyroomacoustics
