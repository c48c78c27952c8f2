"""The little LaTeX that reaches us in titles and abstracts from arXiv."""

from __future__ import annotations

import re

# `$…$` comes first so that what stands inside maths is left alone; only the last, unclosed `$` can be scanned twice.
_MATHS_OR_ESCAPE = re.compile(r"(\$(?:[^$\\]|\\.)*\$)|\\([%&_$#])")
_MATHS_OR_BRACE = re.compile(r"(\$(?:[^$\\]|\\.)*\$|\\.)|[{}]")


def unescape(text: str) -> str:
    r"""Text with `\%`, `\&`, `\_`, `\$`, `\#` read as the characters they stand for, maths between `$` untouched."""
    return _MATHS_OR_ESCAPE.sub(lambda found: found[1] or found[2], text)


def without_braces(text: str) -> str:
    """Text without the braces that protect BibTeX's capitals, maths between `$` untouched."""
    return _MATHS_OR_BRACE.sub(lambda found: found[1] or "", text)
