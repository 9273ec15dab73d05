"""Bad input, through the program as a user starts it: a line a problem, exit code 2, no traceback."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.disks import full_disk
from tests.rehearsals import PERSONS
from voicecoach.__main__ import main
from voicecoach.commands import COMMANDS, build_app

NOTHING = "/nowhere/at/all"


MISTAKES = [
    (["rehearse", "handstands"], "no routine 'handstands'"),
    (["rehearse", "--routine", f"{NOTHING}.toml"], "cannot be read"),
    (["rehearse", "--person", f"{NOTHING}.toml"], "cannot be read"),
    (["rehearse", "--lang", "xx"], "no language 'xx'"),
    (["rehearse", "--recognizer", "parrot"], "recognizer"),
    (["rehearse", "--lang", "ko", "--recognizer", "moonshine"], "English only"),
    (["rehearse", "--recognizer", "vosk", "--model", NOTHING], "no Vosk model"),
    (["listen", f"{NOTHING}.wav"], "cannot be read as a recording"),
    (["listen", "--state", "flying", f"{NOTHING}.wav"], "no state 'flying'"),
    (["listen", "--grammar", f"{NOTHING}.toml", "x.wav"], NOTHING),
    (["doctor", "liver"], "system, storage, voice, hearing, sound"),
    (["say", "Hello.", "--voice", "nonsense"], "has no voice"),
    (["say", "Hello.", "--voice", "joe", "--lang", "ko"], "does not speak 'ko'"),
    (["say", "Hello.", "--voice", f"{NOTHING}.onnx"], "no voice of Piper's"),
    (["say", "", "--out", "x.wav"], "nothing to say"),
    (["say", "Hello.", "--out", f"{NOTHING}.wav"], "cannot be written"),
    (["validate", f"{NOTHING}.toml"], "cannot be read"),
    (["run", "--microphone", f"{NOTHING}.wav"], "--out"),
    (["stand-by", "--lang", "xx"], "no language 'xx'"),
    (["serve", "--lang", "xx"], "no language 'xx'"),
    (["serve", "--data", "a_file"], "a_file cannot be written"),
    (["setup", "--lang", "xx"], "no language 'xx'"),
    (["calibrate", "--lang", "xx"], "language 'xx'"),
    (["wyoming", "--uri", "nonsense"], "nonsense cannot be served"),
    (["wyoming", "--announce"], "nobody but this machine reaches it"),
    (["uninstall-service"], "no service to take away"),
    (["routines", "--lang", "xx"], "no language 'xx'"),
    (["show", "handstand"], "no exercise 'handstand'; choose one of abdominal_contraction"),
    (["new-routine", "a_file"], "is there already"),
    (["validate", "a_file"], "a line is either 'key = value'"),
    (["rehearse", "--routine", "a_file"], "(at line 1, column 3)"),
    (["schema", "--into", "a_file/x"], "cannot be written there"),
    (["profile", "pregnant=maybe"], "pregnant=maybe: write one of pregnant, operated"),
    (["profile", "--data", "a_file"], "a_file is no folder"),
    (["history", "--data", "a_file"], "a_file is no folder"),
    (["report"], "Say what to write"),
    (["report", "--html", "x.html", "--from", "tomorrow"], "--from tomorrow: that is no day"),
    (["report", "--html", "x.html", "--paper", "A5"], "choose one of A4, Letter"),
    (["report", "--csv", f"{NOTHING}.csv"], "cannot be written"),
    (["report", "--csv", "x.csv", "--from", "2026-12-02", "--to", "2026-12-01"], "Swap them"),
    (["calendar", "x.ics"], "Say when"),
    (["export", "a_file"], "is already there"),
    (["import", f"{NOTHING}.jsonl"], "cannot be read"),
    (["import", "a_file"], "line 1: it is no line of an export"),
    (["forget", "--before", "nonsense"], "--before nonsense: that is no day"),
    (["forget", "--data", "a_file", "--yes"], "a_file cannot be written"),
    (["report", "--html", ""], "cannot be written: Is a directory"),
    (["report", "--html", "x.html", "--from", "0001-01-01"], "100 years away"),
    (["calendar", "x.ics", "--morning", "07:00+01:00"], "without a zone"),
    (["rehearse", "--text", "--date", "0001-01-01T00:00"], "no moment of a life"),
    (["rehearse", "--text", "--date", "9999-12-31T23:59"], "no moment of a life"),
    (["rehearse", "--echo", "nan"], "--echo nan: this has to be a number from -100 to 60"),
    (["rehearse", "--echo", "10", "--delay", "-50"], "--delay -50.0: this has to be"),
    (["rehearse", "--drift", "1e9", "--distance", "0"], "--distance 0.0: this has to be"),
    (["rehearse", "--lang", "en", "--person", str(PERSONS / "ko.toml")], "the person speaks 'ko'"),
    (["calibrate", "--lang", "xx"], "choose one of de, en, ko"),
    (["listen", "."], "it is a folder"),
    (["import", "empty_object"], "line 1: it is no line of an export (its 'record' is none of journal,"),
]
"""What is typed, and what is told of it."""

ONLY_OPTIONS = {"devices", "install-service", "service-status", "uninstall-data"}
"""Commands that take nothing that could be wrong but an option that there is not."""


@pytest.mark.parametrize(("arguments", "told"), MISTAKES)
def test_a_mistake_is_told_in_a_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    told: str,
) -> None:
    (tmp_path / "a_file").write_text("x y\n")
    (tmp_path / "empty_object").write_text("{}\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("VOICECOACH_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "argv", ["voicecoach", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    lines = capsys.readouterr().err.splitlines()
    assert ended.value.code == 2, lines
    assert told in " ".join(lines)
    assert all(line.startswith("voicecoach: ") for line in lines)


def test_every_command_has_a_mistake_to_tell() -> None:
    assert {arguments[0] for arguments, _ in MISTAKES} | ONLY_OPTIONS == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_option_that_there_is_not_is_told(name: str) -> None:
    told = CliRunner().invoke(build_app(), [name, "--nonsense"])
    assert told.exit_code == 2
    assert "No such option: --nonsense" in told.output


def test_a_file_with_many_mistakes_is_told_a_line_each(tmp_path: Path) -> None:
    wrong = tmp_path / "mine.toml"
    wrong.write_text('exercises = ["handstand", { exercise = "rotation", repetitions = 300 }]\nwings = 2\n')
    lines = told_by("validate", str(wrong)).splitlines()
    assert lines == [
        f"voicecoach: {wrong}, line 1: exercises.1.repetitions: this may be at most 30.",
        f"voicecoach: {wrong}, line 2: wings: this key is not known here; check its spelling.",
    ]


BEGIN = 'exercises = ["rotation"'
PERSON = 'language = "en"\nvoice = "en-us"\n'
WRONG = [
    ("validate", "exercises = " + "[" * 3000 + "]" * 3000, "stand too deep within each other"),
    ("validate", BEGIN + ', "rotation"' * 30 + "]", "exercises: there may be 30 at most."),
    ("validate", f'name = "{"x" * 101}"\n{BEGIN}]', "name: this may have 100 letters at most."),
    ("validate", BEGIN + ', { exercise = "rotation", repetitions = true }]', "this must be a whole number."),
    ("validate", BEGIN + ', { exercise = "rotation", hold_seconds = "5" }]', "this must be a number."),
    ("validate", BEGIN + ', { exercise = "rotation", hold_seconds = nan }]', "this may be at most 60."),
    ("person", PERSON + '[[lines]]\nafter = "no.prompt"\nsay = "go"', "there is no prompt 'no.prompt'"),
    ("person", PERSON + '[[lines]]\nat_seconds = inf\nsay = "go"', "this may be at most 86400."),
    ("person", PERSON + "times = 3\nlines = []", "times: this key belongs elsewhere in the file."),
    ("settings", "volume = nan", "'volume' cannot be used: this may be at most 2."),
    ("settings", "wings = 1", "'wings' cannot be used: this key is not known here; check its spelling."),
    ("settings", 'share_pain = "all"', "this must be a list in square brackets."),
    ("settings", "button_pin = -4", "this must be at least 0."),
    ("settings", "on_alarm = [1]", "'on_alarm.0' cannot be used: this must be text in quotes. Mend it"),
]


@pytest.mark.parametrize(("kind", "text", "told"), WRONG)
def test_what_does_not_fit_in_a_file_is_told_in_plain_words(
    tmp_path: Path, kind: str, text: str, told: str
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    commands = {
        "validate": ["validate", str(file)],
        "person": ["rehearse", "--text", "--person", str(file)],
        "settings": ["routines"],
    }
    used = str(file if kind == "settings" else tmp_path / "none.toml")
    lines = told_by(*commands[kind], VOICECOACH_SETTINGS=used).splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("voicecoach: ")
    assert told in lines[0]


def test_files_as_windows_writes_them_are_read(tmp_path: Path) -> None:
    texts = {"routine.toml": 'exercises = ["rotation"]\nwings = 2\n', "settings": "volume = 1.0\nwings = 2\n"}
    for kind, text in texts.items():
        (tmp_path / kind).write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert "line 2: wings: this key is not known" in told_by("validate", str(tmp_path / "routine.toml"))
    told = told_by("routines", VOICECOACH_SETTINGS=str(tmp_path / "settings"))
    assert told.startswith("voicecoach: The setting 'wings' cannot be used")


def test_a_wake_word_that_is_none_is_told_by_the_settings_name(tmp_path: Path) -> None:
    told = told_by("stand-by", VOICECOACH_WAKE_WORD="(", VOICECOACH_DATA=str(tmp_path))
    assert told.startswith("voicecoach: The setting 'wake_word' is '('")


def told_by(*arguments: str, **env: str) -> str:
    """Run the program to its failure, and give what it told: whole lines, exit code 2, no traceback."""
    command = [sys.executable, "-m", "voicecoach", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **env})
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_cache_in_which_nothing_can_be_written_is_told_by_setup() -> None:
    told = told_by("setup", "--no-download", VOICECOACH_CACHE="/proc/voicecoach")
    assert told.startswith("voicecoach: /proc/voicecoach/clips: speech cannot be kept there")
    assert "VOICECOACH_CACHE" in told


def test_a_full_disk_is_told_by_setup_and_by_say(tmp_path: Path) -> None:
    with full_disk():
        assert "cannot be kept" in told_by("setup", "--no-download", VOICECOACH_CACHE=str(tmp_path))
        told = told_by("say", "Hello.", "--out", str(tmp_path / "x.wav"), VOICECOACH_CACHE=str(tmp_path))
    assert told.startswith("voicecoach: ")


def test_a_machine_without_portaudio_is_told_which_package_to_get(tmp_path: Path) -> None:
    library = tmp_path / "sounddevice.py"
    library.write_text('raise OSError("PortAudio library not found")\n')  # what sounddevice does
    root = Path(__file__).parent.parent.parent
    for command in (["say", "Hello."], ["devices"], ["run", "morning", "--data", str(tmp_path)]):
        told = told_by(*command, PYTHONPATH=f"{tmp_path}:{root}")
        assert "PortAudio is not installed; on Debian: sudo apt install libportaudio2" in told, command
