"""The page on an address: a server in a thread of its own, with its own event loop.

Nothing of a request is logged: neither address nor path.
"""

import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from voicecoach.errors import HomeError
from voicecoach.home.addresses import is_loopback, seen_from_outside
from voicecoach.home.page.access import Access, new_token
from voicecoach.home.page.app import Parts, build_app

STARTS_WITHIN_SECONDS = 10.0
CONNECTIONS_AT_MOST = 512
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")


class PageServer:
    """The page, served from `with` to its end."""

    def __init__(self, parts: Parts, listening: socket.socket) -> None:
        """Serve `parts` on a socket that listens already."""
        self.address, self.port = listening.getsockname()[:2]
        self._app = build_app(parts)
        self._socket = listening
        config = uvicorn.Config(
            self._app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            limit_concurrency=CONNECTIONS_AT_MOST,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
            ws="none",
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listening]}, name="page", daemon=True
        )

    @property
    def url(self) -> str:
        """Where the page is, seen from this machine."""
        return f"http://{_bracketed(self.address)}:{self.port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(STARTS_WITHIN_SECONDS / 0.02)):
            if self._server.started:
                return self
            waited.wait(0.02)
        raise HomeError(f"The page did not start on {self.url}.")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        feed = getattr(self._app.state, "feed", None)
        if feed is not None:
            feed.close()
        self._thread.join(STARTS_WITHIN_SECONDS)
        self._socket.close()


def listen(address: str, port: int) -> socket.socket:
    """Open a socket for the page. Raises HomeError where that cannot be."""
    try:
        family = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((address, port), family=family)
    except OSError as error:
        raise HomeError(
            f"The page cannot be opened on {address}:{port} ({error.strerror or error}). "
            "Choose another with --address and --port."
        ) from error


def access_for(address: str, data: Path, *, renew: bool = False) -> Access:
    """Give the rules for an address: a token where others than this machine can reach it."""
    if is_loopback(address):
        return Access(frozenset(LOCAL_NAMES))
    name = socket.gethostname().lower()
    names = {*LOCAL_NAMES, address, name, f"{name}.local"}
    return Access(frozenset(names), keep_token(data, renew=renew))


def keep_token(data: Path, *, renew: bool = False) -> str:
    """Give the token that is kept in the data folder, made up the first time. Raises HomeError."""
    path = data / "page_token"
    try:
        if path.exists() and not renew:
            token = path.read_text(encoding="ascii").strip()
            if token:
                return token
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        token = new_token()
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(token, encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise HomeError(f"{path} cannot be used: {error}.") from error
    return token


def pairing_url(address: str, port: int, token: str) -> str:
    """Give the address to pair a device with; the token stands behind '#', so no server is told it."""
    return f"http://{_bracketed(seen_from_outside(address))}:{port}/pair#{token}"


def _bracketed(address: str) -> str:
    return f"[{address}]" if ":" in address else address
