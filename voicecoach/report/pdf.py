"""The page on paper: HTML to PDF, by WeasyPrint; nothing is fetched."""

import ctypes.util
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from voicecoach.errors import ReportError
from voicecoach.extras import requires

FONT_FIX = "Install one for your language, on Debian with: apt install fonts-noto-core fonts-noto-cjk"


def pdf_of(page: str) -> bytes:
    """Give the PDF of a page.

    Raises ReportError where WeasyPrint or the system's Pango is missing, or a font for its letters.
    """
    with requires("report", "A PDF", ReportError), _no_compiler_asked():
        from weasyprint import HTML  # noqa: PLC0415 - heavy, and an extra
    with _every_letter_drawn():
        return bytes(HTML(string=page, url_fetcher=_refuse).write_pdf(pdf_ua=True))


@contextmanager
def _no_compiler_asked() -> Iterator[None]:
    """Let WeasyPrint open its libraries by their file names, which it tries last.

    For each name before, ctypes would ask gcc, ld and ldconfig on Linux: 86 programs for one page.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - the name of what nobody looks for
    try:
        yield
    finally:
        ctypes.util.find_library = find


@contextmanager
def _every_letter_drawn() -> Iterator[None]:
    """Refuse a paper with empty boxes for letters, of which WeasyPrint only warns in its log."""
    missing: list[str] = []

    def look(record: logging.LogRecord) -> bool:
        if str(record.msg).startswith(".notdef"):
            missing.append(record.getMessage().rpartition(": ")[2])
            return False
        return True

    log = logging.getLogger("weasyprint")
    log.addFilter(look)
    try:
        yield
    finally:
        log.removeFilter(look)
    if missing:
        raise ReportError(f"No font of this machine has the letter {missing[0]}. {FONT_FIX}")


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise ReportError(f"The page asks for {url}, and nothing may be fetched.")
