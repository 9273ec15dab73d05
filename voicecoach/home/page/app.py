"""The page's few addresses. Everything passes the Gate first; nothing here waits for the coach."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voicecoach.content.models import Content
from voicecoach.home.control import Answer, Control
from voicecoach.home.page.access import COOKIE, HEADERS, YEAR_SECONDS, Access
from voicecoach.home.page.feed import Feed
from voicecoach.home.page.record import Record
from voicecoach.home.page.view import Shown, scores, show, starts
from voicecoach.home.status import Status
from voicecoach.home.words import Words

FILES = Path(__file__).parent / "files"
KINDS = {"page.css": "text/css", "page.js": "text/javascript", "pair.js": "text/javascript"}
"""The files that are served as they are, and nothing else."""
QUIET = ("away", "idle", "ended", "waiting", "asleep", "muted")
"""States in which nobody waits for the machine."""
BODY_AT_MOST = 1024
CODES: dict[Answer, int] = {"taken": 202, "unknown": 422, "not_now": 409, "full": 503}


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page shows, and whom it asks."""

    control: Control
    content: Content
    words: Words
    access: Access
    record: Record
    pain: bool = True
    """Whether the score is shown."""


def build_app(parts: Parts) -> Starlette:
    """Put the page together. Its feed is `app.state.feed`."""
    page = Page(parts)

    @asynccontextmanager
    async def alive(app: Starlette) -> AsyncIterator[None]:
        app.state.feed = page.feed = Feed(parts.control.board, page.show)
        looking = asyncio.create_task(page.feed.look())
        yield
        page.feed.close()
        await looking

    routes = [
        Route("/", page.front),
        Route("/events", page.events),
        Route("/status", page.status),
        Route("/order/{intent}", page.order, methods=["POST"]),
        Route("/pair", page.pair, methods=["GET", "POST"]),
        Route("/history.svg", page.history),
        Route("/history-dark.svg", page.history),
        Route("/drawing/{exercise}/{picture}.svg", page.drawing),
        Route("/report", page.report),
        Route("/favicon.ico", lambda _request: Response(status_code=204)),
        *(Route(f"/{name}", page.file) for name in KINDS),
    ]
    return Starlette(routes=routes, lifespan=alive, middleware=[Middleware(Gate, access=parts.access)])


class Gate:
    """Lets nobody through whom the access does not know, and says the headers with every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        """Stand before `app`."""
        self._app, self._access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    said.setdefault(name, value)
            await send(message)

        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        refusal = self._access.refuse(request)
        if not self._access.allow(request):
            await asyncio.sleep(self._access.tarry_seconds)
            refusal = PlainTextResponse("Too much at once.", 429, {"Retry-After": "5", "Connection": "close"})
        await (refusal or self._app)(scope, receive, say)


class Page:
    """The answers to requests."""

    def __init__(self, parts: Parts) -> None:
        """Show these parts."""
        self._parts = parts
        self.feed: Feed
        templates = Environment(loader=FileSystemLoader(FILES), autoescape=True)
        self._front = templates.get_template("page.html")
        self._pair = templates.get_template("pair.html")

    def show(self, status: Status, now: float) -> Shown:
        """Put a status into what is sent."""
        parts = self._parts
        return show(status if parts.pain else replace(status, pain=None), now, parts.content, parts.words)

    async def front(self, request: Request) -> Response:
        """Give the whole page, as it is now; it works without its script."""
        parts = self._parts
        values = {
            "now": self.feed.now(),
            "words": parts.words,
            "starts": starts(parts.content),
            "scores": scores(),
            "lang": parts.content.language,
            "answer": parts.words.answers.get(request.query_params.get("answer", ""), ""),
            "history": await run_in_threadpool(parts.record.history_text),
            "drawn": parts.record.has_history,
            "report": parts.record.has_report,
        }
        return HTMLResponse(self._front.render(values))

    async def status(self, _request: Request) -> Response:
        """Give what is true now, as JSON."""
        return JSONResponse(self.feed.now())

    async def events(self, _request: Request) -> Response:
        """Give what is true now and whatever it becomes, until the viewer goes."""
        if self.feed.full:
            return PlainTextResponse("Too many look already.", 503, {"Retry-After": "10"})
        return StreamingResponse(self.feed.lines(), media_type="text/event-stream")

    async def order(self, request: Request) -> Response:
        """Ask for an intent; a form without script gets the page again."""
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("That is too much.", 413)
        intent = request.path_params["intent"]
        answer = self._parts.control.submit(intent, _slots(fields), source="page")
        if "application/json" in request.headers.get("accept", ""):
            told = {"answer": answer, "text": self._parts.words.answers[answer]}
            return JSONResponse(told, CODES[answer])
        return Response(status_code=303, headers={"Location": f"/?answer={answer}"})

    async def pair(self, request: Request) -> Response:
        """Ask for the token, or take it and know the device from now on."""
        fields = await _fields(request) if request.method == "POST" else {}
        cookie = self._parts.access.pair((fields or {}).get("token", ""))
        if cookie is None:
            wrong = request.method == "POST"
            values = {"words": self._parts.words, "lang": self._parts.content.language, "wrong": wrong}
            return HTMLResponse(self._pair.render(values), 403 if wrong else 200)
        response = Response(status_code=303, headers={"Location": "/"})
        response.set_cookie(COOKIE, cookie, max_age=YEAR_SECONDS, httponly=True, samesite="strict")
        return response

    async def history(self, request: Request) -> Response:
        """Draw the last two weeks."""
        dark = request.scope["path"] == "/history-dark.svg"
        return _drawn(await run_in_threadpool(self._parts.record.history_svg, dark=dark))

    async def drawing(self, request: Request) -> Response:
        """Draw an exercise's position."""
        which = request.path_params
        drawing = self._parts.record.drawing
        return _drawn(await run_in_threadpool(drawing, which["exercise"], which["picture"]))

    async def report(self, _request: Request) -> Response:
        """Give the report for the doctor; not during a session, whose machine it would keep busy."""
        if self._parts.control.board.status.state not in QUIET:
            return PlainTextResponse("After the session.", 503, {"Retry-After": "600"})
        report = await run_in_threadpool(self._parts.record.report)
        if report is None:
            return PlainTextResponse("There is no report here.", 404)
        return HTMLResponse(report, headers={"Content-Security-Policy": REPORT_POLICY})

    async def file(self, request: Request) -> Response:
        """Give one of the page's own files."""
        name = request.scope["path"].removeprefix("/")
        return Response((FILES / name).read_bytes(), media_type=KINDS[name])


REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
)
"""The report is one file with its style in it; it has no script, and may have none."""


def _drawn(svg: str | None) -> Response:
    if svg is None:
        return PlainTextResponse("There is no picture of that.", 404)
    return Response(svg, media_type="image/svg+xml", headers={"Content-Security-Policy": REPORT_POLICY})


async def _fields(request: Request) -> dict[str, str] | None:
    """Read a form's fields, each once; None where it is larger than any form of ours."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > BODY_AT_MOST:
            return None
    try:
        fields = parse_qs(body.decode(), max_num_fields=8)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _slots(fields: dict[str, str]) -> dict[str, Any]:
    """Turn a form's text into slots: a score is a number."""
    return {
        name: int(value) if name == "score" and value.isascii() and value.isdecimal() else value
        for name, value in fields.items()
    }
