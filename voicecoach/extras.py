"""What the optional extras bring: where it is not there, one plain line with the fix."""

from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.errors import VoicecoachError

SYSTEM_FIX = "Install the system's Pango, on Debian with: apt install libpangoft2-1.0-0"
"""The one library of the system that an extra calls."""


@contextmanager
def requires(extra: str, what: str, problem: type[VoicecoachError]) -> Iterator[None]:
    """Import what `extra` brings, inside; `what` is being made.

    Raises `problem` where a package, or the library that it calls, is missing.
    """
    try:
        yield
    except ImportError as error:
        fix = f"Install it with: pip install 'voicecoach[{extra}]'"
        raise problem(f"{what} needs the package {error.name}, which is not here. {fix}") from error
    except OSError as error:
        raise problem(f"{what} needs a library that is not here ({error}). {SYSTEM_FIX}") from error
