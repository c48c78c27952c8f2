"""A contributor's prose as Markdown that every builder renders alike.

`canonical` takes a reasoning, which is Markdown; `text` takes a plan's field or a title, which is not. In both, LaTeX
maths becomes MathML. Python-Markdown with `sane_lists` and `md_in_html` reads the result as CommonMark reads the
source, and so do CommonMark's own readers; where the two would part, HTML stands instead of Markdown.
"""

from __future__ import annotations

from generator.prose.blocks import canonical
from generator.prose.characters import in_html
from generator.prose.inline import text

__all__ = ["canonical", "in_html", "text"]
