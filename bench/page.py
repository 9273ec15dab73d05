"""What was measured as tables: for the terminal and as a page in Markdown. Pure."""

from collections.abc import Iterator
from typing import Any

from bench.figures import Table, from_data, lay, to_markdown
from bench.sections import SECTIONS

IN_SHORT = (
    "words: likeliest right, accepted or not",
    "words: accepted right",
    "words: something else accepted",
    "words: wait after the words, median",
    "words, vacuum cleaner 6 dB: accepted right",
    "words, living, 1.75 m: accepted right",
    "phrases: likeliest right, accepted or not",
    "digits: likeliest right, accepted or not",
    "digits: accepted right",
    "other words: something else accepted",
    "background: accepted, normal lane",
    "background: accepted, safety lane",
    "coffee, kitchen 6 to 24 dB: accepted right",
    "living, echo 10 dB, stop: heard",
    "living, echo 10 dB, phrases: heard",
    "living, echo 10 dB: stops that nobody said",
    "stop while it speaks: last sound after the word, median",
    "stop between two counts: last sound after the word, median",
    "from count to count: error, median",
    "run: from its start to the first words",
    "hearing the session: computing",
)
"""What the README shows."""
SHORT = "<!-- short -->\n{}\n<!-- /short -->\n"

Kept = dict[str, Any]
"""What runs gave, by section: the machine, the circumstances and the figures."""
HEAD = """# Figures

Written by the bench, which measures what the README claims; nothing in it passes or fails:

    python -m bench --voices DIR --json FILE.json --markdown docs/bench.md

`python -m bench --help` lists the sections, each of which runs alone; `--quick` takes one recording in six.
"Accepted" is what the coach would have acted on; the likeliest phrase counts as right even where it did not.
Computing is processor time against the length of the sound; waiting is from the end of the words to the
answer, computing included. "Others busy" is how many processes wanted a core when a section began: where that
is more than there are cores, waits and processor times are longer than the coach's own.
A section that is cut off lacks the sets that came last in it.
"""


def tables(kept: Kept) -> Iterator[tuple[str, Table]]:
    """Give what there is, a table a title, side by side who is compared."""
    for title in dict.fromkeys(each.title for each in SECTIONS):
        sections = [each for each in SECTIONS if each.title == title and each.name in kept]
        figures = [from_data(data) for each in sections for data in kept[each.name]["figures"]]
        aims = {what: aim for each in sections for what, aim in each.aims.items()}
        if figures:
            yield title, lay(figures, aims)


RUN_COLUMNS = ("section", "when", "commit", "minutes", "others busy", "recordings", "cores", "processor")


def run_rows(kept: Kept) -> list[tuple[str, ...]]:
    """Give a row a section that ran."""
    rows = []
    for name, run in kept.items():
        machine, cut = run["machine"], "" if run["whole"] else ", cut off"
        some = "one in six" if run["quick"] else "all"
        when = (machine["when"], machine["commit"], f"{run['minutes']}{cut}", str(run["busy"]))
        rows.append((name, *when, some, machine["cores"], machine["processor"]))
    return rows


MACHINE = ("processor", "memory", "system", "python", "parts")


def runs(kept: Kept) -> tuple[str, Table]:
    """Tell when, where and how long each section ran."""
    return "Runs", Table(RUN_COLUMNS, tuple(run_rows(kept)))


def in_short(kept: Kept) -> Table:
    """Give what counts most: the coach's figure, what others come to, and what it should be."""
    rows = []
    laid = [table for _, table in tables(kept)]
    for what in IN_SHORT:
        for table in laid:
            rows += [_shorten(table, row) for row in table.rows if row[0] == what and row[2]]
    return Table(("measured", "voicecoach", "others", "aim"), tuple(rows))


def _shorten(table: Table, row: tuple[str, ...]) -> tuple[str, ...]:
    what, count, ours, *others, aim = row
    named = zip(table.columns[3:-1], others, strict=True)
    told = ", ".join(f"{who} {figure}" for who, figure in named if figure)
    ours = f"{ours} of {count}" if count and ours.endswith("%") else ours
    return what, f"{ours} ({table.columns[2]})", told, aim


def page(kept: Kept) -> str:
    """Write all of it as a page in Markdown."""
    parts = [HEAD, SHORT.format(to_markdown(in_short(kept)))]
    parts += [f"## {title}\n\n{to_markdown(table)}\n" for title, table in (*tables(kept), runs(kept))]
    machines = dict.fromkeys(tuple(run["machine"][key] for key in MACHINE) for run in kept.values())
    for one in machines:
        parts.append("\n".join(f"{key}: {value}  " for key, value in zip(MACHINE, one, strict=True)))
    return "\n".join(parts) + "\n"
