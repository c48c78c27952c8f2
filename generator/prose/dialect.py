"""The Markdown that pages are written in, and the reader that counts."""

import pyromark

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_MATH
    | pyromark.Options.ENABLE_GFM
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)


def render(markdown: str) -> str:
    """Render Markdown to HTML as the pages are, by pulldown-cmark."""
    return pyromark.html(markdown, options=OPTIONS)
