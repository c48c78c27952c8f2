"""How problems quote a seed's text."""

from __future__ import annotations

_CHARS = 60


def quoted(text: str) -> str:
    """A text in quotes, unprintable characters escaped, cut after 60 characters."""
    return repr(text) if len(text) <= _CHARS else repr(text[:_CHARS] + "…")
