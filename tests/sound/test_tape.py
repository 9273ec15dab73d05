import numpy as np
import pytest

from voicecoach.sound.tape import Tape


def tone(hertz, places):
    return np.sin(2 * np.pi * hertz * places / 16_000).astype(np.float32)


@pytest.fixture
def tape():
    tape = Tape(16_000)
    for at in range(0, 16_000, 500):
        tape.write(tone(1000, np.arange(at, at + 500)))
    return tape


def test_what_was_written_is_read_as_it_was(tape):
    np.testing.assert_array_equal(tape.read(300, 700), tone(1000, np.arange(300, 1000)))


@pytest.mark.parametrize("hertz", [200, 3000, 6500])
@pytest.mark.parametrize("speed", [1.0, 1.0002, 0.9])
def test_between_the_samples_lies_the_sound_between_them(hertz, speed):
    tape = Tape(16_000)
    tape.write(tone(hertz, np.arange(16_000)))
    read = tape.read(500.37, 2000, speed)
    np.testing.assert_allclose(read, tone(hertz, 500.37 + speed * np.arange(2000)), atol=2e-3)


def test_before_the_beginning_and_after_the_end_is_silence(tape):
    assert not tape.read(-200, 100).any()
    assert not tape.read(16_100, 100).any()
    assert len(tape.read(15_900, 300)) == 300


def test_it_forgets_what_lies_long_ago():
    tape = Tape(1000)
    for _ in range(10):
        tape.write(np.ones(1000, np.float32))
    assert tape.end == 10_000
    assert tape.read(9000, 1000).all()
    assert not tape.read(1000, 1000).any()


def test_more_than_it_holds_may_be_written_at_once():
    tape = Tape(100)
    tape.write(np.arange(1000, dtype=np.float32))
    np.testing.assert_array_equal(tape.read(900, 100), np.arange(900, 1000))
