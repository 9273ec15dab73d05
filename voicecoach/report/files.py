"""Writing a file that is about someone's health: whole or not at all, and for its owner's eyes only."""

import os
from contextlib import suppress
from pathlib import Path

from voicecoach.errors import ReportError


def write_privately(path: Path, content: bytes) -> None:
    """Write a file, in place of an older one of the same name. Raises ReportError."""
    fresh = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise ReportError(
            f"{path} cannot be written: {error.strerror}. Choose another place, or make room."
        ) from error
