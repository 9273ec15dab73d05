"""What the C library is asked for. That it helps, test_vosk.py and bench/soak.py tell."""

import ctypes
import subprocess
import sys

import pytest

ASKS = """
import ctypes
from voicecoach.hearing.vosk_memory import LARGE_BYTES, part_with_large_blocks

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p

class Info(ctypes.Structure):
    _fields_ = [(f"unused_{n}", ctypes.c_int) for n in range(3)] + [("own_pages", ctypes.c_int)]
    _fields_ += [(f"unused_{n}", ctypes.c_int) for n in range(4, 10)]

libc.mallinfo.restype = Info

def take(size):
    return ctypes.c_void_p(libc.malloc(ctypes.c_size_t(size)))

part_with_large_blocks()
libc.free(take(200 * LARGE_BYTES))
before = libc.mallinfo().own_pages
take(190 * LARGE_BYTES)
print(libc.mallinfo().own_pages - before)
"""
"""Run where nothing was freed yet: glibc takes what lies free before it asks for more."""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo"), reason="another C library than glibc")
def test_a_large_block_has_pages_of_its_own_whatever_was_freed_before():
    told = subprocess.run(
        [sys.executable, "-c", ASKS], capture_output=True, text=True, check=True, timeout=30
    )
    assert told.stdout == "1\n"
