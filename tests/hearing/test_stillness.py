import numpy as np
import pytest

from voicecoach.hearing.stillness import BEFORE_SAMPLES, LINGER_SAMPLES, Stillness, Tape
from voicecoach.sound.audio import CHUNK_SAMPLES, RATE_HZ, AudioChunk, Samples

NOISE_RMS = 0.003


def room(seconds: float, rms: float = NOISE_RMS) -> Samples:
    return (np.random.default_rng(7).standard_normal(int(seconds * RATE_HZ)) * rms).astype(np.float32)


def chunks(samples: Samples) -> list[AudioChunk]:
    starts = range(0, len(samples) - CHUNK_SAMPLES + 1, CHUNK_SAMPLES)
    return [AudioChunk(start, samples[start : start + CHUNK_SAMPLES]) for start in starts]


def let_through(samples: Samples) -> list[AudioChunk]:
    stillness = Stillness()
    return [heard for chunk in chunks(samples) for heard in stillness.hear(chunk)]


@pytest.mark.parametrize("rms", [0.0, 0.001, 0.1])
def test_a_steady_room_is_still_however_loud(rms):
    heard = let_through(room(20, rms))
    assert heard[-1].end <= LINGER_SAMPLES + CHUNK_SAMPLES


def test_a_voice_is_heard_with_what_came_before_and_after_it():
    samples = room(30)
    voice = slice(15 * RATE_HZ, 16 * RATE_HZ)
    samples[voice] *= 10
    heard = [chunk for chunk in let_through(samples) if chunk.start > 10 * RATE_HZ]
    assert heard[0].start <= voice.start - BEFORE_SAMPLES + CHUNK_SAMPLES
    assert heard[-1].end >= voice.stop + LINGER_SAMPLES
    assert heard[-1].end < 20 * RATE_HZ


def test_what_is_let_through_comes_once_and_in_order():
    samples = room(30)
    for second in (5, 11, 12, 20):
        samples[second * RATE_HZ : second * RATE_HZ + 4000] *= 10
    starts = [chunk.start for chunk in let_through(samples)]
    assert starts == sorted(set(starts))


def test_a_place_on_the_tape_is_found_again_on_the_clock():
    tape = Tape()
    every = chunks(room(4))
    kept = [*every[:10], *every[50:60], *every[100:]]
    for chunk in kept:
        tape.add(chunk)
    for number, chunk in enumerate(kept):
        assert tape.place(number * CHUNK_SAMPLES + 5) == chunk.start + 5
