"""The command that shows an exercise."""

from pathlib import Path

import typer
from typer.testing import CliRunner

from voicecoach.commands.show import show
from voicecoach.errors import ReportError


def test_it_writes_a_page_in_the_language_asked_for(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(show)
    page = tmp_path / "page.html"
    result = CliRunner().invoke(app, ["rotation", "--html", str(page), "--lang", "ko"])
    assert result.exit_code == 0, result.output
    assert '<html lang="ko">' in page.read_text(encoding="utf-8")
    assert isinstance(CliRunner().invoke(app, ["handstand", "--html", str(page)]).exception, ReportError)
