"""What is installed: pinned by hash for every machine, and its licences told."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
TOML = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT, GROUPS = TOML["project"], TOML["dependency-groups"]
EXTRAS = PROJECT["optional-dependencies"]
ASKED = {
    "ko": [*PROJECT["dependencies"], *EXTRAS["ko"]],
    "all": [
        *PROJECT["dependencies"],
        *(line for name in set(EXTRAS) - {"all", "pi"} for line in EXTRAS[name]),
    ],
    "dev": [*PROJECT["dependencies"], *GROUPS["dev"]],
}


def pins(lock):
    """Give a lock file's requirements, each with its hashes."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    blocks = "\n".join(lines).replace("\\\n", " ").splitlines()
    return [(Requirement(block.split("--hash=")[0]), re.findall("--hash=(\\S+)", block)) for block in blocks]


@pytest.mark.parametrize("name", ASKED)
def test_what_is_asked_for_is_pinned_by_hash(name):
    pinned = pins(ROOT / "lock" / f"{name}.txt")
    for requirement, hashes in pinned:
        assert all(each.startswith("sha256:") for each in hashes), requirement
        assert hashes, requirement
    for line in ASKED[name]:
        asked = Requirement(line)
        found = [one for one, _ in pinned if canonicalize_name(one.name) == canonicalize_name(asked.name)]
        assert found, f"{line}: run script/lock"
        for one in found:
            version = next(iter(one.specifier)).version
            assert asked.specifier.contains(version), f"{line}, pinned {version}: run script/lock"


@pytest.mark.parametrize("name", ASKED)
def test_a_lock_names_no_place_to_get_packages_from(name):
    text = (ROOT / "lock" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text
    assert "find-links" not in text


@pytest.mark.parametrize("told", ["README.md", "script/test", "script/lock"])
def test_a_group_that_is_told_is_there(told):
    """Each is parsed as TOML, where a misplaced line lands in another table without a word."""
    text = (ROOT / told).read_text(encoding="utf-8")
    named = re.findall(r"--group ([a-z]+)", text)
    assert named
    assert set(named) <= set(GROUPS)


def test_the_same_versions_are_in_every_lock():
    versions = {
        name: {str(one).partition(" ;")[0] for one, _ in pins(ROOT / "lock" / f"{name}.txt")}
        for name in ASKED
    }
    assert versions["ko"] <= versions["all"] <= versions["dev"]


def test_the_licence_of_every_package_is_told():
    sys.path.insert(0, str(ROOT / "script"))
    from list_licences import wanted  # noqa: PLC0415

    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| (\S+) \| ([^|]+) \|", page, re.MULTILINE))
    assert all(text.strip() for text in told.values())
    asked = {canonicalize_name(one.name) for part in wanted().values() for one in part}
    ours = {
        canonicalize_name(Requirement(line).name) for name in set(EXTRAS) - {"all"} for line in EXTRAS[name]
    }
    assert ours <= asked
    assert asked <= set(told), "run: python script/list_licences.py"


def test_what_is_gpl_is_named_in_the_readme():
    page = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    gpl = re.findall(r"^\| (\S+) \| [^|]*\bGPL-3", page, re.MULTILINE)
    assert gpl
    licence = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Licence")[2]
    assert all(name in licence for name in gpl)
