"""The help, and how little of the program it needs."""

import subprocess
import sys
from importlib import import_module

import pytest
from rich.text import Text
from typer.testing import CliRunner

import voicecoach
from voicecoach.commands import COMMANDS, _load, build_app


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_tells_of_a_command_what_its_docstring_does(name):
    module, _, function = COMMANDS[name].place.partition(":")
    docstring = getattr(import_module(f"voicecoach.commands.{module}"), function).__doc__
    assert docstring.split("\n\n")[0] == COMMANDS[name].summary
    shown = CliRunner().invoke(build_app(), [name, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0
    assert COMMANDS[name].summary in shown.output
    assert f"{name} [OPTIONS]" in shown.output


def test_the_help_lists_every_command_in_its_panel():
    shown = CliRunner().invoke(build_app(), ["--help"], env={"COLUMNS": "200"}).output
    for name, entry in COMMANDS.items():
        panel = shown.partition(f"─ {entry.panel} ─")[2].partition("╰")[0]
        assert f"│ {name} " in panel
        assert entry.summary in panel


@pytest.mark.parametrize("name", COMMANDS)
def test_no_word_of_an_options_help_is_taken_for_markup(name):
    for option in _load(name).params:
        told = getattr(option, "help", None) or ""
        assert Text.from_markup(told).plain == told.replace("\\[", "["), option.name


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_no_command(option):
    look = (
        "import sys; from voicecoach.__main__ import main\n"
        f"sys.argv[1:] = ['{option}']\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stderr.split() if name.startswith("voicecoach")}
    assert loaded == {"voicecoach", "voicecoach.__main__", "voicecoach.commands", "voicecoach.errors"}
    assert "pydantic" not in done.stderr.split()


def test_the_version_is_told():
    assert CliRunner().invoke(build_app(), ["--version"]).output == f"voicecoach {voicecoach.__version__}\n"


def test_a_mistyped_command_is_told_with_the_one_meant():
    told = CliRunner().invoke(build_app(), ["histry"])
    assert told.exit_code == 2
    assert "Did you mean 'history'?" in told.output
