"""Where the data that ships with the program lies: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = PACKAGE / "data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def grammars() -> Path:
    """Give the folder of grammar files, one a language."""
    return _folder("grammars")


def audio() -> Path:
    """Give the folder of cue tones and recorded lines."""
    return _folder("audio")


def content() -> Path:
    """Give the folder of exercises, routines and, in one folder a language, their texts."""
    return PACKAGE / "content"
