"""Python-Markdown without the work that a page has no use for; what it makes of the page is the same.

Its inline patterns, over a dozen, are tried one after the other on each piece of text. Most pieces hold none of the
characters that any pattern begins with, and most pages hold only a few of these characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# What a text must hold, if a pattern of Python-Markdown's own is to find something in it.
_NEEDS = {
    "backtick": "`",
    "escape": "\\",
    "reference": "[",
    "link": "[",
    "image_link": "![",
    "image_reference": "![",
    "short_reference": "[",
    "short_image_ref": "![",
    "autolink": "://",
    "automail": "@",
    "linebreak": "  \n",
    "html": "<",
    "entity": "&",
}
_EMPHASIS = "em_strong"
_REFERENCES = ("reference", "image_reference", "short_reference", "short_image_ref")
_ANY = re.compile(r"[\\`*_\[<&]|  \n")


class Sparing(Extension):  # type: ignore[misc] # Python-Markdown has no types
    """Spares a page the inline patterns that can find nothing in it."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 -- Python-Markdown's name
        """Run just before the inline patterns."""
        md.treeprocessors.register(_Spare(md), "spare", 20.5)


class _Spare(Treeprocessor):  # type: ignore[misc] # Python-Markdown has no types
    def run(self, root: Element) -> None:
        """Take away patterns that no text of the page needs, and mark the texts that need none."""
        patterns = self.md.inlinePatterns
        ours = {*_NEEDS, _EMPHASIS}
        source = "".join(root.itertext())
        for name, needed in _NEEDS.items():
            if needed not in source or (name in _REFERENCES and not self.md.references):
                patterns.deregister(name, strict=False)
        # What another extension's pattern begins with is unknown.
        if sum(name in patterns for name in ours) < len(patterns):
            return
        for element in root.iter():
            if element.text and not _ANY.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _ANY.search(element.tail):
                element.tail = AtomicString(element.tail)
