"""A generated page's Markdown without what only the site's looks need: its twin, for programs and lovers of plain text.

The pages' own tags and attribute lists are known, as templates and `prose` alone write them: contributed text is
escaped.
"""

from __future__ import annotations

import html
import re

from generator.files import MARK

# What the page tells programs in its head; the data files tell it better.
_FOR_THE_HEAD = re.compile(rf"^(?:{re.escape(MARK)}|linked_data: .*)\n", re.MULTILINE)
# The plot of figures that the table above it holds already.
_PLOT = re.compile(r"^<figure.*?^</figure>\n", re.MULTILINE | re.DOTALL)
_FORMULA = re.compile(r'<span class="math"><math.*?</math><span class="latex" hidden>(.*?)</span></span>')
_TAG_LINE = re.compile(r"^</?(?:aside|details|div|header|nav|section)(?: [^<>]*)?>\n", re.MULTILINE)
_LABEL = re.compile(r"</?(?:details|summary)>")
_ATTRIBUTES = re.compile(r"(?<!\\)[ ]?\{: [^{}\n]*\}")
_BLANK_LINES = re.compile(r"\n{3,}")


def twin(page: str) -> str:
    """The text of a page of docs/ in plain CommonMark; the front matter's facts and relative links stay as they are."""
    head, fence, body = page.partition("\n---\n") if page.startswith("---\n") else ("", "", page)
    text = _FOR_THE_HEAD.sub("", f"{head}{fence}") + _PLOT.sub("", body)
    text = _FORMULA.sub(lambda match: f"${_latex(match[1])}$", text)
    text = _LABEL.sub("", _TAG_LINE.sub("", text))
    return _BLANK_LINES.sub("\n\n", _ATTRIBUTES.sub("", text))


def _latex(escaped: str) -> str:
    """LaTeX as Markdown that shows it: what it has of Markdown's own characters stays escaped."""
    return re.sub(r"([\\`*_{}\[\]<&])", r"\\\1", html.unescape(escaped))
