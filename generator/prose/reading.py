"""Contributors' text -> markdown-it tokens: CommonMark as language models write it, and plain text.

The CommonMark differs from the preset in what a reasoning means: maths comes before escapes and emphasis, and so do
`<sub>` and `<sup>` in pairs; all else in angle brackets is text; links lead to http, https and mailto alone, other
brackets stay text; reference definitions are text, because taking them away would lose their words. Of GitHub's
additions it knows tables, tasks, what is struck out and bare addresses.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.rules_inline.emphasis import tokenize as tokenize_emphasis
from markdown_it.rules_inline.strikethrough import tokenize as tokenize_strikes
from markdown_it.token import Token

from generator.prose.dialect import FINDER, is_allowed, without_controls
from generator.prose.maths import formula_at

# The box of a task, `[ ]` or `[x]`, and what is to be done.
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
# What begins a formula that may stand on several lines, and how many these are at most.
_DISPLAY = re.compile(r"\$\$|\\\[|\\begin\{([a-zA-Z]+\*?)\}")
_MOST_LINES = 100
# markdown-it drops the text of blocks nested deeper than `maxNesting`; from `_DEEPEST` on they are one paragraph.
_DEEPEST = 32
_NESTING = 40
_STRIKE = "~~"
_PAUSES = ".,:;!?。，、．：；！？"
# Others of ASCII's are operators as well: in `x**2 + (a+b)**n` nothing is emphasized.
_MARKS = frozenset(f"{_PAUSES}\"'")


class _Reader(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        return is_allowed(url)


def parse_markdown(source: str) -> list[Token]:
    """Parse a source to block tokens, `inline` ones with their children.

    Besides the library's types there is `math`, and an item that is a task has the mark of its box as `task`.
    """
    return _READER.parse(without_controls(source))


def parse_blocks(source: str) -> list[Token]:
    """Parse a source to block tokens alone, `inline` ones without children; a table is a paragraph of its lines."""
    return _BLOCK_READER.parse(without_controls(source))


def parse_inline(source: str) -> list[Token]:
    """Parse a paragraph's source to inline tokens of the same types."""
    return _READER.parseInline(source)[0].children or []


def parse_plain(value: str) -> list[Token]:
    """Parse a plain text of one line to inline tokens: `text` and `math` alone."""
    return _PLAIN_READER.parseInline(value)[0].children or []


def _math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    formula = formula_at(state.src, state.pos) if state.src[state.pos] in "$\\<" else None
    if formula is None or formula.end > state.posMax:
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.content = formula.latex
        token.markup = state.src[state.pos : formula.end]
        token.meta["is_display"] = formula.is_display
    state.pos = formula.end
    return True


def _plain_math(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    is_escaped = state.pos > 0 and state.src[state.pos - 1] == "\\" and state.src[state.pos] != "<"
    return not is_escaped and _math(state, silent)


@lru_cache(maxsize=2)
def _last_end(source: str) -> int:
    """Find where the last link of a text may end; behind it, to seek an end for each bracket would take long."""
    return source.rfind("](")


def read_emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    """Read asterisks and underscores."""
    return _with_meant(tokenize_emphasis, state, silent)


def read_strikes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    """Read two tildes; one is said of amounts and ranges, and more are nothing."""
    if silent or state.src[state.pos] != _STRIKE[0]:
        return False
    run = state.scanDelims(state.pos, True).length  # noqa: FBT003 - canSplitWord
    if run == len(_STRIKE):
        return _with_meant(tokenize_strikes, state, silent)
    state.pending += _STRIKE[0] * run
    state.pos += run
    return True


def _with_meant(rule: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Let a rule of the library find delimiters, and let them open or close as well what they are meant to.

    CommonMark was made for texts with blanks between words. Beside a quotation mark, a bracket or a pause it wants a
    blank, which Chinese and Japanese have not, and which models leave out elsewhere: `**「門」**の`, `**"gate"**s`.
    """
    start, known = state.pos, len(state.delimiters)
    if not rule(state, silent):
        return False
    before, after = state.src[start - 1 : start], state.src[state.pos : state.pos + 1]
    if state.src[start] != "_" and before and after:
        opens = _is_apart(before, after) and unicodedata.category(after) not in ("Pe", "Pf") and after not in _PAUSES
        closes = _is_apart(after, before) and unicodedata.category(before) not in ("Ps", "Pi")
        for delimiter in state.delimiters[known:]:
            delimiter.open |= opens
            delimiter.close |= closes
    return True


def _is_apart(letter: str, mark: str) -> bool:
    """Tell whether a mark between a letter and emphasis belongs to what is emphasized."""
    if not letter.isalnum() or unicodedata.category(mark)[0] not in "PS":
        return False
    return unicodedata.east_asian_width(letter) in "WF" or not mark.isascii() or mark in _MARKS


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    if silent or state.level < _DEEPEST:
        return False
    line = start
    while line < end and (state.isEmpty(line) or not 0 <= state.sCount[line] < state.blkIndent):
        line += 1
    _paragraph(state, state.getLines(start, line, state.blkIndent, False).strip(), line)  # noqa: FBT003 - keepLastLF
    return True


def _display(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - the signature of a rule
    """Read a displayed formula on several lines as a paragraph, though lists or headings may seem to begin in it."""
    opening = _DISPLAY.match(state.src, state.bMarks[start] + state.tShift[start])
    if opening is None or state.is_code_block(start):
        return False
    closing = f"\\end{{{opening[1]}}}" if opening[1] else opening[0].replace("[", "]")
    for line in range(start + 1, min(end, start + _MOST_LINES)):
        if state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            return False
        if state.src[state.bMarks[line] : state.eMarks[line]].rstrip().endswith(closing):
            content = state.getLines(start, line + 1, state.blkIndent, False).strip()  # noqa: FBT003 - keepLastLF
            formula = formula_at(content, 0)
            is_whole = formula is not None and formula.end == len(content)
            if is_whole and not silent:
                _paragraph(state, content, line + 1)
            return is_whole
    return False


def _paragraph(state: StateBlock, content: str, end: int) -> None:
    state.push("paragraph_open", "p", 1)
    inline = state.push("inline", "", 0)
    inline.content = content
    inline.children = []
    state.push("paragraph_close", "p", -1)
    state.line = end


def _tasks(state: StateCore) -> None:
    for before, paragraph, inline in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        is_first = before.type == "list_item_open" and paragraph.type == "paragraph_open"
        if is_first and (box := _TASK.match(inline.content)):
            before.meta["task"] = box[1].lower()
            inline.content = inline.content[box.end() :]


def _markdown_reader() -> MarkdownIt:
    reader = _Reader("commonmark", {"maxNesting": _NESTING, "linkify": True})
    reader.disable(["html_block", "html_inline", "reference"]).enable(["table", "strikethrough"])
    # Addresses within a text are found later, as it will stand on the page; emphasis in them is to be seen here.
    reader.inline.ruler.enable(["linkify"])
    reader.linkify = FINDER
    reader.inline.ruler.before("escape", "math", _math)
    reader.inline.ruler.at("link", lambda state, silent: state.pos < _last_end(state.src) and link(state, silent))
    reader.inline.ruler.at("image", lambda state, silent: state.pos < _last_end(state.src) and image(state, silent))
    reader.inline.ruler.at("emphasis", read_emphasis)
    reader.inline.ruler.at("strikethrough", read_strikes)
    reader.block.ruler.before("code", "too_deep", _too_deep)
    reader.core.ruler.after("block", "tasks", _tasks)
    reader.block.ruler.before("code", "display", _display, {"alt": ["paragraph", "list", "blockquote"]})
    return reader


_READER = _markdown_reader()
_BLOCK_READER = _markdown_reader().disable(["inline", "text_join", "table", "tasks"])
_PLAIN_READER = MarkdownIt("zero")
_PLAIN_READER.inline.ruler.push("math", _plain_math)
