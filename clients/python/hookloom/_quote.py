"""Writes values into paths."""

from urllib.parse import quote as _quote


def quote(value: object) -> str:
    """Returns a value as one segment of a path."""
    return _quote(str(value), safe="")
