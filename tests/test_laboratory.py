"""Rehearsals in a room that echoes, with a television on, as it is at home."""

import numpy as np
import pytest
import soundfile

from tests.rehearsals import PERSONS, Rehearsal
from voicecoach.content.models import Content
from voicecoach.sound.audio import RATE_HZ
from voicecoach.speaking.voices import choose_voice

LANGUAGES = [("en", "moonshine"), ("ko", "vosk")]
READER = {"en": "en-us+f4", "ko": "ko+m5"}


def test_pain_is_heard_while_the_coach_talks_ten_decibels_louder(tmp_path):
    room = ["--room", "living", "--echo", "10", "--person", str(PERSONS / "en_over.toml")]
    heard = Rehearsal(tmp_path / "session", "stretch", "--lang", "en", "--recognizer", "moonshine", *room)
    assert heard.of("heard", intent="pain")
    assert not heard.of("heard", intent="stop")
    assert not heard.of("say", prompt="knees_to_chest.position")[0]["completed"]
    assert heard.of("pain", when="during")[0]["score"] == 6
    assert not heard.of("hold")


@pytest.fixture(scope="module", params=LANGUAGES, ids=["en", "ko"])
def home(request, tmp_path_factory) -> list[str]:
    """Give the arguments for a living room with an echo of +10 dB and another voice that reads."""
    lang, recognizer = request.param
    voice = choose_voice(lang, 170, READER[lang])
    prompts = Content.load(lang).prompts
    lines = [line for name in ("session.rules", "ball.position") for line in prompts.get(name, ())]
    television = tmp_path_factory.mktemp(lang) / "television.wav"
    soundfile.write(television, np.concatenate([voice.synthesize(line).samples for line in lines]), RATE_HZ)
    room = ["--room", "living", "--echo", "10", "--noise", str(television), "--snr", "10"]
    return ["stretch", "--lang", lang, "--recognizer", recognizer, *room]


def story(home, folder, person) -> Rehearsal:
    return Rehearsal(folder / "session", *home, "--person", str(PERSONS / f"{home[2]}_{person}.toml"))


@pytest.mark.full
def test_pain_is_heard_while_the_coach_talks_and_a_television_reads(home, tmp_path):
    heard = story(home, tmp_path, "over")
    pain = heard.of("heard", intent="pain")
    said = heard.of("say", prompt="knees_to_chest.position")
    assert pain
    assert not said[0]["completed"]
    assert heard.of("pain", when="during")[0]["score"] == 6
    assert heard.of("session")[-1]["action"] == "stopped"
    assert not heard.of("hold")


@pytest.mark.full
def test_a_whole_story_of_pain_goes_well_with_echo_and_a_television(home, tmp_path):
    heard = story(home, tmp_path, "pain")
    assert heard.of("pain", when="during")[0]["score"] == 6
    assert [e["name"] for e in heard.of("exercise", action="done")] == ["rotation"]
    assert not heard.of("hold", exercise="knees_to_chest", completed=True)
