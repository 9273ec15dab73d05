"""Whole sessions through the program as a user starts it, every second of them held to the record."""

from collections import deque

import pytest
import soundfile

from tests.rehearsals import PERSONS, Rehearsal
from voicecoach.errors import VoicecoachError
from voicecoach.journal.events import read_events
from voicecoach.rehearsal.person import SimulatedPerson
from voicecoach.rehearsal.script import ANSWERS_SECONDS, Line, Script, load_script
from voicecoach.rehearsal.text import TextRoom, silence_of
from voicecoach.sound.audio import RATE_HZ

ORDER = ["abdominal_contraction", "ball_alternation", "knees_to_chest", "rotation"]


@pytest.fixture(scope="module", params=[("en", "moonshine"), ("ko", "vosk")], ids=["en", "ko"])
def morning(request, tmp_path_factory) -> Rehearsal:
    lang, recognizer = request.param
    folder = tmp_path_factory.mktemp(lang) / "session"
    return Rehearsal(folder, "morning", "--lang", lang, "--recognizer", recognizer)


def test_a_whole_morning_is_done_and_every_exercise_of_it(morning):
    assert morning.of("session")[-1]["action"] == "done"
    assert [event["name"] for event in morning.of("exercise", action="done")] == ORDER


def test_each_hold_lasts_its_seconds_and_each_second_is_counted(morning):
    spans = morning.of("hold", completed=True)
    assert len(spans) == 10 + 5 + 4
    for span in spans:
        assert span["end"] - span["start"] == pytest.approx(span["seconds"], abs=0.01)
        counted = [
            (e["t"] - span["start"], e["n"])
            for e in morning.of("count")
            if span["start"] <= e["t"] < span["end"]
        ]
        expected = [(span["seconds"] - n, n) for n in range(int(span["seconds"]), 0, -1)]
        assert [n for _, n in counted] == [n for _, n in expected]
        assert [at for at, _ in counted] == pytest.approx([at for at, _ in expected], abs=0.01)


def test_the_sides_are_equal(morning):
    turns = [span["side"] for span in morning.of("hold", exercise="rotation", completed=True)]
    assert turns == ["left", "right", "left", "right"]
    moves = morning.of("move", exercise="ball_alternation", completed=True)
    assert [move["side"] for move in moves] == ["left", "right"] * 6
    assert all(move["end"] - move["start"] == pytest.approx(5, abs=0.01) for move in moves)


def test_the_pause_and_the_question_were_heard(morning):
    assert morning.of("heard", intent="pause")
    assert morning.of("heard", intent="resume")
    assert morning.of("heard", intent="how_many")
    assert morning.of("say", prompt="answer.left_reps")


def test_the_record_is_in_the_published_format_and_its_time_never_falls(morning):
    events = list(read_events(morning.folder / "events.jsonl"))
    assert len(events) == len(morning.events)
    times = [event["t"] for event in morning.events]
    assert times == sorted(times)


def test_nothing_was_heard_that_was_not_said(morning):
    script = {"start", "number", "no", "yes", "ready", "how_many", "pause", "resume"}
    assert {event["intent"] for event in morning.of("heard")} == script


def test_the_recording_holds_the_coach_on_the_left_and_the_person_on_the_right(morning):
    sound, rate_hz = soundfile.read(morning.folder / "session.wav")
    length = len(sound) / rate_hz
    assert length == pytest.approx(morning.events[-1]["t"], abs=0.5)
    for event in morning.of("heard"):
        part = sound[int(event["start"] * rate_hz) : int(event["end"] * rate_hz)]
        assert abs(part[:, 1]).max() > 0.05
    for event in morning.of("count"):
        at = int(event["t"] * rate_hz)
        assert abs(sound[at : at + rate_hz // 2, 0]).max() > 0.05
        assert abs(sound[at : at + rate_hz // 2, 0]).max() <= 1.0


@pytest.mark.parametrize(("person", "recognizer"), [("en_pain", "moonshine"), ("ko_pain", "vosk")])
def test_pain_that_gets_worse_leaves_the_exercise_out_and_the_next_is_done(tmp_path, person, recognizer):
    lang = person[:2]
    story = Rehearsal(
        tmp_path / "session",
        "stretch",
        "--lang",
        lang,
        "--recognizer",
        recognizer,
        "--person",
        str(PERSONS / f"{person}.toml"),
    )
    assert story.of("heard", intent="pain")
    assert story.scores("during") == [6]
    assert [(e["name"], e["reason"]) for e in story.of("exercise", action="skipped")] == [
        ("knees_to_chest", "pain")
    ]
    assert [e["name"] for e in story.of("exercise", action="done")] == ["rotation"]
    assert not story.of("hold", exercise="knees_to_chest", completed=True)


def test_who_is_said_back_another_score_objects_and_is_asked_again(tmp_path):
    script = (PERSONS / "en_pain.toml").read_text(encoding="utf-8")
    slip = tmp_path / "slip.toml"  # means six, and is heard as five
    slip.write_text(script.replace('say = "six"', 'say = "five"'), encoding="utf-8")
    story = Rehearsal(tmp_path / "session", "stretch", "--text", "--person", str(slip))
    assert [event["text"] for event in story.of("heard", intent="correct")] == ["that's wrong"] * 4
    assert len(story.of("say", prompt="pain.score")) == 1 + 4
    assert story.scores("during") == [5]
    assert story.of("session")[-1]["action"] == "done"


def test_a_person_who_has_given_up_is_not_waited_for_without_end():
    script = load_script(PERSONS / "en.toml")
    person = SimulatedPerson(script, TextRoom(), lambda line: silence_of(line.say))
    with pytest.raises(VoicecoachError, match="nothing more for half an hour"):
        deque(iter(person.read, None), maxlen=0)
    assert person.room.position > 29 * 60 * RATE_HZ


def test_a_person_who_was_not_understood_lets_the_coach_ask_again_first():
    script = Script(language="en", voice="en-us+m3", lines=(Line(say="four", after="before.pain"),))
    person = SimulatedPerson(script, TextRoom(), lambda line: silence_of(line.say))
    asked = {"kind": "say", "prompt": "before.pain", "text": "", "completed": True, "end": 0.0}
    person.happened(asked)
    listen_until(person, 4.0)
    person.saying("not_understood.short", 4.0, 7.0)
    listen_until(person, 20.0)
    first, second = (start for start, _, _ in person.said[:2])
    assert first == pytest.approx(ANSWERS_SECONDS, abs=0.1)
    assert second == pytest.approx(7.0 + ANSWERS_SECONDS, abs=0.1)


def listen_until(person: SimulatedPerson, seconds: float) -> None:
    while person.room.position < seconds * RATE_HZ:
        person.read()
