"""What the extra `report` brings: where it is not there, one plain line with the fix."""

from collections.abc import Iterator
from contextlib import contextmanager

from voicecoach.errors import ReportError

FIX = "Install it with: pip install 'voicecoach[report]'"
SYSTEM_FIX = "Install the system's Pango, on Debian with: apt install libpangoft2-1.0-0"


@contextmanager
def requires(what: str) -> Iterator[None]:
    """Import inside; `what` is being made. Raises ReportError where a package, or its library, is missing."""
    try:
        yield
    except ImportError as error:
        raise ReportError(f"{what} needs the package {error.name}, which is not here. {FIX}") from error
    except OSError as error:  # a package that is here, without the library that it calls
        raise ReportError(f"{what} needs a library that is not here ({error}). {SYSTEM_FIX}") from error
