"""The facts of a summary's leading block, "Publication" and "Paper Details".

Each is `Label: value`, or a label on the line above its value. Several may be glued into one line, and the first to the
caption "Publication".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.loading.summary_outline import LABELS, Line

if TYPE_CHECKING:
    from collections.abc import Iterable

_LABEL = re.compile(rf"({'|'.join(LABELS)}):", re.IGNORECASE)
_START = re.compile(rf"(?:Publication)?(?=(?:{'|'.join(LABELS)}):)", re.IGNORECASE)
_NAME_WORDS = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and its label, one of `LABELS`."""

    label: str
    value: str
    line: Line


def read_facts(lines: Iterable[Line]) -> tuple[tuple[Fact, ...], tuple[Line, ...]]:
    """The facts, and the lines that hold none."""
    facts: list[Fact] = []
    rest: list[Line] = []
    pending = ""
    for line in lines:
        start = _START.match(line.text)
        if start:
            _, *pieces = _LABEL.split(line.text[start.end() :])
            found = [
                Fact(label.casefold(), value.strip(" |•·\t"), line)
                for label, value in zip(pieces[::2], pieces[1::2], strict=True)
            ]
            facts += [fact for fact in found if fact.value]
            pending = "" if found[-1].value else found[-1].label
        elif pending:
            facts.append(Fact(pending, line.text, line))
            pending = ""
        elif line.text.casefold() in LABELS:
            pending = line.text.casefold()
        else:
            rest.append(line)
    return tuple(facts), tuple(rest)


def categories(text: str) -> tuple[str, ...]:
    """`cs.CV, cs.LG` or `cs.CV cs.LG` as its codes; names of categories are split at commas and semicolons only."""
    pieces = [piece.strip() for piece in re.split(r"[,;]", text)]
    if all(re.fullmatch(r"[a-z.\- ]+", piece, re.IGNORECASE) and "." in piece for piece in pieces):
        pieces = text.replace(",", " ").replace(";", " ").split()
    return tuple(piece for piece in pieces if piece)


def names(text: str) -> tuple[str, ...]:
    """`A, B and C` as names; a final "et al." becomes `others`, BibTeX's word for authors left unnamed."""
    head, _, tail = text.rpartition("et al")
    text = f"{head.rstrip(', ')}, others" if head and tail in {"", "."} else text
    pieces = (piece.strip() for piece in re.split(r"[,;]| and | & ", text))
    return tuple(piece.removeprefix("and ").removeprefix("& ") for piece in pieces if piece)


def are_names(text: str) -> bool:
    """Whether a line without a label lists at least two authors: short capitalised pieces between commas."""
    pieces = names(text)
    return len(pieces) > 1 and all(
        len(piece.split()) <= _NAME_WORDS
        and (piece == "others" or piece[0].isupper())
        and not any(ch.isdigit() or ch in ":?!" for ch in piece)
        for piece in pieces
    )
