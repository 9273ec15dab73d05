"""What Vosk has let go of goes back to the system.

After a sentence glibc keeps megabytes of it, in pieces that the next sentence does not fit into: half an hour
of Vosk grew by 6 MB (bench/soak.py).
"""

import ctypes
from functools import cache
from typing import Any

MMAP_THRESHOLD = -3
"""Which of mallopt's settings says from which size on a block has pages of its own."""
LARGE_BYTES = 131_072
"""glibc's own value, which it raises by itself to the largest block that it has seen freed."""


def part_with_large_blocks() -> None:
    """Have large blocks go back as soon as they are free, where the C library can; glibc can."""
    set_option = _function("mallopt")
    if set_option is not None:
        set_option(MMAP_THRESHOLD, LARGE_BYTES)


def hand_back() -> None:
    """Give what else is free back, likewise; it takes less than a millisecond (measured)."""
    trim = _function("malloc_trim")
    if trim is not None:
        trim(0)


@cache
def _function(name: str) -> Any:
    return getattr(ctypes.CDLL(None), name, None)
