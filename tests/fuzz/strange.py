"""Strange input, made from good input: what a slip, a broken disk or an ill will turns it into."""

import copy
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

depths = pytest.mark.parametrize("examples", [40, pytest.param(1000, marks=pytest.mark.full)])
"""How many examples are tried: the same few in CI, and many others with `-m full`."""

NUMBERS = st.one_of(
    st.sampled_from([0, 1, -1, 2, 60, 61, 2**31, 2**63 - 1, 10**30, -0.0, 1e308, 1e-308]),
    st.sampled_from([float("inf"), float("-inf"), float("nan")]),
    st.integers(),
    st.floats(),
)
BRACES = ["{", "}", "{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{n:{n}}", "[a", "<b>", "(|)"]
ODD = [
    "",
    " ",
    "\n",
    "..",
    "/",
    "\\",
    "~",
    "a" * 500,
    "ß",
    "한국어",
    "🙂",
    "\u202e",
    "1e9",
    "true",
    "one\0two",
]
TEXTS = st.one_of(st.sampled_from([*BRACES, *ODD]), st.text(max_size=12))
SCALARS = st.one_of(NUMBERS, TEXTS, st.booleans(), st.dates(), st.times(), st.datetimes())
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | TEXTS | NUMBERS.filter(math.isfinite),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def holds(check: Callable[..., None], examples: int, *strange: st.SearchStrategy[Any]) -> None:
    """Check what is strange, so many times; a few are always the same ones."""
    chosen = settings(
        max_examples=examples,
        deadline=None,
        derandomize=examples < 100,
        database=None,
        phases=[Phase.generate],  # what fails is small already
        suppress_health_check=list(HealthCheck),
    )
    chosen(given(*strange)(check))()


def bent(good: Any, values: st.SearchStrategy[Any] = VALUES) -> st.SearchStrategy[Any]:
    """Give a document in which one to three places are something else, missing, or one too many."""
    places = sorted(_places(good), key=repr)
    slip = st.tuples(st.sampled_from(places), st.integers(0, 2), TEXTS, values)
    slips = st.lists(slip, min_size=1, max_size=3)
    return slips.map(lambda each: _with(good, each))


def broken(good: bytes) -> st.SearchStrategy[bytes]:
    """Give bytes in which a few are others, or that are cut, doubled or followed by noise."""
    spot = st.tuples(st.integers(0, max(0, len(good) - 1)), st.binary(max_size=4))
    spots = st.lists(spot, min_size=1, max_size=4)
    return st.one_of(
        spots.map(lambda each: _overwritten(good, each)),
        st.integers(0, len(good)).map(lambda cut: good[:cut]),
        st.tuples(st.integers(0, len(good)), st.binary(max_size=20)).map(
            lambda each: good[: each[0]] + each[1] + good[each[0] :]
        ),
        st.binary(max_size=64),
    )


def _places(data: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    deeper = [found for key, value in inner for found in _places(value, (*place, key))]
    return [place, *deeper] if place else deeper


def _with(good: Any, slips: list[tuple[tuple[Any, ...], int, str, Any]]) -> Any:
    data = copy.deepcopy(good)
    for place, kind, name, value in slips:
        try:
            _slip(data, place, kind, name, value)
        except (AttributeError, KeyError, IndexError, TypeError):
            continue  # an earlier slip took the place away
    return data


def _slip(data: Any, place: tuple[Any, ...], kind: int, name: str, value: Any) -> None:
    for key in place[:-1]:
        data = data[key]
    if kind == 0:
        data[place[-1]] = value
    elif kind == 1:
        del data[place[-1]]
    elif isinstance(data, dict):
        data[name] = value
    else:
        data.insert(place[-1], value)


def _overwritten(good: bytes, spots: list[tuple[int, bytes]]) -> bytes:
    data = bytearray(good)
    for at, new in spots:
        data[at : at + len(new)] = new
    return bytes(data)
