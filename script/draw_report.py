"""Draws docs/pictures/report.png: the page of a made-up fortnight with a flare. Needs Debian's poppler-utils.

python script/draw_report.py
"""

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.report.stories import write_ben  # noqa: E402 - from the checkout
from voicecoach.content.models import Content  # noqa: E402
from voicecoach.journal.journal import Journal  # noqa: E402
from voicecoach.report.page import Made, page_of  # noqa: E402
from voicecoach.report.pdf import pdf_of  # noqa: E402
from voicecoach.report.reading import read_report  # noqa: E402
from voicecoach.report.words import load_words  # noqa: E402

LAST_DAY = date(2026, 11, 22)
DOTS_AN_INCH = 110
KEPT = ("-x", "0", "-y", "0", "-W", "910", "-H", "990")
"""The part of the sheet that is not empty, in dots."""


def main() -> None:
    """Write the fortnight, the page and the picture."""
    with tempfile.TemporaryDirectory() as folder:
        with Journal.look(write_ben(Path(folder) / "data")) as journal:
            report = read_report(journal, Content.load("en").exercises, LAST_DAY)
        sheet = Path(folder) / "report.pdf"
        sheet.write_bytes(
            pdf_of(page_of(report, Made(load_words("en"), LAST_DAY, paper="A4"), on_paper=True))
        )
        options = ["-r", str(DOTS_AN_INCH), *KEPT, "-gray", "-png", "-singlefile"]
        picture = ROOT / "docs" / "pictures" / "report"
        subprocess.run(["pdftoppm", *options, sheet, picture], check=True)  # noqa: S603, S607 - our own words


if __name__ == "__main__":
    main()
