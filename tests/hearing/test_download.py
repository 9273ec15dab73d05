"""The model's download against a real server on this machine, with what goes wrong on the way."""

import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from voicecoach.errors import HearingError
from voicecoach.hearing.download import BLOCK_BYTES, ModelArchive, download_model


def archive_bytes(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name.replace("__", "/").replace("UP", ".."), data)
    return buffer.getvalue()


GOOD = archive_bytes(small__am__final=b"model" * 60_000, small__conf__model=b"conf")


class Server(ThreadingHTTPServer):
    """Serves `body`; `cut_at` breaks the first answer off, `knows_ranges` may be unlearnt."""

    body = GOOD
    cut_at: int | None = None
    knows_ranges = True
    asked: list[str | None]


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        if self.path == "/gone.zip":
            self.send_error(404)
            return
        wanted = self.headers.get("Range")
        self.server.asked.append(wanted)
        begin = int(wanted.split("=")[1].rstrip("-")) if wanted and self.server.knows_ranges else 0
        body = self.server.body[begin:]
        self.send_response(206 if begin else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        cut, self.server.cut_at = self.server.cut_at, None
        self.wfile.write(body[:cut])
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[Server]:
    serving = Server(("127.0.0.1", 0), Handler)
    serving.asked = []
    thread = threading.Thread(target=serving.serve_forever)
    thread.start()
    yield serving
    serving.shutdown()
    thread.join()
    serving.server_close()


def fetch(server: Server, folder: Path, sha256: str | None = None) -> Path:
    url = f"http://127.0.0.1:{server.server_port}/small.zip"
    known = sha256 or hashlib.sha256(server.body).hexdigest()
    archive = ModelArchive("small", url, len(server.body), known)
    return download_model(archive, folder, lambda _have, _all: None, wait=lambda _seconds: None)


def test_a_model_is_fetched_checked_and_unpacked(server, tmp_path):
    place = fetch(server, tmp_path / "vosk")
    assert (place / "am" / "final").read_bytes() == b"model" * 60_000
    assert [path.name for path in place.parent.iterdir()] == ["small"]


def test_a_cut_download_goes_on_where_it_stopped(server, tmp_path):
    server.cut_at = 4 * BLOCK_BYTES + 100
    assert fetch(server, tmp_path).is_dir()
    assert server.asked == [None, f"bytes={4 * BLOCK_BYTES}-"]


def test_a_server_that_knows_no_ranges_is_read_from_the_beginning(server, tmp_path):
    server.cut_at, server.knows_ranges = 4 * BLOCK_BYTES, False
    assert (fetch(server, tmp_path) / "conf" / "model").read_bytes() == b"conf"


def test_a_wrong_checksum_is_told_and_nothing_is_left(server, tmp_path):
    with pytest.raises(HearingError, match="checksum"):
        fetch(server, tmp_path, "0" * 64)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_writes_outside_its_folder_is_not_unpacked(server, tmp_path):
    server.body = archive_bytes(UP__UP__evil=b"x", small__am__final=b"x")
    with pytest.raises(HearingError, match="outside"):
        fetch(server, tmp_path / "deep" / "vosk")
    assert not list(tmp_path.rglob("evil"))


def test_a_server_that_is_not_there_is_told_in_words(tmp_path):
    archive = ModelArchive("small", "http://127.0.0.1:9/small.zip", 10, "0" * 64)
    waited: list[float] = []
    with pytest.raises(HearingError, match=r"could not be downloaded \(127.0.0.1 cannot be reached\)"):
        download_model(archive, tmp_path, lambda _have, _all: None, wait=waited.append)
    assert waited == [1, 2, 4, 8], "not after the last try"


def test_a_server_that_does_not_have_it_is_told_with_its_answer(server, tmp_path):
    archive = ModelArchive("gone", f"http://127.0.0.1:{server.server_port}/gone.zip", 10, "0" * 64)
    with pytest.raises(HearingError, match=r"\(127.0.0.1 answers with 404 Not Found\)"):
        download_model(archive, tmp_path, lambda _have, _all: None, wait=lambda _seconds: None)


def test_a_model_that_is_there_stays_untouched(server, tmp_path):
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "mine").write_text("kept")
    fetch(server, tmp_path)
    assert server.asked == []
    assert (tmp_path / "small" / "mine").read_text() == "kept"
