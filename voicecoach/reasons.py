"""Why a file's values do not fit, in plain words; pydantic's own are for programmers. Pure."""

import difflib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

Place = tuple[str, ...]

_WORDS: dict[str, str] = {
    "missing": "this key is missing",
    "too_short": "at least one is needed",
    "too_long": "there may be {max_length} at most",
    "string_too_long": "this may have {max_length} letters at most",
    "finite_number": "this must be a number that ends",
    "string_type": "this must be text in quotes",
    "int_type": "this must be a whole number",
    "int_from_float": "this must be a whole number",
    "int_parsing": "this must be a whole number",
    "float_type": "this must be a number",
    "float_parsing": "this must be a number",
    "bool_type": "this must be true or false",
    "bool_parsing": "this must be true or false",
    "model_type": "this must be a table of keys",
    "model_attributes_type": "this must be a table of keys",
    "tuple_type": "this must be a list in square brackets",
    "dict_type": "this must be a table of keys",
    "greater_than": "this must be more than {gt:g}",
    "greater_than_equal": "this must be at least {ge:g}",
    "less_than_equal": "this may be at most {le:g}",
    "literal_error": "this must be {expected}",
    "frozen_set_type": "this must be a list in square brackets",
    "path_type": "this must be text in quotes",
    "time_parsing": "this must be a time, such as 22:00:00",
    "time_type": "this must be a time, such as 22:00:00",
}
"""By pydantic's type of error; braces are filled from its context."""


def reasons(
    error: ValidationError, place: Place = (), keys: Collection[str] = ()
) -> Iterator[tuple[Place, str]]:
    """Give where in the file, from `place` on, something does not fit, and why.

    `keys` are those that may have been meant by one that is not known. A list is not called
    too short because its values do not fit.
    """
    errors = [((*place, *map(str, each["loc"])), each) for each in error.errors()]
    for where, each in errors:
        inner = any(other[: len(where)] == where and len(other) > len(where) for other, _ in errors)
        if not inner:
            yield where, _reason(dict(each), keys)


def _reason(error: Mapping[str, Any], keys: Collection[str]) -> str:
    if error["type"] == "extra_forbidden":
        name = str(error["loc"][-1])
        if name in keys:
            return "this key belongs elsewhere in the file"
        near = difflib.get_close_matches(name, keys, n=1)
        guess = f"perhaps '{near[0]}' is meant" if near else "check its spelling"
        return f"this key is not known here; {guess}"
    words = _WORDS.get(error["type"])
    if words is not None:
        return words.format(**error.get("ctx", {}))
    told = str(error["msg"]).removeprefix("Value error, ")
    return told[:1].lower() + told[1:]
