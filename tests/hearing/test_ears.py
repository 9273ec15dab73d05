"""What the ears let the recogniser understand, and when."""

import numpy as np
import pytest

from tests.sound.echoes import babble, blocks, path, silence, through
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Transcript
from voicecoach.resources import grammars
from voicecoach.sound.audio import RATE_HZ, AudioChunk, samples_of
from voicecoach.sound.own_voice import SETTLE_SAMPLES, OwnVoice

LIVE = frozenset({"stop", "pain", "next", "yes"})
SAFETY = frozenset({"stop", "pain"})


class Listener:
    """A recogniser that writes down what it was given."""

    name = "listener"

    def __init__(self):
        self.lives = []
        self.sound = []

    def hear(self, chunk, live):
        self.lives.append((chunk.start, live))
        self.sound.append(chunk.samples)
        return []

    def finish(self):
        return []


def ears_with(**knobs):
    return Ears(Listener(), Grammar.load(grammars() / "en.toml"), SAFETY, OwnVoice(**knobs))


def hear(ears, heard, played, spoke_until):
    for part in blocks(len(heard)):
        chunk = AudioChunk(part.start, heard[part], played=played[part])
        ears.hear(chunk, LIVE, spoke_until)
    return ears.recognizer.lives


def live_at(lives, seconds):
    return next(live for start, live in reversed(lives) if start <= samples_of(seconds))


@pytest.fixture(scope="module")
def coach():
    spoken = babble(12, seed=1)
    return np.concatenate([spoken, np.zeros(3 * RATE_HZ, np.float32)])


@pytest.fixture(scope="module")
def echo(coach):
    return through(coach, path()) + silence(len(coach))


UNTIL = samples_of(12)


def test_stop_and_pain_are_heard_over_the_coach_once_its_voice_is_removed(coach, echo):
    lives = hear(ears_with(), echo, coach, UNTIL)
    assert live_at(lives, 1.0) == frozenset()
    assert live_at(lives, 8.0) == SAFETY


def test_everything_is_heard_when_the_coach_has_been_silent_for_a_moment(coach, echo):
    lives = hear(ears_with(), echo, coach, UNTIL)
    assert live_at(lives, 12.1) != LIVE
    assert live_at(lives, 13.0) == LIVE


@pytest.mark.parametrize("removal", ["auto", "off"])
def test_nothing_is_heard_over_a_coach_whose_voice_is_left(coach, removal):
    noise = np.sign(coach) * np.sqrt(np.abs(babble(15, seed=5)))
    lives = hear(ears_with(removal=removal), through(noise, path()) + silence(len(coach)), coach, UNTIL)
    loud = [start for start, _ in lives if (coach[start : start + 512] ** 2).mean() > 1e-4]
    assert len(loud) > 100
    assert {dict(lives)[start] for start in loud} == {frozenset()}
    assert live_at(lives, 14.0) == LIVE


def test_between_two_sentences_stop_is_heard_though_the_voice_is_left(coach, echo):
    pause = coach.copy()
    pause[samples_of(5) : samples_of(7)] = 0
    lives = hear(ears_with(removal="off"), echo, pause, UNTIL)
    assert live_at(lives, 6.9) == SAFETY


def test_who_chooses_so_is_always_heard_over_the_coach(coach, echo):
    assert live_at(hear(ears_with(removal="on"), echo, coach, UNTIL), 0.5) == SAFETY


def test_the_coachs_tail_is_not_taken_for_a_person_however_late_the_devices_are(coach):
    late = through(coach, path(delay_samples=6400)) + silence(len(coach))
    lives = hear(ears_with(), late, coach, UNTIL)
    first = next(start for start, live in lives if live == LIVE)
    assert first >= UNTIL + 6400 + SETTLE_SAMPLES


def test_a_delay_that_the_devices_tell_counts_before_it_is_measured():
    ears = ears_with()
    ears.own_voice.device_delay = samples_of(0.5)
    assert ears.quiet_from(1000) == 1000 + samples_of(0.5) + SETTLE_SAMPLES


def test_the_recogniser_hears_the_cleaned_sound(coach, echo):
    ears = ears_with()
    hear(ears, echo, coach, UNTIL)
    cleaned = np.concatenate(ears.recognizer.sound)[8 * RATE_HZ : 11 * RATE_HZ]
    assert (cleaned**2).mean() < 0.1 * (echo[8 * RATE_HZ : 11 * RATE_HZ] ** 2).mean()


def test_a_recogniser_never_hears_what_nothing_is_listened_for_in(coach, echo):
    ears = ears_with(removal="off")
    hear(ears, echo, coach, UNTIL)
    power = [float((sound**2).mean()) for sound in ears.recognizer.sound]
    deaf = [not live for _, live in ears.recognizer.lives]
    assert max(p for p, is_deaf in zip(power, deaf, strict=True) if is_deaf) < 1e-6
    assert [not live for _, live in hear(ears_with(removal="on"), echo, coach, UNTIL)] != deaf


def test_what_a_lost_device_gives_teaches_nothing(coach, echo):
    ears = ears_with()
    for part in blocks(len(coach)):
        ears.hear(AudioChunk(part.start, echo[part], lost=True, played=coach[part]), LIVE, UNTIL)
    assert ears.own_voice.remover.gain_db is None


def test_a_recogniser_that_is_late_is_trouble_until_it_has_caught_up():
    late = [True, False]
    ears = Ears(Listener(), Grammar.load(grammars() / "en.toml"), SAFETY, is_late=lambda: late[0])
    assert ears.trouble == "recogniser"
    late.pop(0)
    assert ears.trouble is None


class Reader:
    """A recogniser that hears somebody in every chunk and understands nothing of it."""

    name = "reader"

    def __init__(self, *, raised=False):
        self.raised = raised

    def hear(self, chunk, live):
        del live
        return [Transcript("", chunk.start, chunk.end, 0.0, accepted=False, raised=self.raised)]

    def finish(self):
        return []


def said_in(seconds, recognizer, spoke_until=0):
    ears = Ears(recognizer, Grammar.load(grammars() / "en.toml"), SAFETY)
    said = None
    for part in blocks(samples_of(seconds)):
        sound = np.zeros(part.stop - part.start, np.float32)
        (said,) = ears.hear(AudioChunk(part.start, sound, played=sound), LIVE, spoke_until)
    return ears, said


def test_who_talks_on_and_on_does_not_try_to_say_a_command():
    ears, said = said_in(7, Reader())
    assert not ears.is_talk(said)
    ears, said = said_in(9, Reader())
    assert ears.is_talk(said)


def test_who_speaks_up_over_others_does_try():
    ears, said = said_in(9, Reader(raised=True))
    assert not ears.is_talk(said)


def test_what_is_heard_while_the_coach_speaks_may_be_the_coach():
    ears, said = said_in(9, Reader(), spoke_until=samples_of(9))
    assert not ears.is_talk(said)


def test_a_microphone_is_turned_up_within_full_scale():
    ears = ears_with(removal="off")
    ears.gain_db = 20.0
    soft = np.repeat(np.float32([0.05, -0.05, 0.5, 0]), 64)
    ears.hear(AudioChunk(RATE_HZ, soft, played=np.zeros_like(soft)), LIVE, 0)
    assert np.allclose(ears.recognizer.sound[0], np.repeat([0.5, -0.5, 1, 0], 64), atol=0.001)
