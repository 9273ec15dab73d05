import re
from importlib import import_module
from pathlib import Path

import pytest
from typer.testing import CliRunner

from voicecoach import resources
from voicecoach.commands import COMMANDS, build_app
from voicecoach.commands.parts import load_grammar
from voicecoach.commands.schema import Kind, text_of
from voicecoach.content.models import Content
from voicecoach.session.plan import WORK, compile_plan
from voicecoach.session.prescribing import doses_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def filling(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "script"))
    return import_module("fill_readme")


def test_the_state_diagram_is_the_tables(filling):
    page = (ROOT / "docs" / "session.md").read_text(encoding="utf-8")
    assert filling.fill_diagram(page) == page, "run: python script/fill_readme.py"


def test_what_can_be_said_is_the_grammars(filling):
    assert filling.fill_sayings(README) == README, "run: python script/fill_readme.py"
    assert set(filling.MEANINGS) == set(load_grammar("en").intents)


def test_the_figures_are_those_that_the_bench_wrote(filling):
    assert filling.fill_figures(README) == README, "run: python script/fill_readme.py"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command):
    assert f"`{command}" in README or f"voicecoach {command}" in README


def test_the_test_command_of_the_readme_is_what_ci_runs():
    assert README.split("```sh\n")[2].splitlines()[0] == "script/test"
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().splitlines()[-1] == "script/test"


def test_the_routine_of_the_readme_can_be_done(tmp_path):
    text = README.split("<!-- own routine -->\n```toml\n")[1].split("```")[0]
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    content, routine = Content.load("en").load_routine(tmp_path / "mine.toml")
    turns = [
        s.side
        for s in compile_plan(doses_of(content, routine))
        if s.exercise == "one_knee" and s.state in WORK
    ]
    assert turns == ["left", "right", "left", "right"]


@pytest.mark.parametrize("kind", sorted(set(Kind) - {Kind.SETTINGS}))
def test_the_shipped_schemas_are_the_models(kind):
    shipped = (resources.PACKAGE / "schemas" / f"{kind.value}.json").read_text(encoding="utf-8")
    assert shipped == text_of(kind) + "\n", "run: python -m voicecoach schema --into voicecoach/schemas"


SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
QUOTED = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", README, flags=re.DOTALL))
CALLS = [
    (found[1], found[2])
    for line in (*SHELL.splitlines(), *QUOTED)
    if (found := re.search(r"^voicecoach ([a-z][a-z-]*)([^#]*)", line))
]
"""What is called as a command, and what follows it."""
OPTION = re.compile(r"(?<![\w-])--[a-z-]+")


def options_of(command):
    """Give every option of a command, as its help has them."""
    shown = CliRunner().invoke(build_app(), [command, "--help"], env={"COLUMNS": "200"})
    assert shown.exit_code == 0, command
    return set(OPTION.findall(shown.output))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_in_the_readme_exists(command):
    told = {option for name, rest in CALLS if name == command for option in OPTION.findall(rest)}
    assert told <= options_of(command)


def test_every_command_in_the_readme_exists():
    assert {name for name, _ in CALLS} <= set(COMMANDS)


def test_every_option_in_the_readme_is_one_of_some_command():
    ours = set().union(*(options_of(command) for command in COMMANDS)) | {"--version"}
    others = {"--require-hashes", "--disable-pip", "--user", "--voices"}  # of pip-audit, systemctl and bench/
    assert {option for part in QUOTED for option in OPTION.findall(part)} - others <= ours


def test_every_script_and_file_that_the_readme_names_is_there():
    named = re.findall(r"(?<![\w/])(?:script|bench|docs|voicecoach|grammars)/[\w./-]*\w", README)
    missing = {name for name in named if not (ROOT / name).exists() and "xx" not in name}
    assert missing == set()
