"""Inline content: markdown-it's tokens, or a plain text, as lines of Markdown."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from generator.prose.characters import are_brackets_plain, escape_line, escape_markdown, reference, without_controls
from generator.prose.emphasis import edge, emphasized, flanks
from generator.prose.pieces import Kind, Piece, pieces_of
from generator.prose.reading import parse_plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

# Most plain texts are words or numbers, between which nothing stands that could be read as anything else.
_WORDS = re.compile(r"[A-Za-z](?:[A-Za-z0-9 .,:;()'\"/%+=-]*[A-Za-z0-9.)])?|\d[\d.,]*(?<=\d)")
# What maths starts with. A text without it, as most are, has nothing to parse.
_STARTS = re.compile(r"[$\\<]")
_LINE_BREAK = re.compile(r"\r\n?")
_CLOSING_SEQUENCE = re.compile(r"(?:^|(?<= ))#+$")
# Stands for what is not text.
_OTHER = "\ue000"


def render_plain(value: str) -> str:
    """Write a plain text (title, plan field; not Markdown) as one line of inline Markdown that shows its characters.

    It may stand anywhere: in a paragraph, an item, a heading with an id, a table's cell, a link's text. LaTeX maths is
    maths, and so are `<sub>` and `<sup>` in pairs around plain text. Line breaks are character references.
    """
    if _WORDS.fullmatch(value):
        return value
    whole = value if value.isprintable() else _LINE_BREAK.sub("\n", without_controls(value))
    if not _STARTS.search(whole):
        return escape_line(escape_markdown(whole, are_brackets_plain=are_brackets_plain(whole)))
    return _write(pieces_of(parse_plain(whole), is_plain=True))


def render_inline(tokens: Sequence[Token]) -> str:
    """Write inline tokens as a paragraph, one line but for hard breaks, which are backslashes at the ends of lines."""
    return emphasized(pieces_of(tokens), _write)


def render_heading(tokens: Sequence[Token]) -> str:
    """Write inline tokens as the text of a heading, on one line; hard breaks are blanks."""
    pieces = [Piece(Kind.TEXT, " ") if one.kind is Kind.BREAK else one for one in pieces_of(tokens)]
    return _CLOSING_SEQUENCE.sub(lambda match: f"{match[0][:-1]}\\#", emphasized(pieces, _write))


def _write(pieces: Sequence[Piece]) -> str:
    characters = "".join(one.content if one.kind is Kind.TEXT else _OTHER for one in pieces)
    escape = partial(
        escape_markdown,
        are_brackets_plain=are_brackets_plain(characters) and all(one.kind is not Kind.LINK for one in pieces),
        has_addresses=len(pieces) > 1 and "@" in characters,
    )
    references = {*flanks(pieces), *_digits(pieces)}
    written = []
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.TEXT:
            is_before_link = index + 1 < len(pieces) and pieces[index + 1].kind is Kind.LINK
            start, rest, end = _parts(
                piece.content, (index, 0) in references, (index, -1) in references, is_before_link
            )
            written += [start, escape(rest), end]
        else:
            written.append(piece.content)
    return "\\\n".join(map(escape_line, "".join(written).split("\n")))


def _parts(content: str, is_first: bool, is_last: bool, is_before_link: bool) -> tuple[str, str, str]:
    """A text's first character, the rest, and the last one, first and last written if they need more than an escape."""
    start = reference(content[0]) if is_first else ""
    rest = content[1:] if is_first else content
    if is_last and rest:
        return start, rest[:-1], reference(rest[-1])
    if is_before_link and rest.endswith("!"):
        return start, rest[:-1], "\\!"
    return start, rest, ""


def _digits(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The digits after a formula, which would make its dollar one of money."""
    for index, piece in enumerate(pieces):
        if piece.kind is Kind.MARKDOWN and piece.content.endswith("$") and edge(pieces, index + 1, 0).isdigit():
            yield index + 1, 0
