"""The command that writes the times into a calendar file."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.journal.stories import MORNING, NOW, whole_session, write_all
from voicecoach.commands.calendar import calendar
from voicecoach.errors import ReportError
from voicecoach.journal.journal import Journal

app = typer.Typer()
app.command()(calendar)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_it_takes_the_times_that_are_given_else_the_usual_ones(tmp_path: Path) -> None:
    with Journal.open(tmp_path, NOW) as journal:
        write_all(journal, MORNING, whole_session())
    file = tmp_path / "times.ics"
    assert "morning at 07:00, every day" in run(file, "--data", tmp_path).stdout
    assert "evening at 21:30, every day" in run(file, "--evening", "21:30", "--data", tmp_path).stdout
    assert b"T213000" in file.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"), [([], "Say when"), (["--morning", "seven"], "no time of the day")]
)
def test_a_mistake_is_told_in_a_sentence(tmp_path: Path, arguments: list[str], told: str) -> None:
    error = run(tmp_path / "x.ics", *arguments, "--data", tmp_path).exception
    assert isinstance(error, ReportError)
    assert told in str(error)
