"""The coach's own prompts, played in a room and listened to: none may be taken for a person's word."""

import subprocess
import sys

import pytest

from voicecoach.commands.parts import build_ears, build_voice
from voicecoach.content.models import Content
from voicecoach.hearing.recognizer import Transcript
from voicecoach.rehearsal.overhearing import Misheard, overhear, spoken_lines
from voicecoach.session.table import SAFETY
from voicecoach.settings import load_settings
from voicecoach.sound.acoustics import Acoustics

LIVE = frozenset(SAFETY)
NEAREST = ("pause.", "pain.score", "pain.leg_or_numb", "pain.offer", "session.rules")
"""Prompts that speak of stop and pain."""


class Believer:
    """A recogniser that takes every loud chunk for a wish to stop, if that is live."""

    name = "believer"

    def hear(self, chunk, live):
        loud = abs(chunk.samples).max() > 0.01 and "stop" in live
        return [Transcript("stop", chunk.start, chunk.end, 1.0, accepted=True)] if loud else []

    def finish(self):
        return []


def test_a_prompt_that_is_taken_for_a_word_is_told():
    settings = load_settings(lang="en", echo="on")
    ears = build_ears(settings)
    ears.recognizer = Believer()
    lines = [("device.hear_again", ["I can hear you again."])]
    found = list(overhear(lines, build_voice(settings), ears, Acoustics(echo_db=10), LIVE))
    assert found[0] == Misheard("device.hear_again", "stop", "stop")


@pytest.mark.parametrize(("lang", "recognizer"), [("en", "moonshine"), ("ko", "vosk")])
def test_no_prompt_about_stop_and_pain_is_taken_for_one(lang, recognizer):
    settings = load_settings(lang=lang, recognizer=recognizer)
    lines = [line for line in spoken_lines(Content.load(lang)) if line[0].startswith(NEAREST)]
    assert len(lines) > 5
    found = list(
        overhear(lines, build_voice(settings), build_ears(settings), Acoustics("living", echo_db=10), LIVE)
    )
    assert found == []


@pytest.mark.full
def test_no_prompt_at_all_is_taken_for_a_word_however_loud_the_coach_is():
    command = [sys.executable, "-m", "voicecoach", "validate", "--heard"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
