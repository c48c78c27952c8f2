"""Names of persons in a text."""

import re


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in `A, B and C`, or of a line each; a final "et al." is `others`, BibTeX's word for the rest."""
    head, _, tail = text.rpartition("et al")
    text = f"{head.rstrip(', ')}, others" if head and tail in {"", "."} else text
    pieces = (piece.strip() for piece in re.split(r"[,;\n]| and | & ", text))
    return tuple(piece.removeprefix("and ").removeprefix("& ").strip() for piece in pieces if piece)
