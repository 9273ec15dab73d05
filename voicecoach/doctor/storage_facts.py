"""Trying whether something can be written to a folder, and how much."""

import shutil
import tempfile
from pathlib import Path

from voicecoach.doctor.storage import FolderFacts

TRIED_BYTES = 1_000_000


def gather(folder: Path) -> FolderFacts:
    """Write a megabyte into the folder, which is made where it is missing, and take it back."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free_bytes = shutil.disk_usage(folder).free
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(TRIED_BYTES))
    except OSError as error:
        return FolderFacts(folder, error.strerror or str(error))
    return FolderFacts(folder, free_bytes=free_bytes)
