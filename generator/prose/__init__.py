"""A contributor's prose as clean Markdown: CommonMark with `$…$` maths and ids on headings, no HTML.

`normalize_markdown` takes a reasoning or a summary's part, which are Markdown; `render_plain` takes a plan's field or a
title, which are not, and `unescape_plain` reads back what that wrote. pulldown-cmark, with `dialect.OPTIONS`, is the
reader that counts; CommonMark's other readers see the same but for the maths.
"""

from generator.prose.blocks import normalize_markdown, plain_line, section_lines, without_heading_ids
from generator.prose.dialect import code_fence
from generator.prose.inline import render_plain, unescape_plain
from generator.prose.reading import parse_blocks

__all__ = [
    "code_fence",
    "normalize_markdown",
    "parse_blocks",
    "plain_line",
    "render_plain",
    "section_lines",
    "unescape_plain",
    "without_heading_ids",
]
