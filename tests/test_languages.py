"""German, which is data only: read as text and spoken by espeak-ng. No recogniser was tried with it."""

import shutil

import numpy as np
import pytest
from typer.testing import CliRunner

from tests.rehearsals import PERSONS, Rehearsal
from tests.session.conversation import begin
from voicecoach import resources
from voicecoach.commands import build_app
from voicecoach.commands.parts import languages, load_grammar
from voicecoach.commands.translation import missing_in
from voicecoach.content.models import Content
from voicecoach.errors import ContentError, VoicecoachError
from voicecoach.hearing.grammar import Grammar
from voicecoach.home.listening import load_standby_grammar
from voicecoach.rehearsal.script import load_script, person_who_speaks
from voicecoach.session.table import TRANSITIONS, TRIGGERS
from voicecoach.speaking.voices import choose_voice


@pytest.mark.parametrize("language", languages())
def test_nothing_is_missing(language):
    assert missing_in(language) == []


@pytest.mark.parametrize("language", languages())
def test_every_phrase_means_one_thing_whatever_its_case(language):
    for grammar in (load_grammar(language), load_standby_grammar(language)):
        for phrase, intent in grammar.phrases().items():
            meant = grammar.understand(f"{phrase.capitalize()}.")
            assert meant is not None, phrase
            assert meant.name == intent


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        ("Starte die Morgenübungen", "start", {"routine": "morning"}),
        ("Knie zur Brust beginnen", "start", {"routine": "knees_to_chest"}),
        ("stopp!", "stop", {}),
        ("Die Schmerzen werden stärker.", "pain", {}),
        ("Mein Bein ist taub", "numb", {}),
        ("vielleicht 7", "number", {"score": 7}),
        ("acht von zehn", "number", {"score": 8}),
    ],
)
def test_german_is_understood_by_text(text, intent, slots):
    meant = load_grammar("de").understand(text)
    assert meant is not None
    assert (meant.name, meant.slots) == (intent, slots)


def test_a_whole_german_morning_is_said_without_a_word_of_english():
    content = Content.load("de")
    talk = begin(content).to_its_end()
    assert talk.notes("session")[-1]["action"] == "done"
    english = {sentence for sentences in Content.load("en").prompts.values() for sentence in sentences}
    said = {sentence for prompt in talk.prompts() for sentence in content.prompts[prompt]}
    assert said & english == set()


def test_numbers_are_said_as_in_german():
    content = Content.load("de")
    assert content.text("number.21") == ("einundzwanzig",)
    assert content.text("answer.left_time", minutes=1) == ("Etwa eine Minute.",)


def test_every_row_of_the_table_can_be_said_in_german():
    assert {key for _, key in TRANSITIONS} - set(TRIGGERS) <= set(load_grammar("de").intents)


def test_espeak_speaks_german_otherwise_than_english():
    line = "Leg dich auf den Rücken."
    german, english = (choose_voice(language, 160).synthesize(line).samples for language in ("de", "en"))
    assert len(german) > 8000
    assert np.abs(german).max() > 0.1
    assert len(german) != len(english)


@pytest.mark.parametrize(("story", "left_out"), [("de", []), ("de_pain", ["knees_to_chest"])])
def test_a_german_person_goes_through_a_session_in_text(tmp_path, story, left_out):
    person = str(PERSONS / f"{story}.toml")
    told = Rehearsal(tmp_path / "session", "stretch", "--lang", "de", "--text", "--person", person)
    assert [event["name"] for event in told.of("exercise", action="skipped")] == left_out
    assert told.of("session", action="done")
    assert not told.of("not_heard")


@pytest.mark.parametrize("story", ["", "_pain", "_over", "_calibrate"])
@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_same_persons_who_say_what_it_understands(language, story):
    grammar = load_grammar(language)
    for line in load_script(person_who_speaks(language, story)).lines:
        assert line.say == "{routine}" or grammar.understand(line.say), line.say


@pytest.mark.parametrize(
    "command", ["rehearse", "run", "serve", "stand-by", "listen nothing.wav", "calibrate", "setup"]
)
def test_a_language_that_nobody_hears_yet_is_told_with_where_models_are(command, monkeypatch, tmp_path):
    monkeypatch.setenv("VOICECOACH_DATA", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    told = CliRunner().invoke(build_app(), [*command.split(), "--lang", "de"]).exception
    assert isinstance(told, VoicecoachError)
    (problem,) = told.problems
    assert "no Vosk model for 'de'" in problem
    assert "https://alphacephei.com/vosk/models" in problem
    assert "--model" in problem


@pytest.fixture
def half_done(tmp_path, monkeypatch):
    """A language whose content was copied and cut, without grammars for it."""
    folder = tmp_path / "content"
    shutil.copytree(resources.content(), folder)
    shutil.copytree(folder / "en", folder / "xx")
    prompts = (folder / "xx" / "prompts.toml").read_text(encoding="utf-8")
    cut = prompts.replace("[ready]\nask =", "[ready]\nasked =").replace("{reps:number}", "{many:number}")
    (folder / "xx" / "prompts.toml").write_text(cut, encoding="utf-8")
    monkeypatch.setattr(resources, "content", lambda: folder)


@pytest.mark.usefixtures("half_done")
def test_what_a_new_language_lacks_is_listed():
    told = CliRunner().invoke(build_app(), ["validate", "--lang", "xx"]).exception
    assert isinstance(told, VoicecoachError)
    problems = "\n".join(told.problems)
    assert "content/xx: there is no prompt 'ready.ask'" in problems
    assert "rep.progress: its braces differ" in problems
    assert "grammars/xx.toml" in problems
    assert "standby/xx.toml" in problems


def test_a_language_without_a_person_is_told_how_to_get_one():
    with pytest.raises(ContentError, match=r"speaks 'xx' yet. Write one like .*en_pain.toml"):
        person_who_speaks("xx", "_pain")


def test_a_language_that_was_not_begun_is_told_how_to_begin():
    told = CliRunner().invoke(build_app(), ["validate", "--lang", "xy"]).exception
    assert "copy" in str(told)


def test_a_complete_one_is_told_together_with_who_hears_it():
    told = CliRunner().invoke(build_app(), ["validate", "--lang", "de"])
    assert "nothing is missing in 'de'" in told.output
    assert isinstance(load_grammar("de"), Grammar)
