"""Pages from templates, with everything escaped that is not one of our own drawings."""

from pathlib import Path
from typing import Any

from voicecoach.errors import ReportError
from voicecoach.extras import requires

TEMPLATES = Path(__file__).parent / "templates"


def fill(template: str, **values: Any) -> str:
    """Fill in a template of ours. Raises ReportError where Jinja2 is missing."""
    with requires("report", "A page", ReportError):
        from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - an extra
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(**values)


def drawn(svg: str) -> Any:
    """Mark a drawing of ours as what needs no escaping."""
    with requires("report", "A page", ReportError):
        from markupsafe import Markup  # noqa: PLC0415 - comes with Jinja2
    return Markup(svg)  # noqa: S704 - drawn here, every text in it escaped
