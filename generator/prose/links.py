"""Addresses in prose: which may be linked, and where bare ones stand in a text."""

from collections.abc import Iterator
from typing import NamedTuple

from linkify_it import LinkifyIt
from markdown_it.common.normalize_url import normalizeLink

_SCHEMES = ("http://", "https://", "mailto:")
# What a text with an address holds; most hold none.
_SIGNS = ("://", "www.", "@")
# Without a scheme a name may be a file's or a module's (`model.py`), unless it is GitHub's `www.`.
FINDER = LinkifyIt()


class BareAddress(NamedTuple):
    """An address in a text: its first character, the one behind its last, and where it leads, percent-encoded."""

    start: int
    end: int
    url: str


def is_allowed(url: str) -> bool:
    """Tell whether a link may lead there."""
    return url.lower().startswith(_SCHEMES)


def bare_addresses(text: str) -> Iterator[BareAddress]:
    """Find the addresses that a text holds, in their order."""
    if any(sign in text for sign in _SIGNS):
        for found in FINDER.match(text) or ():
            if is_allowed(found.url) and (found.schema or found.text.startswith("www.")):
                yield BareAddress(found.index, found.last_index, normalizeLink(found.url))
