"""All that the README claims, measured by one command.

    python -m bench [SECTION …] [--quick] [--voices DIR] [--set DIR] [--json FILE] [--markdown FILE]

Without a section all of them run that have what they need, each in a process of its own. --json keeps the
figures, those of sections that did not run now as they were; --markdown writes what is kept, or what was
measured now, as a page.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from bench import page
from bench.figures import to_data
from bench.machine import busy, describe
from bench.sections import SECTIONS, Asked, Section
from bench.show import to_rich
from voicecoach.errors import VoicecoachError


def main() -> None:
    """Measure what was asked for, and show it."""
    options = arguments()
    chosen = [each for each in SECTIONS if is_chosen(each, options.section)]
    with tempfile.TemporaryDirectory() as folder:
        file = options.json or Path(folder) / "figures.json"
        run = run_here if len(chosen) == 1 else run_apart
        failed = [each.name for each in chosen if not run(each, options, file)]
        kept = read(file)
    Console().print(*(to_rich(title, table) for title, table in (*page.tables(kept), page.runs(kept))))
    if options.markdown:
        options.markdown.write_text(page.page(kept), encoding="utf-8")
    if failed:
        sys.exit(f"bench: not measured to the end: {', '.join(failed)}")


def run_apart(section: Section, options: argparse.Namespace, file: Path) -> bool:
    """Run a section in a process of its own: what another leaves in memory would be counted for it.

    Tells whether it came to its end.
    """
    told = [f"--voices={options.voices}"] if options.voices else []
    told += ["--quick"] * options.quick + [f"--set={each}" for each in options.set]
    command = [sys.executable, "-m", "bench", section.name, *told, "--json", str(file)]
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def run_here(section: Section, options: argparse.Namespace, file: Path) -> bool:
    """Run a section and keep its figures in `file`, or tell what it lacks."""
    asked = Asked(options.voices, tuple(options.set), options.quick)
    if lack := section.lacks(asked):
        sys.stderr.write(f"{section.name}: left out, {lack}\n")
        return True
    kept = read(file)
    for figures in measure(section, asked):
        keep(file, kept | {section.name: figures})
    return True


def measure(section: Section, asked: Asked) -> Iterator[dict[str, Any]]:
    """Run a section; give its figures so far after each, with the machine that gave them."""
    sys.stderr.write(f"{section.name} …\n")
    machine, others, began = describe(), busy(), time.monotonic()
    figures: list[dict[str, Any]] = []
    run = {"machine": machine, "quick": asked.quick, "busy": round(others, 1), "figures": figures}
    for each in section.run(asked):
        sys.stderr.write(f"  {each.who}: {each.what}: {each}\n")
        figures.append(to_data(each, section.aims))
        yield run | {"minutes": round((time.monotonic() - began) / 60, 1), "whole": False}
    yield run | {"minutes": round((time.monotonic() - began) / 60, 1), "whole": True}


def read(file: Path) -> page.Kept:
    """Read the figures that are kept."""
    kept: page.Kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return kept


def keep(file: Path, kept: page.Kept) -> None:
    """Write what was measured so far, so that a long run may be cut off."""
    file.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def is_chosen(section: Section, asked_for: list[str]) -> bool:
    """Tell whether a section or its group was named; all are where none was."""
    return not asked_for or section.name in asked_for or section.group in asked_for


def names() -> list[str]:
    """Name all sections, and the groups of them."""
    found = (name for each in SECTIONS for name in (each.group, each.name) if name)
    return list(dict.fromkeys(found))


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        "python -m bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("section", nargs="*", metavar="SECTION", help=", ".join(names()))
    parser.add_argument("--quick", action="store_true", help="one recording in six, and shorter runs")
    parser.add_argument("--voices", type=Path, help="recordings of people, with a manifest.csv")
    parser.add_argument(
        "--set", type=Path, action="append", default=[],
        help="recordings of your own: labels.csv (path,label) in it, or a folder a phrase, named after it",
    )  # fmt: skip
    parser.add_argument("--json", type=Path, help="keeps the figures, for later runs too")
    parser.add_argument("--markdown", type=Path, help="writes them as a page")
    options = parser.parse_args()
    if unknown := set(options.section) - set(names()):
        parser.error(f"there is no section {', '.join(sorted(unknown))}; there are {', '.join(names())}")
    if options.voices and not (options.voices / "manifest.csv").is_file():
        parser.error(f"--voices: there is no manifest.csv in {options.voices}")
    return options


if __name__ == "__main__":
    try:
        main()
    except VoicecoachError as error:
        sys.exit("\n".join(f"bench: {problem}" for problem in error.problems))
