"""The way back: from Markdown that shows a plain text to that text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from generator.prose.characters import PUNCTUATION
from generator.prose.inline import render_plain
from generator.prose.maths import in_dollars, script

if TYPE_CHECKING:
    from collections.abc import Callable

    Delimit = Callable[[str, bool], str]

_PIECE = re.compile(
    rf"""\\(?P<escaped>[{PUNCTUATION}])
    |\$\$(?P<display>(?:[^$\\]|\\.)+)\$\$
    |\$(?P<inline>(?:[^$\\]|\\.)+)\$
    |(?P<reference>&(?:\#\d+|\w+);)
    """,
    re.VERBOSE,
)


def unescape_plain(markdown: str) -> str:
    """Read the plain text that `render_plain` wrote, who writes the same Markdown of it again.

    Formulas stand in dollars, unless they would be read as money there.
    """
    if not any(mark in markdown for mark in "\\$&"):
        return markdown
    for delimit in (_dollars, _tags, _brackets):
        text = _unescaped(markdown, delimit)
        if "$" not in markdown or render_plain(text) == markdown:
            return text
    return _unescaped(markdown, _dollars)


def _unescaped(markdown: str, delimit: Delimit) -> str:
    def one(match: re.Match[str]) -> str:
        if latex := match["inline"] or match["display"]:
            return delimit(latex, bool(match["display"]))
        return match["escaped"] or html.unescape(match["reference"])

    return _PIECE.sub(one, markdown)


def _dollars(latex: str, is_display: bool) -> str:  # noqa: FBT001 -- as all of these
    return in_dollars(latex, is_display=is_display)


def _tags(latex: str, is_display: bool) -> str:  # noqa: FBT001 -- as all of these
    found = script(latex)
    return f"<{found[0]}>{found[1]}</{found[0]}>" if found else _dollars(latex, is_display)


def _brackets(latex: str, is_display: bool) -> str:  # noqa: FBT001 -- as all of these
    return _tags(latex, is_display) if is_display or script(latex) else rf"\({latex}\)"
