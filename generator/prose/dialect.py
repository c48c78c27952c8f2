"""The Markdown that pages are written in: the reader that counts, and the addresses that may be linked in it."""

from collections.abc import Iterator

import pyromark
from linkify_it import LinkifyIt
from markdown_it.common.normalize_url import normalizeLink

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_SCHEMES = ("http://", "https://", "mailto:")
# What a text with an address holds; most hold none.
_SIGNS = ("://", "www.", "@")
# Without a scheme a name may be a file's or a module's (`model.py`), unless it is GitHub's `www.`.
FINDER = LinkifyIt()


def render(markdown: str) -> str:
    """Render Markdown to HTML as the pages are, by pulldown-cmark."""
    return pyromark.html(markdown, options=OPTIONS)


def is_allowed(url: str) -> bool:
    """Tell whether a link may lead there."""
    return url.lower().startswith(_SCHEMES)


def bare_addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the addresses in a text begin and end, in their order, and where they lead, percent-encoded."""
    if any(sign in text for sign in _SIGNS):
        for found in FINDER.match(text) or ():
            if is_allowed(found.url) and (found.schema or found.text.startswith("www.")):
                yield found.index, found.last_index, normalizeLink(found.url)
