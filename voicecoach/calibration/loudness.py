"""How loud somebody is in this room's microphone, and by how much it has to be turned up. Pure.

It is only ever turned up: a microphone that is too loud is told of, since what is cut off stays cut off.
Recognisers level what they hear; who finds out that there is speech at all does not. Of 42 people's words 40
are heard as they were recorded and 20 dB softer, 32 at 30 dB, 19 at 40 dB, and 1 at 50.
"""

from collections.abc import Sequence

import numpy as np

from voicecoach.sound.audio import CHUNK_SAMPLES, Samples, samples_of

WANTED_DB = -33.0
"""How loud the louder half of a word shall be, against full scale: a normal voice at two metres."""
MOST_DB = 30.0
"""More than that would turn up the microphone's own noise."""
WORD_CHUNKS = samples_of(0.25) // CHUNK_SAMPLES
CLEAR_DB = 9.0
"""What is no louder than this over the quiet moments is no word."""
FAINTEST = 1e-9


def level_db(chunk: Samples) -> float:
    """Give how loud a chunk is, against full scale."""
    return float(10 * np.log10(np.mean(np.square(chunk, dtype=np.float64)) + FAINTEST))


def word_in(levels_db: Sequence[float]) -> float | None:
    """Give how loud the word in a stretch of chunks is; None where there is none."""
    if len(levels_db) <= WORD_CHUNKS:
        return None
    ordered = sorted(levels_db)
    word, quiet = ordered[-WORD_CHUNKS // 2], ordered[len(ordered) // 10]
    return word if word >= quiet + CLEAR_DB else None


def gain_for(words_db: Sequence[float]) -> float:
    """Give by how many decibels a microphone is to be turned up, after these words."""
    if not words_db:
        return 0.0
    return float(np.clip(WANTED_DB - np.median(words_db), 0.0, MOST_DB))
