from threading import Event

import numpy as np
import pytest

from voicecoach.errors import HearingError
from voicecoach.hearing.recognizer import Transcript
from voicecoach.hearing.waking import LATE_SECONDS, Waking
from voicecoach.sound.audio import CHUNK_SAMPLES, AudioChunk, samples_of

LIVE = frozenset({"stop"})
HANGS = samples_of(LATE_SECONDS) // CHUNK_SAMPLES + 2
"""The chunk at which a recogniser hangs; so many are too many to be undecided."""


class Parrot:
    """A recogniser that tells each chunk it was given."""

    name = "parrot"

    def hear(self, chunk, live):
        return [Transcript(" ".join(live), chunk.start, chunk.end, 1.0, accepted=True)]

    def finish(self):
        return [Transcript("the end", 0, 0, 1.0, accepted=True)]


def chunk(number):
    return AudioChunk(number * CHUNK_SAMPLES, np.zeros(CHUNK_SAMPLES, np.float32))


def test_what_is_said_while_it_wakes_is_heard_when_it_is_awake():
    may_wake, awake = Event(), Event()

    def build():
        may_wake.wait()
        awake.set()
        return Parrot()

    waking = Waking("parrot", build, patient=False)
    assert waking.hear(chunk(0), LIVE) == []
    may_wake.set()
    awake.wait()
    told = [*waking.finish()]
    assert [said.start for said in told] == [0, 0]
    assert [said.text for said in told] == ["stop", "the end"]


def test_the_loop_does_not_wait_for_a_decision_and_is_told_of_all_in_their_order():
    may_decide, decided = Event(), Event()

    class Slow(Parrot):
        def hear(self, chunk, live):
            may_decide.wait()
            decided.set()
            return Parrot.hear(self, chunk, live)

    waking = Waking("parrot", Slow, patient=False)
    told = [said for number in range(3) for said in waking.hear(chunk(number), LIVE)]
    assert told == []
    may_decide.set()
    decided.wait()
    told = [*waking.hear(chunk(3), LIVE), *waking.finish()]
    assert [said.start for said in told] == [0, CHUNK_SAMPLES, 2 * CHUNK_SAMPLES, 3 * CHUNK_SAMPLES, 0]


def test_one_that_hangs_is_late_and_one_that_still_wakes_is_not():
    may_wake, may_go_on, goes_on = Event(), Event(), Event()

    class Hanging(Parrot):
        def hear(self, chunk, live):
            if chunk.start == HANGS * CHUNK_SAMPLES:
                may_go_on.wait()
                goes_on.set()
            return Parrot.hear(self, chunk, live)

    def build():
        may_wake.wait()
        return Hanging()

    waking = Waking("parrot", build, patient=False)
    for number in range(HANGS):
        waking.hear(chunk(number), LIVE)
    assert not waking.is_late()  # it wakes
    may_wake.set()
    waking.finish()
    for number in range(HANGS, 2 * HANGS):
        waking.hear(chunk(number), LIVE)
    assert waking.is_late()
    may_go_on.set()
    goes_on.wait()
    waking.finish()
    assert not waking.is_late()


def test_a_patient_one_misses_nothing_and_waits():
    waking = Waking("parrot", Parrot, patient=True)
    assert [said.start for said in waking.hear(chunk(0), LIVE)] == [0]
    assert [said.start for said in waking.hear(chunk(1), LIVE)] == [CHUNK_SAMPLES]


def test_what_goes_wrong_while_it_wakes_is_told_by_the_first_hearing():
    def build():
        raise HearingError("The model is damaged.")

    with pytest.raises(HearingError, match="damaged"):
        Waking("parrot", build, patient=True).hear(chunk(0), LIVE)
