"""The command that makes the record into files."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.report.stories import write_ben
from voicecoach.commands.report import report
from voicecoach.errors import VoicecoachError

app = typer.Typer()
app.command()(report)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_table_and_bundle_are_written_for_their_owner_only(tmp_path: Path) -> None:
    data, table, bundle = write_ben(tmp_path / "data"), tmp_path / "a.csv", tmp_path / "b.json"
    result = run("--csv", table, "--fhir", bundle, "--data", data, "--lang", "ko", "--to", "2026-11-12")
    assert result.exit_code == 0
    assert result.stdout.count("is written") == 2
    assert len(table.read_bytes().splitlines()) == 1 + 4 * 3
    assert json.loads(bundle.read_bytes())["language"] == "ko"
    assert {file.stat().st_mode & 0o777 for file in (table, bundle)} == {0o600}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Say what to write"),
        (["--csv", "/nowhere/at/all.csv"], "cannot be written"),
        (["--csv", "x.csv", "--from", "yesterday"], "--from yesterday: that is no day"),
        (["--csv", "x.csv", "--from", "2026-12-02", "--to", "2026-12-01"], "Swap them"),
        (["--csv", "x.csv", "--lang", "xx"], "no report in the language 'xx'"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(tmp_path: Path, arguments: list[str], told: str) -> None:
    error = run(*arguments, "--data", tmp_path).exception
    assert isinstance(error, VoicecoachError)
    assert told in str(error)
