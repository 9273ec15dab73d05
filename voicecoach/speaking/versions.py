"""Versions of packages, on which a rendered clip depends."""

from importlib.metadata import PackageNotFoundError, version


def version_of(package: str) -> str:
    """Give a package's version; 'unknown' where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
