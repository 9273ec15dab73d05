"""How late the loudspeaker is heard, and how two clocks run apart.

Every second the last two seconds of both sides are laid over each other; where they fit best is the
echo's delay. A line through the delays gives the drift in parts per million. Works on positions of the
sample clock alone; moves nothing itself.
"""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from voicecoach.sound.audio import RATE_HZ, Samples, samples_of
from voicecoach.sound.tape import Tape

WINDOW_SAMPLES = 1 << 15
"""What is compared: two seconds."""
LONGEST_SAMPLES = RATE_HZ
"""The longest delay that is looked for."""
EVERY_SAMPLES = RATE_HZ
BAND_HZ = (200.0, 4000.0)
"""Where speech is."""
CLEAR = 12.0
"""Least height of the best fit, in standard deviations of all others."""
SPEECH_SHARE = 0.3
"""How much of a window the coach has to fill."""
SPEECH_POWER = 1e-5
SAME_SAMPLES = samples_of(0.004)
"""Delays this near one another are the same path; farther ones are a jump of the devices."""
REMEMBERED = 40
"""Measurements that the line goes through."""
FEWEST, SHORTEST_SAMPLES = 7, samples_of(7.0)
"""Measurements, and time between the first and the last, before there is a line."""
LEAST_PPM = 3.0
"""Less is no drift: rooms and people move more."""
WIDEST_PPM = 1000.0
"""More is no clock."""


@dataclass(frozen=True, slots=True)
class Delay:
    """One measurement. Both in samples: where on the microphone's clock, and how late the echo came."""

    place: float
    samples: float


@dataclass(slots=True)
class DelayMeter:
    """Measures delays and fits their line."""

    played: Tape
    """What the loudspeaker was given."""
    heard: Tape = field(default_factory=lambda: Tape(WINDOW_SAMPLES + LONGEST_SAMPLES))
    _line: deque[Delay] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    _stray: Delay | None = None
    """A measurement that does not fit; a second one like it is a jump."""
    _next: int = WINDOW_SAMPLES

    def hear(self, heard: Samples, speed: float = 1.0) -> Delay | None:
        """Take the microphone's next samples; `speed` is that of the loudspeaker's clock as known so far.

        Gives a measurement that is believed, when there is one. The tape `played` is written before.
        """
        self.heard.write(heard)
        if self.heard.end < self._next:
            return None
        self._next = self.heard.end + EVERY_SAMPLES
        found = measure(self.played, self.heard, speed)
        return self._believe(found) if found else None

    @property
    def ppm(self) -> float | None:
        """How much later the echo comes with time, in parts per million; None while it is not known."""
        if len(self._line) < FEWEST or self._line[-1].place - self._line[0].place < SHORTEST_SAMPLES:
            return None
        places, delays = np.array([(each.place, each.samples) for each in self._line]).T
        first, second = np.triu_indices(len(places), 1)
        slopes = (delays[second] - delays[first]) / (places[second] - places[first])
        ppm = float(np.median(slopes)) * 1e6
        return ppm if abs(ppm) <= WIDEST_PPM else None

    def _believe(self, found: Delay) -> Delay | None:
        """Take a measurement that fits the last one, or one that has been seen twice."""
        if not self._line and self._stray is None:
            self._stray = found
            return None
        if self._line and abs(found.samples - self._line[-1].samples) < SAME_SAMPLES:
            self._stray = None
        elif self._stray is None or abs(found.samples - self._stray.samples) >= SAME_SAMPLES:
            self._stray = found
            return None
        else:
            self._line.clear()
            self._stray = None
        self._line.append(found)
        return found


def measure(played: Tape, heard: Tape, speed: float = 1.0) -> Delay | None:
    """Find how late the last window of `played` is in `heard`; None where nothing fits clearly."""
    start = heard.end - WINDOW_SAMPLES
    middle = start + WINDOW_SAMPLES / 2
    count = WINDOW_SAMPLES + LONGEST_SAMPLES
    source = played.read(middle - (middle - start + LONGEST_SAMPLES) * speed, count, speed)
    if not _is_speech(source):
        return None
    fits = _fits(heard.read(start, WINDOW_SAMPLES), source)
    best = int(np.argmax(fits))
    if fits[best] < CLEAR * fits.std() or not 0 < best < len(fits) - 1:
        return None
    before, peak, after = fits[best - 1 : best + 2]
    between = 0.5 * (before - after) / (before - 2 * peak + after)
    return Delay(middle, LONGEST_SAMPLES - best - float(between))


def _is_speech(source: Samples) -> bool:
    blocks = source[: len(source) // 512 * 512].reshape(-1, 512)
    return float(((blocks**2).mean(axis=1) > SPEECH_POWER).mean()) > SPEECH_SHARE


def _fits(heard: Samples, source: Samples) -> Samples:
    """Give how well `heard` fits into `source` at each place, all frequencies counting alike."""
    size = 1 << (len(source) + len(heard) - 1).bit_length()
    cross = np.fft.rfft(source, size) * np.fft.rfft(heard, size).conj()
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    cross *= (hertz > BAND_HZ[0]) & (hertz < BAND_HZ[1])
    size_of = np.abs(cross)
    fits = np.fft.irfft(cross / (size_of + size_of.max() * 1e-6 + 1e-20), size)
    return fits[: LONGEST_SAMPLES + 1].astype(np.float32)
