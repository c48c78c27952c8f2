"""Numbers and sentences as readers see them."""

from __future__ import annotations

import textwrap


def describe(sentence: str) -> str:
    """A page's description for search engines and previews: one line of at most 200 characters."""
    return textwrap.shorten(sentence, 200, placeholder=" …")


def count(number: int, singular: str, plural: str = "") -> str:
    """`1 study`, `2,071 traces`."""
    return f"{number:,} {noun(number, singular, plural)}"


def noun(number: int, singular: str, plural: str = "") -> str:
    """The singular for 1, the plural for any other number; by default it ends in s."""
    return singular if number == 1 else plural or f"{singular}s"
