"""Numbers and sentences as readers see them."""

from __future__ import annotations

import textwrap


def describe(sentence: str) -> str:
    """A page's description for search engines and previews: one line of at most 200 characters."""
    return textwrap.shorten(sentence, 200, placeholder=" …")


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 study`, `2,071 traces`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
