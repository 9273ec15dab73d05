"""Files that people write: content, routines, grammars, settings, persons. Only our own errors come out."""

import tomllib
from contextlib import suppress
from datetime import time
from pathlib import Path

import tomli_w
from hypothesis import strategies as st

from tests.fuzz.strange import TEXTS, bent, broken, depths, holds
from voicecoach import resources
from voicecoach.content.loading import Reading, missing_words, words_of_variants
from voicecoach.content.models import Content
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.rehearsal.script import PERSONS, load_script
from voicecoach.session.plan import compile_plan, minutes_of
from voicecoach.session.prescribing import doses_of
from voicecoach.settings import load_settings
from voicecoach.toml_places import with_line

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OWN_ROUTINE = README.split("<!-- own routine -->\n```toml\n")[1].split("```")[0]
SETTINGS = """
lang = "en"
recognizer = "auto"
rate_wpm = 150
volume = 1.0
night_begins = 22:00:00
on_alarm = ["program", "argument"]
share_pain = ["page", "mqtt"]
wake_word = "coach"
page_port = 8377
mqtt_name = "coach"
own_routine = "/nowhere.toml"
"""


def files(text: str) -> st.SearchStrategy[bytes]:
    """Give the bytes of a file that was written in a strange way."""
    return st.one_of(bent(tomllib.loads(text)).map(_written), broken(text.encode()))


def _written(data: dict) -> bytes:
    try:
        return tomli_w.dumps(data).encode("utf-8", "surrogatepass")
    except (TypeError, ValueError):
        return repr(data).encode("utf-8", "surrogatepass")


def told(action) -> None:
    """Do something; what is told of it can be shown with its line."""
    try:
        action()
    except VoicecoachError as error:
        for problem in error.problems:
            with_line(problem)


@depths
def test_a_routine_of_ones_own(examples, tmp_path):
    content, path = Content.load("en"), tmp_path / "mine.toml"

    def check(data):
        path.write_bytes(data)
        told(plan)

    def plan():
        both, routine = content.load_routine(path)
        steps = compile_plan(doses_of(both, routine))
        assert minutes_of(steps) >= 0
        for name in both.exercises:
            both.text(f"{name}.announce")

    holds(check, examples, files(OWN_ROUTINE))


@depths
def test_the_content_of_a_language(examples, tmp_path):
    text = (resources.content() / "exercises.toml").read_text(encoding="utf-8")
    words = (resources.content() / "en" / "exercises.toml").read_text(encoding="utf-8")
    numbers, sentences = tmp_path / "exercises.toml", tmp_path / "words.toml"

    def check(data, said):
        numbers.write_bytes(data)
        sentences.write_bytes(said)
        told(read)

    def read():
        reading = Reading()
        prompts = reading.prompts(sentences, reading.toml(sentences))
        exercises = reading.exercises(numbers, reading.toml(numbers), prompts)
        prompts = words_of_variants(exercises, prompts)
        reading.problems += missing_words(exercises, prompts, sentences)
        reading.routines(resources.content() / "routines.toml", exercises, prompts)
        reading.raise_problems()

    holds(check, examples, files(text), files(words))


@depths
def test_a_grammar(examples, tmp_path):
    path = tmp_path / "xx.toml"

    def check(data, said):
        path.write_bytes(data)
        told(lambda: understand(said))

    def understand(said):
        grammar = Grammar.load(path)
        grammar.understand(said)
        with suppress(VoicecoachError):
            grammar.phrases()

    good = """
language = "en"
[intents.start]
sentences = ["start [the] {routine} [routine|session]", "(begin|go) <please>"]
[intents.number]
sentences = ["[my pain is] {score}"]
[lists.routine]
values = ["stretch", {in = "[the] morning", out = "morning"}]
[lists.score]
range = {from = 0, to = 10}
[expansion_rules]
please = "[please|thank you]"
"""
    holds(check, examples, files(good), TEXTS)


@depths
def test_what_is_said(examples):
    grammar = Grammar.load(resources.grammars() / "en.toml")
    korean = Grammar.load(resources.grammars() / "ko.toml")

    def check(said):
        for each in (grammar, korean):
            heard = each.understand(said)
            assert heard is None or heard.name in each.intents

    phrases = sorted(grammar.phrases())
    holds(check, examples, st.one_of(TEXTS, st.text(), st.sampled_from(phrases).flatmap(_misheard)))


def _misheard(phrase):
    return broken(phrase.encode()).map(lambda data: data.decode("utf-8", "replace"))


@depths
def test_settings(examples, tmp_path, monkeypatch):
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("VOICECOACH_SETTINGS", str(path))

    def check(data):
        path.write_bytes(data)
        told(lambda: load_settings().volume_at(time(23)))

    holds(check, examples, files(SETTINGS))


@depths
def test_settings_in_the_environment(examples, monkeypatch, tmp_path):
    monkeypatch.setenv("VOICECOACH_SETTINGS", str(tmp_path / "none.toml"))
    names = (
        "LANG",
        "VOLUME",
        "NIGHT_BEGINS",
        "ON_ALARM",
        "SHARE_PAIN",
        "PAGE_PORT",
        "DATA",
        "MQTT_NAME",
        "MODEL",
    )

    def check(name, value):
        with monkeypatch.context() as patch:
            patch.setenv(f"VOICECOACH_{name}", value)
            told(lambda: load_settings().volume_at(time(23)))

    values = TEXTS.filter(lambda text: "\0" not in text and text.encode("utf-8", "ignore").decode() == text)
    holds(check, examples, st.sampled_from(names), values)


@depths
def test_a_person(examples, tmp_path):
    path, good = tmp_path / "person.toml", (PERSONS / "en_pain.toml").read_text(encoding="utf-8")

    def check(data):
        path.write_bytes(data)
        told(lambda: load_script(path))

    holds(check, examples, files(good))
