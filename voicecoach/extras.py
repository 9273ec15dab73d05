"""What the optional extras bring: where it is not there, one plain line with the fix."""

from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.errors import VoicecoachError

SYSTEM_FIXES = {"report": "Install the system's Pango, on Debian with: apt install libpangoft2-1.0-0"}
"""How to get the libraries of the system that an extra calls; the others bring theirs along."""


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
        anew = f"Install it anew: pip install --force-reinstall 'voicecoach[{extra}]'"
        fix = SYSTEM_FIXES.get(extra, anew)
        raise problem(f"{what} needs a library that is not here ({error}). {fix}") from error
