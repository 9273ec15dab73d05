"""Fills the README's parts that come from the program: python script/fill_readme.py [SESSION_FOLDER].

The state diagram is printed from the table; with a rehearsal's folder, the sample transcript is taken
from it.
"""

import re
import sys
from pathlib import Path

from voicecoach.session.diagram import draw

README = Path(__file__).resolve().parent.parent / "README.md"
SAMPLE_LINES = 34


def fill(text: str, part: str, body: str) -> str:
    """Give `text` with what stands between the comments of `part` replaced."""
    return re.sub(
        rf"(<!-- {part} -->\n).*?(<!-- /{part} -->)",
        lambda found: found[1] + body + found[2],
        text,
        flags=re.DOTALL,
    )


def fill_diagram(text: str) -> str:
    """Give the README with the diagram as the table has it now."""
    return fill(text, "diagram", f"```mermaid\n{draw()}\n```\n")


def main() -> None:
    """Fill the README in its place."""
    text = fill_diagram(README.read_text(encoding="utf-8"))
    if len(sys.argv) > 1:
        lines = (Path(sys.argv[1]) / "transcript.txt").read_text(encoding="utf-8").splitlines()
        sample = "\n".join(lines[:SAMPLE_LINES])
        text = fill(text, "transcript", f"```\n{sample}\n         …\n```\n")
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
