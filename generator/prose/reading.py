"""Contributors' text -> markdown-it tokens: CommonMark as language models write it, and plain text.

The CommonMark differs from the preset in what a reasoning means: maths comes before escapes and emphasis; `<sub>` and
`<sup>` are the only tags, all else in angle brackets is text; links lead to http, https and mailto alone, other
brackets stay text; reference definitions are text, because taking them away would lose their words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from generator.prose.characters import without_controls
from generator.prose.maths import formula_at

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_SCHEMES = ("http://", "https://", "mailto:")
_TAG = re.compile(r"</?su[bp]>")
# markdown-it drops the text of blocks nested deeper than `maxNesting`; from `_DEEPEST` on they are one paragraph.
_DEEPEST = 32
_NESTING = 40


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return url.lower().startswith(_SCHEMES)


def read(source: str) -> list[Token]:
    """The block tokens of a source, `inline` ones with their children; besides CommonMark's types `math` and `tag`."""
    return _READER.parse(without_controls(source))


def read_plain(value: str) -> list[Token]:
    """The inline tokens of a plain text of one line: `text`, `math` and `tag` alone."""
    return _PLAIN_READER.parseInline(value)[0].children or []


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    formula = formula_at(state.src, state.pos) if state.src[state.pos] in "$\\" else None
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.content = formula.latex
        token.meta["is_display"] = formula.is_display
    state.pos = formula.end
    return True


def _tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    match = _TAG.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("tag", match[0].strip("</>"), 0).content = match[0]
    state.pos = match.end()
    return True


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    if silent or state.level < _DEEPEST:
        return False
    line = start
    while line < end and (state.isEmpty(line) or not 0 <= state.sCount[line] < state.blkIndent):
        line += 1
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip()  # noqa: FBT003 - keepLastLF
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = line
    return True


def _markdown_reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"maxNesting": _NESTING}).disable(["html_block", "html_inline", "reference"])
    reader.inline.ruler.before("escape", "math", _math)
    reader.inline.ruler.before("autolink", "tag", _tag)
    reader.block.ruler.before("code", "too_deep", _too_deep)
    return reader


def _plain_reader() -> MarkdownIt:
    reader = MarkdownIt("zero")
    reader.inline.ruler.push("math", _math)
    reader.inline.ruler.push("tag", _tag)
    return reader


_READER = _markdown_reader()
_PLAIN_READER = _plain_reader()
