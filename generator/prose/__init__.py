"""A contributor's prose as Markdown that every builder renders alike.

`canonical` takes a reasoning, which is Markdown; `text` takes a plan's field or a title, which is not. In both, LaTeX
maths becomes MathML. The result is CommonMark that Python-Markdown, with or without the extensions of this site, reads
the same way; where its rules differ from CommonMark's, HTML stands instead.
"""

from __future__ import annotations

from generator.prose.blocks import canonical
from generator.prose.inline import text

__all__ = ["canonical", "text"]
