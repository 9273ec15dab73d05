"""voicecoach in the house, over the page of `voicecoach serve`: asked for things, and asked how far it is.

Only the standard library: the skill brings nothing into OpenVoiceOS.
"""

import http.client
import json
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

SECONDS = 3.0
"""How long the coach may take to answer; it is in the same house."""


class NotReachedError(Exception):
    """The coach does not answer, or does not know this device."""


class Coach:
    """One coach, by the address of its page and, where it is on another machine, its code."""

    def __init__(self, url: str, token: str = "") -> None:
        """Prepare; nothing is asked yet."""
        self._place = urlsplit(url).netloc
        self._token = token
        self._cookie = ""

    def ask_for(self, intent: str, **slots: str) -> str:
        """Ask for an intent; gives 'taken', 'not_now', 'unknown' or 'full'. Raises NotReachedError."""
        return str(self._known("POST", f"/order/{intent}", slots)["answer"])

    def status(self) -> dict[str, Any]:
        """Give what the page shows: state, title, exercise, place, seconds. Raises NotReachedError."""
        return self._known("GET", "/status", {})

    def _known(self, method: str, path: str, fields: dict[str, str]) -> dict[str, Any]:
        """Ask, and once more after pairing where this device is not known."""
        code, told = self._send(method, path, fields)
        if code == HTTPStatus.UNAUTHORIZED and self._token:
            self._send("POST", "/pair", {"token": self._token})
            code, told = self._send(method, path, fields)
        try:
            return dict(json.loads(told))
        except ValueError as error:
            raise NotReachedError(f"The coach at {self._place} answers {code}.") from error

    def _send(self, method: str, path: str, fields: dict[str, str]) -> tuple[int, bytes]:
        headers = {"Accept": "application/json", "Origin": f"http://{self._place}", "Cookie": self._cookie}
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection = http.client.HTTPConnection(self._place, timeout=SECONDS)
            connection.request(method, path, urlencode(fields) if method == "POST" else None, headers)
            answer = connection.getresponse()
            self._cookie = answer.headers.get("Set-Cookie", self._cookie).partition(";")[0]
            told = answer.read()
            connection.close()
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NotReachedError(f"The coach does not answer at {self._place}.") from error
        return answer.status, told
