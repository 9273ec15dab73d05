"""Who may look at the page and press its buttons.

On this machine itself: whoever is on it. From elsewhere: whoever has paired their device by the token.
From any other web page: nobody, whatever the browser sends along. It stands before everything else.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from voicecoach.home.allowance import Allowance
from voicecoach.session.table import SAFETY

COOKIE = "voicecoach"
YEAR_SECONDS = 365 * 24 * 3600
TOKEN_BYTES = 16
"""128 bits: nothing that can be guessed."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
"""Said with every answer: nothing from elsewhere, nothing inline, in no other page, and kept nowhere."""

ALLOWED = {"look": (50.0, 1000.0), "safety": (4.0, 20.0), "order": (4.0, 20.0), "pair": (0.1, 5.0)}
"""How much a client may do of each kind: so many a second, and so many at once. A stop has its own."""

OPEN_PATHS = ("/pair", "/page.css", "/pair.js", "/favicon.ico")
"""What a device sees that is not paired yet."""


def new_token() -> str:
    """Make up a token."""
    return secrets.token_urlsafe(TOKEN_BYTES)


@dataclass(slots=True)
class Access:
    """The rules, for one page on one address."""

    hosts: frozenset[str]
    """Names by which this machine may be called, without port; a number is always right unless local."""
    token: str | None = None
    """What a device shows to be paired; None where only this machine can reach the page."""
    tarry_seconds: float = 1.0
    """How long whoever asks for too much waits for their refusal, so that asking on is slow."""
    clock: Callable[[], float] = time.monotonic
    _allowances: dict[str, Allowance] = field(init=False)

    def __post_init__(self) -> None:
        self._allowances = {
            name: Allowance(rate=rate, burst=burst, clock=self.clock)
            for name, (rate, burst) in ALLOWED.items()
        }

    def refuse(self, request: Request) -> Response | None:
        """Say why a request is not answered, or None where it may go on."""
        if not self._is_host(request.headers.get("host", "")):
            return PlainTextResponse("This page is not known by that name.", 421)
        if request.method == "POST" and not self._is_own(request):
            return PlainTextResponse("Only the page itself may do that.", 403)
        if not self._is_known(request) and request.scope["path"] not in OPEN_PATHS:
            return _unknown(request)
        return None

    def allow(self, request: Request) -> bool:
        """Tell whether its client has not asked for too much; counts this request."""
        return self._allowances[_kind(request)].take(_client(request))

    def pair(self, shown: str) -> str | None:
        """Give the cookie for a device that shows the token; None for a wrong one."""
        if self.token is None or not hmac.compare_digest(shown.encode(), self.token.encode()):
            return None
        return self._cookie(self.token)

    def _is_host(self, host: str) -> bool:
        """Hold the name that the browser called against ours: another's name that leads here is a trick."""
        name = _host_name(host)
        if name is None:
            return False
        return name in self.hosts or (self.token is not None and _is_number(name))

    def _is_own(self, request: Request) -> bool:
        origin = request.headers.get("origin", "")
        site = request.headers.get("sec-fetch-site", "same-origin")
        return origin == f"http://{request.headers['host']}" and site == "same-origin"

    def _is_known(self, request: Request) -> bool:
        if self.token is None:
            return True
        shown = request.cookies.get(COOKIE, "")
        return hmac.compare_digest(shown.encode(), self._cookie(self.token).encode())

    def _cookie(self, token: str) -> str:
        """Derive what a paired device keeps, so that the token itself is not on it."""
        return hmac.new(token.encode(), b"voicecoach page", hashlib.sha256).hexdigest()


def _kind(request: Request) -> str:
    path = request.scope["path"]
    if request.method != "POST":
        return "look"
    if path == "/pair":
        return "pair"
    return "safety" if path.rpartition("/")[2] in SAFETY else "order"


def _unknown(request: Request) -> Response:
    if request.method == "GET" and request.scope["path"] == "/":
        return Response(status_code=303, headers={"Location": "/pair"})
    return PlainTextResponse("This device is not paired.", 401)


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _host_name(host: str) -> str | None:
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return None
    plain = host and not set(host) & set("@/\\?# ")
    return name if plain else None


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
