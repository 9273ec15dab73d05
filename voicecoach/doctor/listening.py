"""Listening to the room for a few seconds: first to its silence, then to chirps of the loudspeaker.

Works on any microphone and player, so that a simulated room is measured like a real one.
"""

from dataclasses import dataclass, replace

import numpy as np

from voicecoach.doctor.chirp import LATEST_SECONDS, SECONDS, Echoes, find_echoes, make_chirp
from voicecoach.sound.audio import CHUNK_SAMPLES, Samples, samples_of, seconds_of
from voicecoach.sound.ports import Microphone, Player

SETTLING_SECONDS = 0.7
"""Devices click and fade in when they are opened."""
QUIET_SECONDS = 1.5
CHIRPS = 7
EVERY_SECONDS = 1.0
"""Longer than the latest echo that is looked for, or it would be taken for the next one's."""
FULL = 0.99
"""A sample this large was most likely larger."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a few seconds of listening came to."""

    noise_db: float
    """The room's noise, full scale being 0."""
    clipped: float
    """The share of samples at full scale."""
    dead: bool
    """Whether there was nothing at all, as from a microphone that is muted."""
    echoes: Echoes
    lost_seconds: float = 0.0
    """For how long the device gave nothing."""


def listen_to(microphone: Microphone, player: Player) -> Heard:
    """Listen for about nine seconds. Raises SoundError where the device gives nothing."""
    first = microphone.read()
    if first is None:
        return judge(np.zeros(0, np.float32), [])
    quiet_until = samples_of(SETTLING_SECONDS + QUIET_SECONDS)
    places = [quiet_until + samples_of(EVERY_SECONDS) * number for number in range(CHIRPS)]
    end = places[-1] + samples_of(LATEST_SECONDS + SECONDS)
    chunks = [first]
    chirp = make_chirp()
    for place in places:
        player.place(chirp, first.start + place)
    while (chunk := microphone.read()) is not None and chunk.end - first.start < end:
        chunks.append(chunk)
    lost = sum(chunk.lost for chunk in chunks) * seconds_of(CHUNK_SAMPLES)
    return replace(judge(np.concatenate([chunk.samples for chunk in chunks]), places), lost_seconds=lost)


def judge(heard: Samples, places: list[int]) -> Heard:
    """Give what was heard in a recording with chirps at `places`."""
    quiet = heard[samples_of(SETTLING_SECONDS) : samples_of(SETTLING_SECONDS + QUIET_SECONDS)]
    noise = quiet - quiet.mean() if quiet.size else quiet
    power = float((noise**2).mean()) if quiet.size else 0.0
    return Heard(
        noise_db=10 * float(np.log10(max(power, 1e-12))),
        clipped=float((np.abs(heard) >= FULL).mean()) if heard.size else 0.0,
        dead=power == 0.0,
        echoes=find_echoes(heard, places),
    )
