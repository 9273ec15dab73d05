"""Trying whether something can be written to a folder, and how much."""

import shutil
import tempfile
from pathlib import Path

from voicecoach.doctor.storage import FolderFacts

TRIED_BYTES = 1_000_000


def gather(folder: Path) -> FolderFacts:
    """Write a megabyte into the folder, or into the nearest one above it that exists, and take it back."""
    there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    try:
        free_bytes = shutil.disk_usage(there).free
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(bytes(TRIED_BYTES))
    except OSError as error:
        return FolderFacts(folder, error.strerror or str(error), _free(there))
    return FolderFacts(folder, free_bytes=free_bytes)


def _free(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
