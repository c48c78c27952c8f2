"""Inline content: markdown-it's tokens, or a plain text, as lines of Markdown, and the plain text read back."""

import html
import re
from collections.abc import Callable, Container, Iterator, Sequence
from functools import partial
from itertools import pairwise

from markdown_it.token import Token

from generator.prose.dialect import (
    PUNCTUATION,
    are_brackets_plain,
    escape_line,
    escape_markdown,
    reference,
    without_controls,
)
from generator.prose.maths import in_dollars, script
from generator.prose.pieces import Piece, PieceKind, emphasized, flanks, pieces_of
from generator.prose.reading import parse_plain

# Most plain texts are words or numbers, between which nothing stands that could be read as anything else.
_WORDS = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .,:;()'\"/%+=-]*[A-Za-z0-9.)])?|\d[\d.,]*(?<=\d)")
# What maths starts with. A text without it, as most are, has nothing to parse.
_STARTS = re.compile(r"[$\\<]")
_LINE_BREAK = re.compile(r"\r\n?")
# Stands for what is not text.
_OTHER = "\ue000"
# What may be a formula if there are backslashes before the brackets.
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_OPERATION = re.compile(rf"[\\^_=+<>{_OTHER}]")
# What stands in the Markdown of a plain text for something else.
_WRITTEN = re.compile(
    rf"""\\(?P<escaped>[{PUNCTUATION}])
    |\$\$(?P<display>(?:[^$\\]|\\.)+)\$\$
    |\$(?P<inline>(?:[^$\\]|\\.)+)\$
    |(?P<reference>&(?:\#\d+|\w+);)
    """,
    re.VERBOSE,
)


def render_plain(value: str) -> str:
    """Write a plain text (title, plan field; not Markdown) as one line of inline Markdown that shows its characters.

    It may stand anywhere: in a paragraph, an item, a heading with an id, a table's cell, a link's text. LaTeX maths is
    maths, and so are `<sub>` and `<sup>` in pairs around plain text. Line breaks are character references.
    """
    if _WORDS.fullmatch(value):
        return value
    whole = (value if value.isprintable() else _LINE_BREAK.sub("\n", without_controls(value))).strip(" \t\n")
    has_maths = _STARTS.search(whole)
    pieces = pieces_of(parse_plain(whole), is_plain=True) if has_maths else [Piece(PieceKind.TEXT, whole)]
    return _write(pieces, is_plain=True)


def render_inline(tokens: Sequence[Token]) -> str:
    """Write inline tokens as a paragraph, one line but for hard breaks, which are backslashes at the ends of lines."""
    return emphasized(pieces_of(tokens), _write)


def render_cell(tokens: Sequence[Token]) -> str:
    """Write inline tokens as a table's cell: whatever bars it holds, they don't end it."""
    pieces = pieces_of(tokens, has_breaks=False)
    return emphasized([_within_bars(piece) for piece in pieces], _write)


def _within_bars(piece: Piece) -> Piece:
    return piece if piece.kind is PieceKind.TEXT else piece._replace(content=piece.content.replace("|", r"\|"))


def render_heading(tokens: Sequence[Token]) -> str:
    """Write inline tokens as the text of a heading, on one line; hard breaks are blanks."""
    return emphasized(pieces_of(tokens, has_breaks=False), _write)


def _write(pieces: Sequence[Piece], *, is_plain: bool = False) -> str:
    characters = "".join([one.content if one.kind is PieceKind.TEXT else _OTHER for one in pieces])
    escape = partial(
        escape_markdown,
        bracket=_bracket(characters, has_links=any(one.kind is PieceKind.LINK for one in pieces), is_plain=is_plain),
        has_addresses=len(pieces) > 1 and "@" in characters,
    )
    references = {*flanks(pieces), *_edges(pieces)}
    written: list[str] = []
    for index, piece in enumerate(pieces):
        is_text = piece.kind is PieceKind.TEXT
        written += _with_edges(pieces, index, references, escape) if is_text else [piece.content]
    return "\\\n".join(map(escape_line, "".join(written).split("\n")))


def _with_edges(
    pieces: Sequence[Piece], index: int, references: Container[tuple[int, int]], escape: Callable[[str], str]
) -> tuple[str, str, str]:
    """Return a text's first character, the rest and the last one: both ends as references, an image's mark escaped.

    Of tildes all are the first one, as that behind the first could end what is struck out.
    """
    start, rest, end = "", pieces[index].content, ""
    if (index, 0) in references:
        first = len(rest) - len(rest.lstrip("~")) or 1
        start, rest = "".join(map(reference, rest[:first])), rest[first:]
    if (index, -1) in references and rest:
        rest, end = rest[:-1], reference(rest[-1])
    elif rest.endswith("!") and index + 1 < len(pieces) and pieces[index + 1].kind is PieceKind.LINK:
        rest, end = rest[:-1], "\\!"
    return start, escape(rest), end


def _bracket(characters: str, *, has_links: bool, is_plain: bool) -> str:
    """Return how brackets open; between backslashes, `[x = 1]` would be a formula if read again as Markdown."""
    if not has_links and are_brackets_plain(characters):
        return "["
    is_formula = not is_plain and any(map(_OPERATION.search, _BRACKETED.findall(characters)))
    return reference("[") if is_formula else r"\["


def _edges(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Find tildes, which may strike out, digits behind a formula, which would be money, and `://` before one."""
    for index, (before, piece) in enumerate(pairwise(pieces), start=1):
        start = piece.content[:1]
        if piece.kind is PieceKind.TEXT:
            is_behind_formula = before.kind is PieceKind.MARKDOWN and before.content.endswith("$")
            if start == "~" or (start.isdigit() and is_behind_formula):
                yield index, 0
        elif before.kind is PieceKind.TEXT and before.content.endswith("://") and start == "$":
            yield index - 1, -1


def unescape_plain(markdown: str) -> str:
    """Read the plain text that `render_plain` wrote, who writes the same Markdown of it again.

    Formulas stand in dollars, unless they would be read as money there.
    """
    if not any(mark in markdown for mark in "\\$&"):
        return markdown
    for has_tags, has_brackets in ((True, False), (False, False), (True, True)):
        text = _unescaped(markdown, has_tags=has_tags, has_brackets=has_brackets)
        if "$" not in markdown or render_plain(text) == markdown:
            return text
    return _unescaped(markdown, has_tags=True, has_brackets=False)


def _unescaped(markdown: str, *, has_tags: bool, has_brackets: bool) -> str:
    """Read it with formulas in dollars, but for those that may be tags or, on a line, in round brackets."""

    def one(match: re.Match[str]) -> str:
        latex = match["inline"] or match["display"]
        if not latex:
            return match["escaped"] or html.unescape(match["reference"])
        if has_tags and (found := script(latex)):
            tag, content = found
            return f"<{tag}>{content}</{tag}>"
        if has_brackets and match["inline"]:
            return rf"\({latex}\)"
        return in_dollars(latex, is_display=bool(match["display"]))

    return _WRITTEN.sub(one, markdown)
