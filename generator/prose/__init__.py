"""A contributor's prose as clean Markdown: CommonMark with `$…$` maths and ids on headings, no HTML.

`normalize_markdown` takes a reasoning, which is Markdown; `render_plain` takes a plan's field or a title, which is
not, and `unescape_plain` reads back what that wrote. pulldown-cmark, with `dialect.OPTIONS`, is the reader that counts;
CommonMark's other readers see the same but for the maths.
"""

from generator.prose.blocks import normalize_markdown, section_lines, without_heading_ids
from generator.prose.characters import code_fence
from generator.prose.inline import render_plain, unescape_plain

__all__ = [
    "code_fence",
    "normalize_markdown",
    "render_plain",
    "section_lines",
    "unescape_plain",
    "without_heading_ids",
]
