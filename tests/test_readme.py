from importlib import import_module
from pathlib import Path

import pytest

from voicecoach import resources
from voicecoach.commands import COMMANDS
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
