"""When much that is said is no command."""

from voicecoach.hearing.company import Company
from voicecoach.sound.audio import samples_of


def company_after(*spans):
    company = Company()
    for start, end in spans:
        company.hear(samples_of(start), samples_of(end))
    return company


def test_somebody_who_reads_on_is_talk():
    assert company_after((0, 4), (5, 9.5)).talks(samples_of(10))


def test_a_command_that_is_tried_again_and_again_is_no_talk():
    tries = [(start, start + 1.2) for start in range(0, 30, 5)]
    assert not company_after(*tries).talks(samples_of(30))


def test_talk_is_forgotten_half_a_minute_after_it():
    company = company_after((0, 9))
    assert company.talks(samples_of(38.9))
    assert not company.talks(samples_of(39))


def test_what_ends_before_it_begins_takes_nothing_away():
    assert company_after((0, 9), (20, 12)).talks(samples_of(20))
