"""The loop with a person who speaks into the coach's words, in a room that echoes."""

from datetime import UTC, datetime

import numpy as np
import pytest

from tests.observers import Log
from tests.sound.echoes import babble
from voicecoach import resources
from voicecoach.coach import Coach
from voicecoach.content.models import Content
from voicecoach.hearing.ears import Ears
from voicecoach.hearing.grammar import Grammar
from voicecoach.hearing.recognizer import Transcript
from voicecoach.rehearsal.experience import done_this_before
from voicecoach.session.events import Heard
from voicecoach.session.session import Session
from voicecoach.session.states import State
from voicecoach.session.table import SAFETY
from voicecoach.sound.acoustics import Acoustics
from voicecoach.sound.audio import AudioClip, samples_of, seconds_of
from voicecoach.sound.room import SimulatedRoom
from voicecoach.speaking.speaker import LISTENING_SECONDS, Speaker

WORD_AT, WORD_SECONDS = 11.0, 0.7


class Mumbler:
    """A voice whose sentences are two seconds of syllables."""

    def synthesize(self, text):
        return AudioClip(babble(2.0, seed=len(text)))


class Listener:
    """A recogniser that understands one phrase at one moment, or nothing at all."""

    name = "listener"

    def __init__(self, phrase=None, at=0.0):
        self.phrase, self.at = phrase, samples_of(at)

    def hear(self, chunk, live):
        if self.phrase is None or not chunk.start <= self.at < chunk.end or "stop" not in live:
            return []
        begun = chunk.start - samples_of(1.0)  # a word of WORD_SECONDS, and the silence after it
        return [Transcript(self.phrase, begun, chunk.start, 1.0, accepted=True)]

    def finish(self):
        return []


class Broken(Listener):
    """A recogniser that fails in the middle of a session."""

    def hear(self, chunk, live):
        if chunk.start > samples_of(3.0):
            raise RuntimeError("the model's memory is gone")
        return super().hear(chunk, live)


class Overdriven:
    """A microphone that is set far too high."""

    def hear(self, person, coach, start):
        del coach, start
        return np.clip(10 * person, -1, 1)


class Morning:
    """A session begun without having been asked, with a person who makes one sound into it."""

    def __init__(self, recognizer, sound=None, acoustics=None):
        self.room = SimulatedRoom(acoustics=acoustics or Acoustics(echo_db=5))
        if sound is not None:
            self.room.put(AudioClip(sound), samples_of(WORD_AT))
        self.diary = Log()
        content = Content.load("en")
        ears = Ears(recognizer, Grammar.load(resources.grammars() / "en.toml"), frozenset(SAFETY))
        session = Session(content, done_this_before(datetime(2026, 1, 1, tzinfo=UTC)))
        speaker = Speaker(self.room.player, Mumbler(), resources.audio(), "en")
        self.coach = Coach(
            session, content, ears, speaker, self.room, (self.diary,), lambda _key, _value: None
        )
        self.ducked = []
        session.start("morning", 0.0)
        for answer in (Heard("number", {"score": 0}), Heard("no"), Heard("no")):
            effects = session.handle(answer, 0.0)
        self.coach._carry_out(effects, 0)

    def live_until(self, seconds):
        while seconds_of(self.coach.position) < seconds:
            self.coach.step()
            if self.room.player.ducked:
                self.ducked.append(seconds_of(self.coach.position))
        return self


@pytest.fixture(scope="module")
def word():
    return babble(WORD_SECONDS, seed=9)


def test_the_coach_is_quieter_while_someone_speaks_into_its_words(word):
    morning = Morning(Listener(), word).live_until(15)
    assert morning.ducked[0] == pytest.approx(WORD_AT + 0.2, abs=0.15)
    assert morning.ducked[-1] == pytest.approx(WORD_AT + WORD_SECONDS + 0.8, abs=0.3)


def test_who_was_not_understood_is_listened_to_in_the_next_pause(word):
    alone, talked_over = Morning(Listener()).live_until(28), Morning(Listener(), word).live_until(28)
    [missed] = talked_over.diary.of("not_heard")
    assert missed["start"] == pytest.approx(WORD_AT, abs=0.2)
    ends = [[said["end"] for said in morning.diary.of("say")] for morning in (alone, talked_over)]
    late = np.array(ends[1]) - np.array(ends[0][: len(ends[1])])
    assert sorted({round(float(each), 3) for each in late}) == [0.0, LISTENING_SECONDS]


def test_a_stop_that_nobody_was_there_to_say_is_no_stop():
    morning = Morning(Listener("stop", WORD_AT + 1.0)).live_until(14)
    assert morning.coach.session.state is not State.PAUSED


def test_nobody_is_listened_to_who_said_nothing():
    morning = Morning(Listener()).live_until(16)
    assert not morning.ducked
    assert not morning.diary.of("not_heard")


def test_who_says_stop_over_the_coach_is_obeyed_and_not_listened_to_again(word):
    morning = Morning(Listener("stop", WORD_AT + 1.0), word).live_until(16)
    assert morning.coach.session.state is State.PAUSED
    assert not morning.diary.of("not_heard")
    assert morning.ducked[-1] < WORD_AT + 1.1


def test_a_recogniser_that_fails_is_told_and_everything_rests():
    morning = Morning(Broken()).live_until(13)
    assert morning.coach.session.state is State.CANNOT_HEAR
    assert [each["action"] for each in morning.diary.of("microphone")] == ["lost"]
    assert "device.cannot_understand" in [said["prompt"] for said in morning.diary.of("say")]


def test_a_level_that_is_far_too_high_is_told_and_the_coach_becomes_softer():
    shouting = np.full(samples_of(3.0), 0.5, np.float32)
    morning = Morning(Listener(), shouting, Overdriven())
    before = morning.room.player.volume
    morning.live_until(WORD_AT + 3)
    assert morning.coach.session.state is State.CANNOT_HEAR
    assert morning.room.player.volume < before
    assert morning.coach.session.today.deaf_by == "clipped"
    morning.live_until(WORD_AT + 7)
    assert morning.coach.session.state is State.PAUSED
