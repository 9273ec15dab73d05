import numpy as np
import pytest

from tests.sound.echoes import babble, blocks, path, power_db, silence, through
from voicecoach.sound.audio import RATE_HZ
from voicecoach.sound.echo import VEIL, Echo, EchoRemover
from voicecoach.sound.interjection import GOES_ON
from voicecoach.sound.tape import Tape

SECONDS = 24


def removed(heard, played, size=512, remover=None):
    remover = remover or EchoRemover(veiled=False)
    return np.concatenate([remover.remove(heard[part], played[part]) for part in blocks(len(heard), size)])


def late(sound, ppm, start=800.0):
    """Play a sound by a clock that falls behind by so many parts per million."""
    tape = Tape(len(sound))
    tape.write(sound)
    return tape.read(-start, len(sound), 1 - ppm * 1e-6)


@pytest.fixture(scope="module")
def coach():
    return babble(SECONDS, seed=1)


@pytest.fixture(scope="module")
def echo(coach):
    return through(coach, path())


@pytest.fixture(scope="module")
def person():
    """Someone who says a word of half a second every three."""
    sound = babble(SECONDS, seed=2, rms=0.05)
    place = np.arange(len(sound)) % (3 * RATE_HZ)
    return sound * (place < RATE_HZ // 2).astype(np.float32)


def test_a_linear_echo_is_gone_but_for_a_hundredth_of_its_power(coach, echo):
    heard = echo + silence(len(echo))
    cleaned = removed(heard, coach)
    last = slice(10 * RATE_HZ, len(cleaned))
    assert power_db(heard[last]) - power_db(cleaned[last]) > 20


def test_it_works_after_the_first_sentence(coach, echo):
    cleaned = removed(echo + silence(len(echo)), coach)
    early = slice(3 * RATE_HZ, 6 * RATE_HZ)
    assert power_db(echo[early]) - power_db(cleaned[early]) > 12


def test_a_person_who_speaks_over_the_coach_is_left_as_they_are(coach, echo, person):
    cleaned = removed(2 * echo + person + silence(len(echo)), coach)
    speaks = np.abs(person[: len(cleaned)]) > 0
    speaks[: 10 * RATE_HZ] = False
    wrong = cleaned - person[: len(cleaned)]
    assert power_db(person[: len(cleaned)][speaks]) - power_db(wrong[speaks]) > 12


def test_the_same_sound_comes_out_however_it_is_cut(coach, echo):
    count = 6 * RATE_HZ
    whole = removed(echo[:count], coach[:count])
    for size in (160, 777, 4096):
        other = removed(echo[:count], coach[:count], size)
        assert len(other) == count // 512 * 512
        np.testing.assert_array_equal(whole[: len(other)], other)


def test_what_is_given_keeps_its_place(person):
    cleaned = removed(person, np.zeros_like(person))
    np.testing.assert_array_equal(cleaned, person[: len(cleaned)])


def test_a_delay_of_the_devices_is_found(coach):
    remover = EchoRemover(veiled=False)
    heard = through(coach, path(delay_samples=6000)) + silence(len(coach))
    cleaned = removed(heard, coach, remover=remover)
    assert remover.delay_samples == pytest.approx(6000, abs=2)
    last = slice(12 * RATE_HZ, len(cleaned))
    assert power_db(heard[last]) - power_db(cleaned[last]) > 18


@pytest.mark.parametrize("ppm", [50.0, -80.0])
def test_clocks_that_run_apart_are_measured_and_followed(coach, ppm):
    remover = EchoRemover(veiled=False)
    heard = through(late(coach, ppm), path()) + silence(len(coach))
    cleaned = removed(heard, coach, remover=remover)
    assert remover.drift_ppm == pytest.approx(ppm, abs=3)
    last = slice(20 * RATE_HZ, len(cleaned))
    assert power_db(heard[last]) - power_db(cleaned[last]) > 15


def test_one_clock_is_left_alone(coach, echo):
    remover = EchoRemover(veiled=False)
    removed(echo + silence(len(echo)), coach, remover=remover)
    assert remover.drift_ppm == 0


def test_a_drift_that_was_known_needs_no_time_to_be_found(coach):
    heard = through(late(coach, 50.0), path()) + silence(len(coach))
    cleaned = removed(heard, coach, remover=EchoRemover(drift_ppm=50.0, veiled=False))
    early = slice(4 * RATE_HZ, 10 * RATE_HZ)
    assert power_db(heard[early]) - power_db(cleaned[early]) > 12


def test_after_the_devices_jump_the_echo_is_removed_again():
    coach = babble(30, seed=1)
    middle = 14 * RATE_HZ
    heard = through(coach, path())
    heard[middle:] = through(coach, path(delay_samples=4500))[middle:]
    cleaned = removed(heard + silence(len(heard)), coach)
    last = slice(23 * RATE_HZ, len(cleaned))
    assert power_db(heard[last]) - power_db(cleaned[last]) > 15


def test_another_place_in_the_room_is_learned_again():
    coach = babble(30, seed=1)
    middle = 14 * RATE_HZ
    heard = through(coach, path())
    heard[middle:] = through(coach, path(seed=8))[middle:]
    cleaned = removed(heard + silence(len(heard)), coach)
    last = slice(20 * RATE_HZ, len(cleaned))
    assert power_db(heard[last]) - power_db(cleaned[last]) > 15


def test_it_says_what_became_of_the_echo(coach, echo):
    remover = EchoRemover(veiled=False)
    assert remover.echo is Echo.UNKNOWN
    assert not remover.trusted
    removed(echo + silence(len(echo)), coach, remover=remover)
    assert remover.echo is Echo.REMOVED
    assert remover.trusted
    assert remover.gain_db > 20


def test_headphones_leave_no_echo(coach, person):
    remover = EchoRemover(veiled=False)
    heard = person + silence(len(person))
    cleaned = removed(heard, coach, remover=remover)
    assert remover.echo is Echo.ABSENT
    np.testing.assert_array_equal(cleaned[-RATE_HZ:], heard[: len(cleaned)][-RATE_HZ:])


@pytest.fixture(scope="module")
def cries():
    """Someone as loud as the coach, who cries out for half of every three seconds."""
    sound = babble(SECONDS, seed=8, rms=0.1)
    place = np.arange(len(sound)) % (3 * RATE_HZ)
    return sound * ((place < 3 * RATE_HZ // 2) & (np.arange(len(sound)) > 6 * RATE_HZ)).astype(np.float32)


def states(heard, played, remover):
    """Give what was thought of the echo after each block."""
    for part in blocks(len(heard)):
        remover.remove(heard[part], played[part])
        yield remover.echo


@pytest.mark.parametrize("is_heard", [True, False])
def test_who_cries_out_over_the_coach_is_no_echo(coach, echo, cries, is_heard):
    heard = cries + silence(len(coach)) + (echo if is_heard else 0)
    seen = list(states(heard.astype(np.float32), coach, EchoRemover()))
    assert set(seen[len(seen) // 4 :]) == {Echo.REMOVED if is_heard else Echo.ABSENT}


def test_who_cries_out_over_the_coach_is_not_what_is_left_of_him(coach, echo, cries):
    alone, together = EchoRemover(), EchoRemover()
    removed(echo + silence(len(echo)), coach, remover=alone)
    removed(echo + cries + silence(len(echo)), coach, remover=together)
    assert together.left_rms < 2 * alone.left_rms
    assert together.left_rms < 0.05 * np.sqrt((cries**2).mean())


@pytest.fixture(scope="module")
def calling(coach):
    """A coach who is six times louder for a short while every three seconds, and his echo."""
    place = np.arange(len(coach)) % (3 * RATE_HZ)
    calls = (coach * np.where(place < RATE_HZ // 4, 1.0, 1 / 6)).astype(np.float32)
    echo = through(calls, path())
    rough = np.random.default_rng(6).uniform(-0.1, 0.1, len(echo))  # what no path can foretell
    return calls, (echo * (1 + rough) + silence(len(echo))).astype(np.float32)


def loudness(heard, played, remover):
    """Give how loud each block is, how loud the coach mostly is in it, and how loud he is expected to be."""
    for part in blocks(len(heard)):
        remover.remove(heard[part], played[part])
        if remover.trusted:
            yield remover.bare_rms, remover.left_rms, remover.expected_rms


def test_a_coach_who_is_louder_now_and_then_is_expected_to_be(calling):
    calls, heard = calling
    bare, left, expected = np.array(list(loudness(heard, calls, EchoRemover()))).T
    assert (bare > GOES_ON * left).sum() > 20
    assert not (bare > GOES_ON * expected).any()


def test_a_person_is_louder_than_the_coach_is_expected_to_be(calling, person):
    calls, heard = calling
    bare, _, expected = np.array(list(loudness(heard + person, calls, EchoRemover()))).T
    louder = bare > GOES_ON * expected
    twice = (louder[1:] & louder[:-1])[-6 * 3 * RATE_HZ // 512 :]
    words = np.array_split(twice, 6)  # one every three seconds, and none in the last
    assert [word.any() for word in words] == [True] * 5 + [False]


def test_the_noise_over_what_is_left_is_not_taken_for_loud(coach, echo):
    heard = echo + silence(len(echo))
    bare, veiled = EchoRemover(veiled=False), EchoRemover()
    removed(heard, coach, remover=bare)
    removed(heard, coach, remover=veiled)
    assert veiled.bare_rms == bare.bare_rms


def test_a_person_who_always_answers_alike_is_no_echo(coach):
    """With headphones: now and then the person sounds as the coach did just before."""
    place = np.arange(len(coach)) % (3 * RATE_HZ)
    heard = late(coach, 0) * (place < RATE_HZ // 2) + silence(len(coach))
    remover = EchoRemover()
    removed(heard.astype(np.float32), coach, remover=remover)
    assert remover.delay_samples is not None
    assert remover.echo is Echo.ABSENT


def test_an_echo_that_cannot_be_removed_is_not_trusted(coach):
    remover = EchoRemover(veiled=False)
    heard = through(
        np.sign(coach) * np.sqrt(np.abs(babble(SECONDS, seed=5))), path()
    )  # nothing linear about it
    removed(heard + silence(len(heard)), coach, remover=remover)
    assert remover.echo is Echo.LEFT
    assert not remover.trusted


@pytest.mark.parametrize("odd", [np.zeros(8192), np.ones(8192), np.full(8192, -1.0)])
def test_odd_sound_gives_finite_sound(coach, odd):
    remover = EchoRemover(veiled=False)
    remover.remove(coach[: 2 * RATE_HZ], coach[: 2 * RATE_HZ])
    cleaned = remover.remove(odd.astype(np.float32), odd.astype(np.float32))
    assert np.isfinite(cleaned).all()
    assert np.abs(cleaned).max() <= 2


def test_what_is_left_of_the_coach_is_covered_with_noise_that_is_a_little_louder(coach, echo):
    heard = 2 * echo + silence(len(echo))
    bare, veiled = EchoRemover(veiled=False), EchoRemover()
    left, covered = removed(heard, coach, remover=bare), removed(heard, coach, remover=veiled)
    last = slice(12 * RATE_HZ, len(left))
    assert power_db(covered[last] - left[last]) == pytest.approx(20 * np.log10(VEIL * bare.left_rms), abs=3)


def test_nothing_is_covered_while_the_coach_is_silent(coach, echo, person):
    count = 10 * RATE_HZ
    quiet = np.concatenate([coach[:count], np.zeros(count, np.float32)])
    heard = np.concatenate([echo[:count], person[:count]]) + silence(2 * count)
    bare, veiled = removed(heard, quiet), removed(heard, quiet, remover=EchoRemover())
    np.testing.assert_array_equal(bare[count + RATE_HZ :], veiled[count + RATE_HZ :])
