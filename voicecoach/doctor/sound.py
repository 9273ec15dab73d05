"""Judging the loudspeaker and the microphone, from facts."""

from collections.abc import Iterator
from dataclasses import dataclass

from voicecoach.doctor.check import Check
from voicecoach.doctor.chirp import FEWEST
from voicecoach.doctor.listening import CHIRPS, Heard
from voicecoach.sound.sounddevice import Device

NOISY_DB = -38.0
"""More noise than this and words from two metres are lost in it."""
CLIPPED = 0.001
"""The share of samples at full scale from which on words are distorted."""
TWO_CLOCKS_PPM = 15.0
"""Less is one clock, or as good as one."""
WIDEST_PPM = 300.0
"""Farther apart than the clocks of two sound devices are."""
LATEST_SECONDS = 0.5
"""Later than this, an answer comes late enough to be taken for none; Bluetooth lies below it."""


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """What is known of the devices; what could not be had carries its reason."""

    portaudio: str = ""
    """Why PortAudio cannot be used; empty where it can."""
    microphone: Device | str = "not looked for"
    """The device, or why there is none."""
    loudspeaker: Device | str = "not looked for"
    heard: Heard | str = "not listened"
    """What a few seconds of both came to, or why they could not be opened together."""
    stumbles: int = 0
    """How often sound was lost meanwhile."""


def checks_of(facts: SoundFacts) -> Iterator[Check]:
    """Judge the devices; where one thing is missing, what needs it is left out."""
    yield Check("PortAudio", *_either(facts.portaudio, "is there"), vital=True)
    if facts.portaudio:
        return
    yield _device("microphone", facts.microphone)
    yield _device("loudspeaker", facts.loudspeaker)
    if isinstance(facts.microphone, str) or isinstance(facts.loudspeaker, str):
        return
    if isinstance(facts.heard, str):
        yield Check("both together", "cannot be opened", facts.heard, vital=True)
        return
    if facts.heard.lost_seconds:
        found = f"gave no sound for {facts.heard.lost_seconds:.1f} s"
        yield Check("both together", found, "check their plugs and the sound server", vital=True)
        return
    yield Check("both together", "open as one stream", vital=True)
    yield _level(facts.heard)
    yield _noise(facts.heard)
    yield from _echoes(facts.heard)
    yield _stumbles(facts.stumbles)


def _either(problem: str, well: str) -> tuple[str, str]:
    return ("cannot be used", problem) if problem else (well, "")


def _device(what: str, device: Device | str) -> Check:
    if isinstance(device, str):
        return Check(what, "there is none that can be used", device, vital=True)
    figures = {"device": device.name, "rate_hz": device.rate_hz}
    return Check(what, f"{device.name}, {device.rate_hz} Hz", vital=True, figures=figures)


def _level(heard: Heard) -> Check:
    figures = {"clipped_share": round(heard.clipped, 5)}
    if heard.dead:
        fix = "unmute it: pactl set-source-mute @DEFAULT_SOURCE@ 0, or press M on it in alsamixer"
        return Check("microphone level", "it gives no sound at all", fix, vital=True)
    if heard.clipped > CLIPPED:
        found = f"{100 * heard.clipped:.1f} % of it is too loud and distorted"
        fix = "turn the microphone down, in alsamixer or pavucontrol, until nothing is"
        return Check("microphone level", found, fix, vital=True, figures=figures)
    return Check("microphone level", "it gives sound, none of it distorted", vital=True, figures=figures)


def _noise(heard: Heard) -> Check:
    loud = heard.noise_db > NOISY_DB
    fix = (
        f"turn off fan or radio, or the microphone down; below {NOISY_DB:.0f} dB words are heard"
        if loud
        else ""
    )
    return Check(
        "noise", f"{heard.noise_db:.0f} dB in the quiet", fix, figures={"noise_db": round(heard.noise_db, 1)}
    )


def _echoes(heard: Heard) -> Iterator[Check]:
    echoes = heard.echoes
    if echoes.heard < FEWEST:
        fix = (
            "turn the loudspeaker up and nearer, and see that it is not muted; with headphones on, this is as"
            " it should be"
        )
        yield Check(
            "playback heard", f"{echoes.heard} of {CHIRPS} chirps", fix, figures={"chirps": echoes.heard}
        )
        return
    yield _playback(heard)
    yield _clock(echoes.drift_ppm)


def _playback(heard: Heard) -> Check:
    echoes = heard.echoes
    delay_ms = 1000 * echoes.delay_seconds
    figures = {"chirps": echoes.heard, "level_db": round(echoes.level_db, 1), "delay_ms": round(delay_ms, 1)}
    found = f"{echoes.heard} of {CHIRPS} chirps, {echoes.level_db:.0f} dB, after {delay_ms:.0f} ms"
    late = "a loudspeaker with a cable answers sooner" if echoes.delay_seconds > LATEST_SECONDS else ""
    return Check("playback heard", found, late, figures=figures)


def _clock(drift_ppm: float) -> Check:
    apart = abs(drift_ppm)
    figures = {"drift_ppm": round(drift_ppm, 1)}
    if apart <= TWO_CLOCKS_PPM:
        return Check("clock", f"one for both ({drift_ppm:+.0f} ppm)", figures=figures)
    fix = "use one device for both, such as a USB speakerphone" if apart > WIDEST_PPM else ""
    return Check("clock", f"two, {drift_ppm:+.0f} ppm apart, which can be followed", fix, figures=figures)


def _stumbles(times: int) -> Check:
    fix = "close other programs; a machine that is too busy loses words" if times > 1 else ""
    return Check("sound lost", f"{times} times while listening", fix, figures={"times": times})
