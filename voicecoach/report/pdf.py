"""The page on paper: HTML to PDF, by WeasyPrint; nothing is fetched."""

from typing import Any

from voicecoach.errors import ReportError
from voicecoach.report.extras import requires


def pdf_of(page: str) -> bytes:
    """Give the PDF of a page. Raises ReportError where WeasyPrint or the system's Pango is missing."""
    with requires("A PDF"):
        from weasyprint import HTML  # noqa: PLC0415 - heavy, and an extra
    return bytes(HTML(string=page, url_fetcher=_refuse).write_pdf(pdf_ua=True))


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise ReportError(f"The page asks for {url}, and nothing may be fetched.")
