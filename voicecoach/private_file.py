"""Writing a file that is about someone's health: whole or not at all, and for its owner's eyes only."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from voicecoach.errors import VoicecoachError


@contextmanager
def open_privately(path: Path, problem: type[VoicecoachError]) -> Iterator[BinaryIO]:
    """Open a file to be written, in place of an older one of the same name once all is written.

    Raises `problem` where it cannot be written.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        raise problem(
            f"{path} cannot be written: {error.strerror}. Choose another place, or make room."
        ) from error
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
