"""Makes the cue tones: soft, short, each with its own movement.

Run it where it lies: python make_tones.py.

A tone that rises asks or confirms, one that falls says no; "go" is a single clear note, "halfway"
the same note twice, "done" a small chord.
"""

from pathlib import Path

import numpy as np
import soundfile

RATE_HZ = 16_000
LEVEL = 0.25

C5, E5, G5, A4, C6 = 523.25, 659.25, 783.99, 440.0, 1046.5

Note = tuple[float, float, float]
"""Frequency in hertz, start and length in seconds."""

TONES: dict[str, list[Note]] = {
    "heard": [(E5, 0.0, 0.10), (G5, 0.08, 0.14)],
    "not_understood": [(E5, 0.0, 0.10), (A4, 0.08, 0.14)],
    "go": [(C6, 0.0, 0.20)],
    "halfway": [(G5, 0.0, 0.09), (G5, 0.11, 0.09)],
    "done": [(C5, 0.0, 0.6), (E5, 0.1, 0.5), (G5, 0.2, 0.5)],
}


def note(frequency_hz: float, seconds: float) -> np.ndarray:
    """Give one soft note: a sine with a little of its octave, that swells in 10 ms and dies away."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    sound = np.sin(2 * np.pi * frequency_hz * time) + 0.2 * np.sin(4 * np.pi * frequency_hz * time)
    swell = np.minimum(time / 0.01, 1.0)
    return sound * swell * np.cos(np.pi / 2 * time / seconds) ** 1.5


def tone(notes: list[Note]) -> np.ndarray:
    """Give the notes laid together, as 16-bit samples."""
    length = max(round((start + seconds) * RATE_HZ) for _, start, seconds in notes)
    sound = np.zeros(length)
    for frequency_hz, start, seconds in notes:
        begin = round(start * RATE_HZ)
        part = note(frequency_hz, seconds)
        sound[begin : begin + len(part)] += part[: length - begin]
    return np.round(sound / np.abs(sound).max() * LEVEL * 32767).astype(np.int16)


def main(folder: Path) -> None:
    """Write every tone into `folder`."""
    for name, notes in TONES.items():
        soundfile.write(folder / f"tone_{name}.wav", tone(notes), RATE_HZ, subtype="PCM_16")


if __name__ == "__main__":
    main(Path(__file__).parent)
