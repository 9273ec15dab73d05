"""Judging the disk, from facts: whether the journal and the clips can be kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from voicecoach.doctor.check import Check

LEAST_BYTES = 300_000_000
"""Room for all clips, a year of journal and a little peace."""


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """What is known of a folder."""

    path: Path
    problem: str = ""
    """Why nothing can be written there; empty where it can."""
    free_bytes: int = 0
    """Not known where there is a problem."""


def checks_of(data: FolderFacts, cache: FolderFacts) -> Iterator[Check]:
    """Judge where the journal and the clips are kept; without a cache, speech is only slower."""
    yield _folder("journal", data, "VOICECOACH_DATA", vital=True)
    yield _folder("clips", cache, "VOICECOACH_CACHE", vital=False)
    usable = [folder for folder in (data, cache) if not folder.problem]
    if usable:
        yield _space(min(usable, key=lambda folder: folder.free_bytes))


def _folder(what: str, folder: FolderFacts, setting: str, *, vital: bool) -> Check:
    if not folder.problem:
        return Check(what, f"kept in {folder.path}", vital=vital)
    fix = f"make the folder writable, free some space, or choose another with {setting}"
    return Check(what, f"cannot be kept in {folder.path} ({folder.problem})", fix, vital=vital)


def _space(folder: FolderFacts) -> Check:
    free = f"{folder.free_bytes / 1e6:.0f} MB are free"
    fix = f"free some space where {folder.path} lies" if folder.free_bytes < LEAST_BYTES else ""
    return Check("disk", free, fix, figures={"free_mb": round(folder.free_bytes / 1e6)})
