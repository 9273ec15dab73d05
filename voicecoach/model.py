"""The one base of everything that comes from a file."""

from pydantic import BaseModel, ConfigDict


class FileModel(BaseModel):
    """Frozen, and strict about unknown keys, so that a typing mistake is told."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
