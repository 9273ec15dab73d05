"""docs/record.md says what the table has."""

from pathlib import Path

from voicecoach.report.table import COLUMNS

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "record.md"


def test_every_column_of_the_table_is_in_the_document_with_its_meaning() -> None:
    rows = [line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    assert rows == [f"| `{name}` | {meaning} |" for name, meaning in COLUMNS.items()]
