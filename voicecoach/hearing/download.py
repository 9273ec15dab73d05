"""Fetching a Vosk model: resumed after a cut, checked, unpacked safely, in place whole or not at all."""

import hashlib
import shutil
import stat
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from voicecoach.errors import HearingError

TRIES = 5
BLOCK_BYTES = 1 << 16
TIMEOUT_SECONDS = 20
PATIENCE_SECONDS = 1.0
"""Before the second try; each further one waits twice as long."""
MOST_UNPACKED_BYTES = 500_000_000

Progress = Callable[[int, int], None]
"""Told the bytes that are there, and those that there will be."""


@dataclass(frozen=True, slots=True)
class ModelArchive:
    """A model as its makers publish it."""

    name: str
    """The folder in the archive, and in the cache."""
    url: str
    size_bytes: int
    sha256: str


ENGLISH = ModelArchive(
    "vosk-model-small-en-us-0.15",
    "https://alphacephei.com/vosk/models/vosk-model-small-en-us-0.15.zip",
    41_205_931,
    "30f26242c4eb449f948e42cb302dd7a686cb29a3423a8367f99ff41780942498",
)
"""Vosk's small English model, Apache-2.0."""


def download_model(
    archive: ModelArchive, folder: Path, progress: Progress, wait: Callable[[float], None] = time.sleep
) -> Path:
    """Bring a model into `folder` and give its own folder there; one that is there stays untouched.

    Raises HearingError in plain words: no network, a wrong checksum, a full disk, an unsafe archive.
    """
    place = folder / archive.name
    if place.is_dir():
        return place
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{archive.name}.zip.part"
        _fetch(archive, part, progress, wait)
        _check(archive, part)
        _unpack(archive, part, place)
        part.unlink()
    except OSError as error:
        raise HearingError(
            f"{folder}: the model cannot be kept there ({error.strerror or error})."
        ) from error
    return place


def _fetch(archive: ModelArchive, part: Path, progress: Progress, wait: Callable[[float], None]) -> None:
    for attempt in range(TRIES):
        if attempt:
            wait(PATIENCE_SECONDS * 2 ** (attempt - 1))
        try:
            _fetch_rest(archive, part, progress)
        except requests.RequestException as error:
            reason = _reason(error, urlsplit(archive.url).hostname)
        else:
            if part.stat().st_size >= archive.size_bytes:
                return
            reason = "the connection was cut"
    raise HearingError(
        f"{archive.name} could not be downloaded ({reason}); what is there is kept, try again later."
    )


def _reason(error: requests.RequestException, host: str | None) -> str:
    """Say in plain words why there was no answer, or none that helps."""
    if error.response is not None:
        return f"{host} answers with {error.response.status_code} {error.response.reason}"
    return f"{host} cannot be reached"


def _fetch_rest(archive: ModelArchive, part: Path, progress: Progress) -> None:
    """Ask for what is missing; a server that gives all again is taken from the beginning."""
    have = part.stat().st_size if part.exists() else 0
    if have >= archive.size_bytes:
        return
    headers = {"Range": f"bytes={have}-"} if have else {}
    with requests.get(archive.url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS) as answer:
        if answer.status_code == requests.codes.requested_range_not_satisfiable:
            part.unlink()
        answer.raise_for_status()
        goes_on = answer.status_code == requests.codes.partial_content
        have = have if goes_on else 0
        with part.open("ab" if goes_on else "wb") as file:
            for block in answer.iter_content(BLOCK_BYTES):
                file.write(block)
                have += len(block)
                progress(have, archive.size_bytes)


def _check(archive: ModelArchive, part: Path) -> None:
    with part.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != archive.sha256:
        part.unlink()
        raise HearingError(
            f"{archive.name}: what was downloaded is not the model (its checksum differs); try again."
        )


def _unpack(archive: ModelArchive, part: Path, place: Path) -> None:
    """Unpack beside the place, and move there in one step."""
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".unpacking-") as beside:
        try:
            with zipfile.ZipFile(part) as zipped:
                _check_members(archive, zipped, Path(beside))
                zipped.extractall(beside)
        except zipfile.BadZipFile as error:
            raise HearingError(f"{archive.name}: the archive is damaged ({error}); try again.") from error
        inner = Path(beside) / archive.name
        if not inner.is_dir():
            raise HearingError(f"{archive.name}: the archive does not hold the model's folder.")
        shutil.move(inner, place)


def _check_members(archive: ModelArchive, zipped: zipfile.ZipFile, beside: Path) -> None:
    if sum(member.file_size for member in zipped.infolist()) > MOST_UNPACKED_BYTES:
        raise HearingError(
            f"{archive.name}: the archive unpacks to more than a model can be; it is not used."
        )
    for member in zipped.infolist():
        link = (member.external_attr >> 16) & 0o170000 == stat.S_IFLNK
        if link or not (beside / member.filename).resolve().is_relative_to(beside.resolve()):
            raise HearingError(
                f"{archive.name}: the archive wants to write outside its folder; it is not used."
            )
