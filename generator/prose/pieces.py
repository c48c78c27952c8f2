"""Inline tokens as pieces: characters still to be escaped, finished Markdown, and ends of emphasis.

Of delimiters, asterisks stand where they do, else what is read back as it was meant; tildes are what they are.
"""

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from generator.prose.dialect import bare_addresses, code_fence, escape_address, escape_title, render
from generator.prose.maths import can_be_written, in_dollars
from generator.prose.reading import parse_inline

_LINK_END = "]("
_TAG = re.compile(r"</?(?:em|strong|del)>")
# The element that delimiters stand for.
_NAMES = {"*": "em>", "_": "em>", "**": "strong>", "__": "strong>", "~~": "del>"}
_ASTERISK, _UNDERSCORE, _TILDE = "*", "_", "~"
_PUNCTUATION = frozenset(string.punctuation)


class PieceKind(Enum):
    """Tells pieces apart: characters, Markdown, the start of a link, or an end of emphasis."""

    TEXT = auto()
    MARKDOWN = auto()
    LINK = auto()
    START = auto()
    END = auto()


class Piece(NamedTuple):
    """A part of a paragraph; for emphasis `content` is its delimiter, at first the one in the source."""

    kind: PieceKind
    content: str


_ENDS = (PieceKind.START, PieceKind.END)


def pieces_of(tokens: Sequence[Token], *, is_plain: bool = False, has_breaks: bool = True) -> list[Piece]:
    """Turn tokens to pieces, no two texts side by side.

    In a plain text a formula that Markdown can't hold is text; without hard breaks these are blanks.
    """
    merged: list[Piece] = []
    for piece in _pieces(tokens, is_plain=is_plain, has_breaks=has_breaks):
        if piece.kind is PieceKind.TEXT and merged and merged[-1].kind is PieceKind.TEXT:
            merged[-1] = Piece(PieceKind.TEXT, merged[-1].content + piece.content)
        elif piece.kind is not PieceKind.TEXT or (piece.content if merged else piece.content.strip(" ")):
            merged.append(piece)
    return merged if is_plain else list(_linked(merged))


def _linked(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Make links of the bare addresses in texts that are no part of a link."""
    is_linked = False
    for piece in pieces:
        if piece.kind is not PieceKind.TEXT or is_linked:
            is_linked = piece.kind is PieceKind.LINK or (is_linked and not piece.content.startswith(_LINK_END))
            yield piece
            continue
        behind = 0
        for start, end, url in bare_addresses(piece.content):
            if start > behind:
                yield Piece(PieceKind.TEXT, piece.content[behind:start])
            yield Piece(PieceKind.LINK, "[")
            yield Piece(PieceKind.TEXT, piece.content[start:end])
            yield Piece(PieceKind.MARKDOWN, f"{_LINK_END}{escape_address(url)})")
            behind = end
        if behind < len(piece.content):
            yield Piece(PieceKind.TEXT, piece.content[behind:])


def _pieces(tokens: Sequence[Token], *, is_plain: bool, has_breaks: bool) -> Iterator[Piece]:
    links: list[Token] = []
    for token in tokens:
        match token.type:
            case "link_open":
                links.append(token)
                yield Piece(PieceKind.LINK, "[")
            case "link_close":
                yield Piece(PieceKind.MARKDOWN, f"{_LINK_END}{_destination(links.pop())})")
            case "em_open" | "strong_open" | "s_open":
                yield Piece(PieceKind.START, token.markup)
            case "em_close" | "strong_close" | "s_close":
                yield Piece(PieceKind.END, token.markup)
            case "hardbreak" if has_breaks:
                yield Piece(PieceKind.MARKDOWN, "\n")
            case "code_inline":
                yield Piece(PieceKind.MARKDOWN, code(token.content))
            case "math":
                yield _formula(token, is_plain=is_plain)
            case _:
                yield Piece(PieceKind.TEXT, _characters(token))


def _characters(token: Token) -> str:
    match token.type:
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            words = (" " if child.type.endswith("break") else child.content for child in token.children or ())
            return f"{''.join(words)} ({token.attrs['src']})"
        case _:
            return token.content


def _formula(token: Token, *, is_plain: bool) -> Piece:
    latex, is_display = token.content, token.meta["is_display"]
    is_writable = can_be_written(latex, is_display=is_display)
    if is_plain and ("|" in latex or not is_writable):
        # A vertical bar would end a table's cell, and neither maths nor code has an escape for it.
        return Piece(PieceKind.TEXT, token.markup)
    return Piece(PieceKind.MARKDOWN, in_dollars(latex, is_display=is_display) if is_writable else code(latex))


def code(content: str) -> str:
    """Write a code span, its fence longer than any run of backticks in it."""
    fence = code_fence(content, 1)
    is_stripped = content.startswith(" ") and content.endswith(" ") and content.strip(" ")
    pad = " " if is_stripped or content.startswith("`") or content.endswith("`") else ""
    return f"{fence}{pad}{content}{pad}{fence}"


def _destination(link: Token) -> str:
    address, title = str(link.attrs["href"]), str(link.attrs.get("title", ""))
    return f'{escape_address(address)} "{escape_title(title)}"' if title else escape_address(address)


def plain_content(tokens: Sequence[Token]) -> str:
    """Return the words of inline tokens: what a heading's address is made of, however it is written."""
    return " ".join("".join(map(_characters, tokens)).split())


def emphasized(pieces: Sequence[Piece], write: Callable[[Sequence[Piece]], str]) -> str:
    """Write pieces with the first delimiters that readers understand; `write` puts the pieces together.

    Emphasis that is neither within nor beside other emphasis can be an asterisk or two. For the rest there is no rule
    but to try. Where nothing is read back as it was meant, which is not known to happen, the words remain.
    """
    asterisks = [_ASTERISK] * len(pieces)
    if not _is_intricate(pieces):
        return write(_with(pieces, asterisks))
    meant = [("</" if one.kind is PieceKind.END else "<") + _NAMES[one.content] for one in pieces if one.kind in _ENDS]
    for characters in (asterisks, _alternating(pieces), [one.content[:1] for one in pieces]):
        written = write(_with(pieces, characters))
        if _TAG.findall(render(written)) == meant == _tags_of(written):
            return written
    return write([one for one in pieces if one.kind not in _ENDS])


def _tags_of(markdown: str) -> list[str]:
    tokens = [token for token in parse_inline(markdown) if token.markup in _NAMES and token.nesting]
    return [("</" if token.nesting < 0 else "<") + _NAMES[token.markup] for token in tokens]


def _is_intricate(pieces: Sequence[Piece]) -> bool:
    """Tell whether emphasis stands within or right behind other emphasis."""
    kinds = [piece.kind for piece in pieces]
    is_nested = (PieceKind.START, PieceKind.START) in pairwise(kind for kind in kinds if kind in _ENDS)
    return is_nested or (PieceKind.END, PieceKind.START) in pairwise(kinds)


def _with(pieces: Sequence[Piece], characters: Sequence[str]) -> list[Piece]:
    """Give pieces delimiters of these characters, one for each piece; tildes stay."""
    return [
        piece._replace(content=character * len(piece.content))
        if piece.kind in _ENDS and _TILDE not in piece.content
        else piece
        for piece, character in zip(pieces, characters, strict=True)
    ]


def _alternating(pieces: Sequence[Piece]) -> list[str]:
    """Return asterisks, and underscores for emphasis within emphasis unless there are letters or digits beside it."""
    characters = [_ASTERISK] * len(pieces)
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind is PieceKind.START:
            opened.append(index)
        elif piece.kind is PieceKind.END:
            start = opened.pop()
            is_apart = is_beside(edge(pieces, start - 1, -1)) and is_beside(edge(pieces, index + 1, 0))
            if len(opened) % 2 and is_apart:
                characters[start] = characters[index] = _UNDERSCORE
    return characters


def edge(pieces: Sequence[Piece], index: int, end: int) -> str:
    """Return the first (0) or last (-1) character of a piece; empty where there is none."""
    return pieces[index].content[end] if 0 <= index < len(pieces) else ""


def is_beside(character: str) -> bool:
    """Tell whether all versions of CommonMark let any delimiter stand beside the character: a blank or punctuation."""
    return (
        not character
        or character.isspace()
        or character in _PUNCTUATION
        or unicodedata.category(character).startswith("P")
    )


def flanks(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Find the characters that must be references for the delimiters to be some: the piece's index, and 0 or -1.

    What counts is what stands in the Markdown, and that may be no longer what stood beside them in the source.
    """
    for index, piece in enumerate(pieces):
        if piece.kind in _ENDS:
            inner, outer = (index + 1, index - 1) if piece.kind is PieceKind.START else (index - 1, index + 1)
            ends = (0, -1) if piece.kind is PieceKind.START else (-1, 0)
            inside, outside = edge(pieces, inner, ends[0]), edge(pieces, outer, ends[1])
            is_strike = piece.content[0] == _TILDE
            if inside.isspace() or (is_strike and inside == _TILDE):
                yield inner, ends[0]
            if is_strike and outside == _TILDE:
                yield outer, ends[1]
            if not is_beside(outside) and (not inside.isalnum() or piece.content[0] == _UNDERSCORE):
                yield outer, ends[1]
