"""What Vosk has let go of goes back to the system.

After a sentence glibc keeps megabytes of it, in pieces that the next sentence does not fit into: half an hour
of Vosk grew by 6 MB (bench/soak.py). Handing them back takes less than a millisecond (measured).
"""

import ctypes
from collections.abc import Callable
from functools import cache


def hand_back() -> None:
    """Give free memory back, where the C library can; glibc can."""
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    return getattr(ctypes.CDLL(None), "malloc_trim", None)
