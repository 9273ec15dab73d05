from voicecoach.sound.interjection import PATIENCE_SAMPLES, Interjection, Span

BLOCK = 512
LEFT = 0.001


def hear(interjection, levels, first=0, left=LEFT):
    """Give the levels of blocks; tell what was over, and with which block."""
    over = []
    for number, rms in enumerate(levels, first):
        said = interjection.hear(number * BLOCK, (number + 1) * BLOCK, rms, left)
        if said:
            over.append((number, said))
    return over


def test_the_coach_alone_is_nobody():
    interjection = Interjection()
    assert hear(interjection, [LEFT, 3 * LEFT] * 50) == []
    assert interjection.span is None


def test_a_knock_is_no_word():
    interjection = Interjection()
    hear(interjection, [LEFT, 0.1, 0.1, LEFT])
    assert interjection.span is None


def test_who_speaks_is_noticed_within_a_tenth_of_a_second():
    interjection = Interjection()
    hear(interjection, [LEFT] * 5 + [0.02] * 3)
    assert interjection.span == Span(5 * BLOCK, 8 * BLOCK)


def test_what_was_said_is_told_once_when_it_could_have_been_understood():
    interjection = Interjection()
    levels = [LEFT] * 5 + [0.02] * 10 + [LEFT] * 60
    [(number, said)] = hear(interjection, levels)
    assert said == Span(5 * BLOCK, 15 * BLOCK)
    assert number == 14 + -(-PATIENCE_SAMPLES // BLOCK)
    assert interjection.span is None


def test_what_was_understood_is_not_told():
    interjection = Interjection()
    hear(interjection, [0.02] * 10)
    interjection.forget()
    assert hear(interjection, [0.02] * 10 + [LEFT] * 60, 10) == []


def test_two_syllables_are_one_word():
    interjection = Interjection()
    levels = [0.02] * 5 + [LEFT] * 8 + [0.02] * 5 + [LEFT] * 60
    [(_, said)] = hear(interjection, levels)
    assert said == Span(0, 18 * BLOCK)


def test_a_word_that_goes_on_after_the_coach_ended_is_told_too():
    interjection = Interjection()
    hear(interjection, [0.02] * 5)
    assert len(hear(interjection, [0.02] * 5 + [LEFT] * 60, 5, left=0.0)) == 1


def test_where_the_coach_is_silent_nobody_speaks_over_it():
    assert hear(Interjection(), [0.02] * 10 + [LEFT] * 60, left=0.0) == []
