"""A damaged journal is told by whichever command opens it first, since nobody can tell it afterwards."""

import pytest
from typer.testing import CliRunner

from voicecoach.commands import build_app
from voicecoach.journal.database import FILE_NAME

OPENING = (["profile", "has_ball=yes"], ["forget", "--yes"])


@pytest.mark.parametrize("command", OPENING)
def test_that_a_damaged_journal_was_kept_aside_is_told_once(tmp_path, command):
    (tmp_path / FILE_NAME).write_bytes(b"no journal at all, " * 400)
    first, second = (CliRunner().invoke(build_app(), [*command, "--data", str(tmp_path)]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert first.stderr.startswith("The journal was damaged. It is kept as ")
    assert first.stderr.count("\n") == 1
    assert second.stderr == ""
