"""The price of hearing more: accepted right against wrong accepts an hour, drawn.

    python -m bench.curve KEPT.json --out curve.svg

Reads what `bench/listen.py --keep KEPT.json` wrote, background speech included. All thresholds of
hearing/verdict.py are moved together, by what a confidence stands for: the slack of the tightest one. The
circle is where they are. An approximation: what is heard is cut as it was cut with the thresholds of today.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np

mpl.use("svg")
import matplotlib.pyplot as plt

SHIFTS = np.linspace(-6, 4, 101)
"""How much looser (below 0) or stricter, in natural logarithms."""
MEANT = ("words", "digits", "phrases")


def slack(confidence: float) -> float:
    bounded = min(max(confidence, 1e-6), 1 - 1e-6)
    return float(np.log(bounded / (1 - bounded)))


def right(rows: list[dict[str, Any]], shift: float) -> float:
    """Give the share of recordings in which what was meant is accepted, in per cent."""
    hits = [any(told["right"] and slack(told["confidence"]) > shift for told in row["told"]) for row in rows]
    return 100 * float(np.mean(hits))


def an_hour(rows: list[dict[str, Any]], shift: float) -> float:
    """Give how much is accepted in an hour in which nothing is meant."""
    count = sum(slack(told["confidence"]) > shift for row in rows for told in row["told"])
    return 3600 * count / sum(row["seconds"] for row in rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("kept", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    rows = defaultdict(list)
    for line in wanted.kept.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        rows[row["bench"]].append(row)
    wrong = [an_hour(rows["background"], shift) for shift in SHIFTS]
    figure, axes = plt.subplots(figsize=(6, 4))
    for name in MEANT:
        if name in rows:
            axes.plot(wrong, [right(rows[name], shift) for shift in SHIFTS], label=name)
            axes.plot(an_hour(rows["background"], 0), right(rows[name], 0), "ko", markersize=4)
    for shift in (-4, -3, -2, -1, 0, 1, 2):
        figures = ", ".join(f"{name} {right(rows[name], shift):.1f} %" for name in MEANT if name in rows)
        print(f"{shift:+d}: {an_hour(rows['background'], shift):5.1f} an hour; {figures}")
    axes.set(
        xlabel="accepted in an hour of read speech",
        ylabel="accepted right, %",
        xscale="symlog",
        ylim=(40, 100),
    )
    axes.legend(loc="lower right")
    axes.grid(visible=True, alpha=0.3)
    figure.tight_layout()
    figure.savefig(wanted.out, metadata={"Date": None})


if __name__ == "__main__":
    main()
