"""Delimiters of emphasis: asterisks where they do, else what is read back as it was meant; tildes are what they are."""

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from generator.prose.dialect import render
from generator.prose.pieces import Piece, PieceKind
from generator.prose.reading import parse_inline

_TAG = re.compile(r"</?(?:em|strong|del)>")
# The element that delimiters stand for.
_NAMES = {"*": "em>", "_": "em>", "**": "strong>", "__": "strong>", "~~": "del>"}
_ENDS = (PieceKind.START, PieceKind.END)
_ASTERISK, _UNDERSCORE, _TILDE = "*", "_", "~"
_PUNCTUATION = frozenset(string.punctuation)


def emphasized(pieces: Sequence[Piece], write: Callable[[Sequence[Piece]], str]) -> str:
    """Write pieces with the first delimiters that readers understand; `write` puts the pieces together.

    Emphasis that is neither within nor beside other emphasis can be an asterisk or two. For the rest there is no rule
    but to try. Where nothing is read back as it was meant, which is not known to happen, the words remain.
    """
    if len(pieces) == 1:
        return write(pieces)
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
