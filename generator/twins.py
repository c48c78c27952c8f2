"""A generated page's Markdown without what only the site's looks need: its twin, for programs and lovers of plain text.

The pages' own tags and attribute lists are known, as templates and `prose` alone write them: contributed text is
escaped.
"""

from __future__ import annotations

import html
import re

from generator.rendering import MARK

_MARK_LINE = f"{MARK}\n"
# The plot of figures that the table above it holds already.
_PLOT = re.compile(r"^<figure.*?^</figure>\n", re.MULTILINE | re.DOTALL)
_FORMULA = re.compile(r'<span class="math"><math.*?</math><span class="latex" hidden>(.*?)</span></span>')
_TAG_LINE = re.compile(r"^</?(?:aside|details|div|header|nav|section)(?: [^<>]*)?>\n", re.MULTILINE)
_LABEL = re.compile(r"</?(?:details|summary)>")
_ATTRIBUTES = re.compile(r"(?<!\\)[ ]?\{: [^{}\n]*\}")
_BLANK_LINES = re.compile(r"\n{3,}")


def twin(page: str) -> str:
    """The text of a page of docs/ in plain CommonMark; front matter and relative links stay as they are."""
    text = page.replace(_MARK_LINE, "", 1)
    text = _PLOT.sub("", text)
    text = _FORMULA.sub(lambda match: f"${_latex(match[1])}$", text)
    text = _LABEL.sub("", _TAG_LINE.sub("", text))
    return _BLANK_LINES.sub("\n\n", _ATTRIBUTES.sub("", text))


def _latex(escaped: str) -> str:
    """LaTeX as Markdown that shows it: what it has of Markdown's own characters stays escaped."""
    return re.sub(r"([\\`*_{}\[\]<&])", r"\\\1", html.unescape(escaped))
