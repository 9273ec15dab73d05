"""What the callback and the loop hand each other."""

from array import array
from itertools import pairwise

from voicecoach.sound.exchange import Exchange

SILENCE = bytes(4)


def block(number):
    return f"{number:04}".encode()


def test_what_is_heard_comes_in_its_order():
    exchange = Exchange(SILENCE, 0)
    for number in range(3):
        exchange.swap(block(number))
    assert [exchange.take(0.01)[0] for _ in range(3)] == [block(0), block(1), block(2)]


def test_what_was_played_meanwhile_comes_with_what_was_heard():
    exchange = Exchange(SILENCE, 1)
    for number in range(3):
        exchange.give(block(number))
        exchange.swap(block(number))
    assert [exchange.take(0.01)[1] for _ in range(3)] == [SILENCE, block(0), block(1)]


def test_a_silent_microphone_is_noticed():
    assert Exchange(SILENCE, 0).take(0.01) is None


def test_the_loudspeaker_lies_behind_by_as_many_blocks_as_were_asked_for():
    exchange = Exchange(SILENCE, 2)
    played = []
    for number in range(5):
        exchange.give(block(number))
        played.append(exchange.swap(block(number)))
    assert played == [SILENCE, SILENCE, block(0), block(1), block(2)]
    assert exchange.missed == 0


def test_after_a_late_loop_the_loudspeaker_is_at_its_place_again():
    exchange = Exchange(SILENCE, 1)
    given, played = 0, []
    for turn in range(10):
        late = 3 <= turn < 6
        while not late and given <= turn:
            exchange.give(block(given))
            given += 1
        played.append(exchange.swap(SILENCE))
    on_time = [SILENCE, block(0), block(1), block(2)]
    assert played == [*on_time, SILENCE, SILENCE, block(5), block(6), block(7), block(8)]
    assert exchange.missed == 2


def floats(*values):
    return array("f", values).tobytes()


def test_a_hush_fades_the_next_block_and_silences_all_that_is_on_its_way():
    loud = floats(*[0.5] * 512)
    exchange = Exchange(bytes(len(loud)), 0)
    for _ in range(4):
        exchange.give(loud)
    assert exchange.swap(b"") == loud
    exchange.hush()
    exchange.give(loud)
    faded = array("f", exchange.swap(b""))
    assert faded[0] == 0.5
    assert max(abs(b - a) for a, b in pairwise(faded)) < 0.01
    assert not any(faded[256:])
    assert [exchange.swap(b"") for _ in range(3)] == [bytes(len(loud)), bytes(len(loud)), loud]


def test_a_hush_in_silence_makes_no_sound_and_what_comes_after_it_keeps_its_place():
    exchange = Exchange(SILENCE, 1)
    exchange.give(block(0))
    exchange.hush()
    exchange.give(block(1))
    assert [exchange.swap(b"") for _ in range(3)] == [SILENCE, SILENCE, block(1)]
