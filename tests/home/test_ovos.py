"""The skill for OpenVoiceOS: its intents, its way to the page, and the whole of it in a small OpenVoiceOS."""

import importlib.util
import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tests.home.rooms import House, Pages
from tests.home.test_browser import living
from voicecoach.session.states import State

ROOT = Path(__file__).parent.parent.parent
SKILL = ROOT / "integrations" / "ovos"


def load(path):
    """A module that is in no package of ours."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


coach = load(SKILL / "skill_voicecoach" / "coach.py")
locale = load(ROOT / "script" / "make_ovos_locale.py")


@pytest.mark.parametrize("language", locale.LANGUAGES)
def test_its_intents_are_those_of_the_grammar(language):
    folder = locale.FOLDER / locale.LANGUAGES[language]
    written = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.intent")}
    assert written == locale.intent_files(language)
    said = {path.name for path in folder.glob("*.dialog")}
    assert said == {"not_reached.dialog", "not_now.dialog", "no_session.dialog"}


def test_it_starts_pauses_and_stops_and_sees_what_the_coach_does():
    house = House().begin()
    with Pages(house).served() as server:
        there = coach.Coach(server.url)
        assert there.ask_for("pause") == "taken"
        assert there.ask_for("start", routine="nonsense") == "unknown"
        assert there.ask_for("resume") == "not_now"
        assert there.ask_for("start", routine="morning") == "taken"
        house.steps(3)
        assert there.status()["state"] == "pain_now"
        assert there.ask_for("stop") == "taken"
        house.steps(1)
        assert there.status()["title"] == "Paused"


def test_from_another_machine_it_shows_its_code_once():
    house = House().begin()
    with Pages(house, token="the code").served() as server:  # noqa: S106 - of a test
        there = coach.Coach(server.url, "the code")
        assert there.status()["state"] == "idle"
        assert there.ask_for("start", routine="morning") == "taken"
        for code in ("", "another code"):
            with pytest.raises(coach.NotReachedError):
                coach.Coach(server.url, code).status()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense", "http://"])
def test_a_coach_that_is_not_there_is_told(url):
    with pytest.raises(coach.NotReachedError, match="does not answer"):
        coach.Coach(url).ask_for("pause")


@pytest.mark.full
def test_in_openvoiceos_a_session_is_started_paused_asked_about_and_stopped(tmp_path):
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", f"{SKILL}[tried]"], check=True)
    house = House()
    sentences = [
        *("how many are left", "start the morning routine=pain_now", "pause=paused", "how many are left"),
        *("go on=pain_now", "coach stop=paused", "go on=pain_now", "stop=paused", "coach stop=closing"),
    ]
    with living(house, 1.0), Pages(house).served() as server:
        command = [python, SKILL / "converse.py", server.url, *sentences]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    told = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    spoken = {(one["said"], number): one["spoken"] for number, one in enumerate(told)}
    assert spoken["how many are left", 0] == ["There is no session just now."]
    assert spoken["how many are left", 3] == ["Paused"]
    went = [(event["trigger"], event["to"]) for event in house.record.of("state")]
    for move in (("start", "pain_now"), ("pause", "paused"), ("resume", "pain_now"), ("stop", "paused")):
        assert move in went, (move, told)
    assert house.coach.session.state is State.ENDED
