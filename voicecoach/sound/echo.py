"""Echo removal: what the microphone heard, without what the loudspeaker played.

The loudspeaker's sound is found again by its delay, read at the speed of the microphone's clock, and
what the learned path makes of it is taken away. How well that works is measured all the time, so that
the program can trust it, or be deaf while it speaks. Nothing of a person is suppressed.
"""

from collections import deque
from enum import StrEnum

import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples, samples_of
from voicecoach.sound.drift import LEAST_PPM, DelayMeter
from voicecoach.sound.echo_path import BLOCK_SAMPLES, SPEECH_POWER, EchoPath
from voicecoach.sound.tape import AHEAD_SAMPLES, Tape
from voicecoach.sound.veil import Veil

LEAD_SAMPLES = samples_of(0.02)
"""How long before the echo's beginning the path begins."""
LATE_SAMPLES = samples_of(0.15)
"""Delays up to this need no alignment: the path is long enough."""
REALIGN_SAMPLES = samples_of(0.004)
"""A path whose beginning has moved by more is aligned again."""
FINER_PPM = 1.0
"""A drift that was measured anew counts when it differs by more."""
GAIN_BLOCKS = samples_of(4) // BLOCK_SAMPLES
"""Blocks of the coach's speech that the gain is measured over, at most,"""
FEWEST_BLOCKS = samples_of(2) // BLOCK_SAMPLES
"""and at least."""
UNDISTURBED_PERCENT = 25
"""So many of the coach's loud moments are taken for his alone. Who speaks over him makes the others
louder, and was taken for an echo that is left: with both as loud the coach was deaf a fifth of the time."""
VEIL = 2.4
"""How much louder than what is left the noise over it is: it has to cover the loudest, too (docs/echo.md)."""
HELD = 0.5
"""What a block leaves of the coach's power for the next: a room goes on sounding."""
ENOUGH_DB, TOO_LITTLE_DB = 10.0, 6.0
"""Gain from which on the coach is taken for removed, and below which no longer."""
AUDIBLE = 4.0
"""An echo is one when the coach's speech has so many times the power of the silence,"""
HARDLY_AUDIBLE = 1.5
"""or so many, where its delay was found. A delay alone is no echo: a person who said "stop" at the
same place of four counts made one, and was no longer heard while a coach spoke that no microphone heard."""
SILENCE_PERCENT = 10
"""So many of the blocks are taken for silence."""


class Echo(StrEnum):
    """What has become of the coach's own voice."""

    UNKNOWN = "unknown"
    """The coach has not spoken for long enough."""
    ABSENT = "absent"
    """The microphone does not hear the coach."""
    REMOVED = "removed"
    LEFT = "left"
    """Too much of it is left: one cannot listen while the coach speaks."""


class EchoRemover:
    """One microphone and one loudspeaker, for a session."""

    def __init__(self, drift_ppm: float = 0.0, *, veiled: bool = True) -> None:
        """Begin.

        `drift_ppm` is what was measured between these devices before, positive for an echo ever later.
        `veiled`: cover what is left with noise, for a recogniser's sake.
        """
        self.drift_ppm = drift_ppm
        """How the clocks run apart, as known so far."""
        self.delay_samples: float | None = None
        """How late the echo comes; None until it was found."""
        self.echo = Echo.UNKNOWN
        """Whether to trust what is given, renewed with each block."""
        self._played = Tape(4 * RATE_HZ)
        self._meter = DelayMeter(self._played)
        self._path = EchoPath()
        self._veil = Veil() if veiled else None
        self._head = -float(AHEAD_SAMPLES) if drift_ppm else 0.0
        """Where on the tape the path begins, for the next block."""
        self._rest = (np.zeros(0, np.float32), np.zeros(0, np.float32))
        self._levels: deque[tuple[float, float, float]] = deque(maxlen=GAIN_BLOCKS)
        """Power of what is played, heard and left, in each block in which the coach speaks."""
        self._speech_power = 0.0
        """Heard in his louder moments, where nobody disturbs him."""
        self.left_rms = 0.0
        """How loud the coach still is in those; 1 is full scale."""
        self.gain_db: float | None = None
        """By how much he is quieter than before in those; None while unknown."""
        self._heard: deque[float] = deque(maxlen=4 * GAIN_BLOCKS)
        self._echo_power = 0.0
        """Of the coach in the newest block, before he was taken away, as the room holds it."""
        self.bare_rms = 0.0
        """How loud what was given last is without the noise over it; 1 is full scale."""

    def remove(self, microphone: Samples, reference: Samples) -> Samples:
        """Take the next samples of both, of one length; give the cleaned samples that are ready.

        They follow those given before without a gap and keep their place. Lengths that are multiples of
        BLOCK_SAMPLES come back at once; of others, less than a block waits for the next call.
        """
        heard = np.concatenate([self._rest[0], microphone])
        played = np.concatenate([self._rest[1], reference])
        whole = len(heard) - len(heard) % BLOCK_SAMPLES
        self._rest = heard[whole:], played[whole:]
        if not whole:
            return np.zeros(0, np.float32)
        places = range(0, whole, BLOCK_SAMPLES)
        pairs = [self._remove(heard[k : k + BLOCK_SAMPLES], played[k : k + BLOCK_SAMPLES]) for k in places]
        bare, source = map(np.concatenate, zip(*pairs, strict=True))
        self.bare_rms = float(np.sqrt(np.mean(bare**2)))
        if self._veil is None or self.echo is Echo.ABSENT:
            return bare
        return self._veil.cover(bare, source, VEIL * self.left_rms)

    @property
    def expected_rms(self) -> float:
        """How loud the newest samples are if they are the coach's alone; 1 is full scale.

        No less than what mostly is left of him, and as much as the gain leaves of what he says just then.
        """
        left_power = self._echo_power * 10 ** (-(self.gain_db or 0.0) / 10)
        return max(self.left_rms, float(np.sqrt(left_power)))

    @property
    def trusted(self) -> bool:
        """Whether one can listen while the coach speaks."""
        return self.echo in {Echo.ABSENT, Echo.REMOVED}

    def _remove(self, heard: Samples, played: Samples) -> tuple[Samples, Samples]:
        """Give a block without the coach, and what he said in it."""
        self._played.write(played)
        speed = 1 - self.drift_ppm * 1e-6
        self._align(heard, speed)
        source = self._played.read(self._head, BLOCK_SAMPLES, speed)
        self._head += BLOCK_SAMPLES * speed
        cleaned = self._path.remove(heard, source)
        self._judge(heard, cleaned, source)
        return (heard if self.echo is Echo.ABSENT else cleaned), source

    # ---- where on the tape

    def _align(self, heard: Samples, speed: float) -> None:
        """Move the head to where the echo begins, when that was measured and lies elsewhere."""
        found = self._meter.hear(heard, speed)
        if found is None:
            return
        jumped = self.delay_samples is not None and abs(found.samples - self.delay_samples) > REALIGN_SAMPLES
        first = self.delay_samples is None
        self.delay_samples = found.samples
        drifting = self._follow_clock()
        late = found.samples - LEAD_SAMPLES - self._lag
        if jumped or drifting or (first and found.samples > LATE_SAMPLES):
            self._move(max(found.samples - LEAD_SAMPLES, AHEAD_SAMPLES), jumped=jumped)
        elif late < -LEAD_SAMPLES / 2 and self._lag > AHEAD_SAMPLES:
            self._move(max(found.samples - LEAD_SAMPLES, AHEAD_SAMPLES), jumped=False)

    @property
    def _lag(self) -> float:
        """How far the head lies behind the block that is being heard."""
        return self._played.end - BLOCK_SAMPLES - self._head

    def _follow_clock(self) -> bool:
        """Take over the drift that was measured; True where it was not known before."""
        ppm = self._meter.ppm
        if ppm is None:
            return False
        wanted = ppm if abs(ppm) >= LEAST_PPM else 0.0
        if abs(wanted - self.drift_ppm) < FINER_PPM:
            return False
        begun, self.drift_ppm = abs(wanted - self.drift_ppm) > LEAST_PPM, wanted
        return begun

    def _move(self, lag: float, *, jumped: bool) -> None:
        """Put the head `lag` samples behind; after a jump of the devices the path itself is the same."""
        moved = lag - self._lag
        head = self._played.end - BLOCK_SAMPLES - lag
        self._head = head if self.drift_ppm else float(round(head))
        if not jumped:
            self._path.shift(round(moved))

    # ---- how well it works

    def _judge(self, heard: Samples, cleaned: Samples, source: Samples) -> None:
        """Follow the levels before and after, and decide."""
        before = float(heard @ heard) / BLOCK_SAMPLES + 1e-12
        after = float(cleaned @ cleaned) / BLOCK_SAMPLES + 1e-12
        self._heard.append(before)
        echo = heard - cleaned
        self._echo_power = max(float(echo @ echo) / BLOCK_SAMPLES, HELD * self._echo_power)
        spoken = float(source @ source) / BLOCK_SAMPLES
        if spoken >= SPEECH_POWER:
            self._levels.append((spoken, before, after))
            self._measure()
        self.echo = self._decide()

    def _measure(self) -> None:
        """Tell from the levels how loud the coach was and is, in his louder moments that nobody disturbs."""
        source, before, after = np.array(self._levels).T
        loud = source >= np.median(source)
        before, after = before[loud], after[loud]
        self._speech_power = float(np.percentile(before, UNDISTURBED_PERCENT))
        self.left_rms = float(np.sqrt(np.percentile(after, UNDISTURBED_PERCENT)))
        if len(self._levels) >= FEWEST_BLOCKS:
            gain = np.percentile(before / after, 100 - UNDISTURBED_PERCENT)
            self.gain_db = float(10 * np.log10(gain))

    def _decide(self) -> Echo:
        if self.gain_db is None:
            return Echo.UNKNOWN
        if self.gain_db >= (TOO_LITTLE_DB if self.echo is Echo.REMOVED else ENOUGH_DB):
            return Echo.REMOVED
        silence = float(np.percentile(self._heard, SILENCE_PERCENT))
        least = AUDIBLE if self.delay_samples is None else HARDLY_AUDIBLE
        return Echo.LEFT if self._speech_power > least * silence else Echo.ABSENT
