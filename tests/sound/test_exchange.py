"""What the callback and the loop hand each other."""

from voicecoach.sound.exchange import Exchange

SILENCE = b"...."


def block(number):
    return f"{number:04}".encode()


def test_what_is_heard_comes_in_its_order():
    exchange = Exchange(SILENCE, 0)
    for number in range(3):
        exchange.swap(block(number))
    assert [exchange.take(0.01) for _ in range(3)] == [block(0), block(1), block(2)]


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
