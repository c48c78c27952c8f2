"""Inline tokens as pieces: characters still to be escaped, finished Markdown, and emphasis without its delimiters."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from markdown_it.token import Token

from generator.prose.characters import code_fence, escape_address, escape_title
from generator.prose.dialect import bare_addresses
from generator.prose.maths import can_be_written, in_dollars

_BREAKS = ("softbreak", "hardbreak")
_LINK_END = "]("


class PieceKind(Enum):
    """Tells pieces apart: characters, Markdown, the start of a link, a hard break, or an end of emphasis."""

    TEXT = auto()
    MARKDOWN = auto()
    LINK = auto()
    BREAK = auto()
    START = auto()
    END = auto()


class Piece(NamedTuple):
    """A part of a paragraph; for emphasis `content` is its delimiter, at first the one in the source."""

    kind: PieceKind
    content: str


_BLANK = Piece(PieceKind.TEXT, " ")


def pieces_of(tokens: Sequence[Token], *, is_plain: bool = False, has_breaks: bool = True) -> list[Piece]:
    """Turn tokens to pieces, no two texts side by side.

    In a plain text a formula that Markdown can't hold is text; without hard breaks these are blanks, none at the start.
    """
    pieces = _merged(tokens, is_plain=is_plain, has_breaks=has_breaks)
    return pieces if is_plain else list(_linked(pieces))


def _merged(tokens: Sequence[Token], *, is_plain: bool, has_breaks: bool) -> list[Piece]:
    pieces: list[Piece] = []
    for piece in _pieces(tokens, is_plain=is_plain):
        if piece.kind is PieceKind.BREAK and not has_breaks:
            if not pieces:
                continue
            piece = _BLANK  # noqa: PLW2901 -- it takes its place
        if piece.kind is PieceKind.TEXT and pieces and pieces[-1].kind is PieceKind.TEXT:
            pieces[-1] = Piece(PieceKind.TEXT, pieces[-1].content + piece.content)
        elif piece.content or piece.kind is not PieceKind.TEXT:
            pieces.append(piece)
    return pieces


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


def _pieces(tokens: Sequence[Token], *, is_plain: bool) -> Iterator[Piece]:
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
            case "hardbreak":
                yield Piece(PieceKind.BREAK, "\n")
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
            alternative = "".join(" " if child.type in _BREAKS else child.content for child in token.children or ())
            return f"{alternative} ({token.attrs['src']})"
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
