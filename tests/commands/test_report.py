"""The command that makes the record into files."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from tests.report.stories import write_ben
from voicecoach.commands.report import report
from voicecoach.errors import ReportError, VoicecoachError
from voicecoach.extras import requires

app = typer.Typer()
app.command()(report)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_all_four_files_are_written_for_their_owner_only(tmp_path: Path) -> None:
    data = write_ben(tmp_path / "data")
    page, sheet, table, bundle = files = [tmp_path / name for name in ("a.html", "a.pdf", "a.csv", "b.json")]
    options = [
        each for pair in zip(("--html", "--pdf", "--csv", "--fhir"), files, strict=True) for each in pair
    ]
    result = run(*options, "--data", data, "--lang", "ko", "--to", "2026-11-12", "--paper", "letter")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("is written") == 4
    assert "@page { size: Letter; }" in page.read_text(encoding="utf-8")
    assert sheet.read_bytes().startswith(b"%PDF-")
    assert len(table.read_bytes().splitlines()) == 1 + 4 * 3
    assert json.loads(bundle.read_bytes())["language"] == "ko"
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Say what to write"),
        (["--csv", "/nowhere/at/all.csv"], "cannot be written"),
        (["--csv", "x.csv", "--from", "yesterday"], "--from yesterday: that is no day"),
        (["--csv", "x.csv", "--from", "2026-12-02", "--to", "2026-12-01"], "Swap them"),
        (["--csv", "x.csv", "--paper", "napkin"], "choose one of A4, Letter"),
        (["--csv", "x.csv", "--lang", "xx"], "no report in the language 'xx'"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(tmp_path: Path, arguments: list[str], told: str) -> None:
    error = run(*arguments, "--data", tmp_path).exception
    assert isinstance(error, VoicecoachError)
    assert told in str(error)


def test_a_missing_package_is_a_line_with_the_fix() -> None:
    with (
        pytest.raises(ReportError, match=r"A PDF needs the package no_such_package.*pip install"),
        requires("report", "A PDF", ReportError),
    ):
        import no_such_package  # type: ignore[import-not-found] # noqa: F401, PLC0415
    with (
        pytest.raises(ReportError, match=r"A PDF needs a library.*apt install"),
        requires("report", "A PDF", ReportError),
    ):
        raise OSError("cannot load library 'libpango-1.0-0'")
    with (
        pytest.raises(ReportError, match=r"A room needs a library.*pip install .*\[lab\]"),
        requires("lab", "A room", ReportError),
    ):
        raise OSError("cannot load library 'librooms.so'")
