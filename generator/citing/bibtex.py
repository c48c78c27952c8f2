"""A citation as an entry of BibTeX.

Metadata don't say whether a venue is a journal or a conference, so every entry is `@misc` with the venue in
`howpublished`, which every style prints. What the atlas itself publishes is `@misc` too, and a `note` says that it is a
data set and of which version: the styles of BibTeX, and many programs, know no `@dataset`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.citing.cited import ATLAS, OTHERS

if TYPE_CHECKING:
    from generator.citing.cited import Cited

# BibTeX counts braces even behind a backslash, so those of a title are named.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    | {ch: f"\\{ch}" for ch in "&%$#_"}
)
_IS_SPECIAL = re.compile(r"[\\{}~^&%$#_]")
# A word with a capital or a digit behind its first letter, which styles would set in lower case.
_PROTECTED = re.compile(r"(?<![^\W_])[^\W_]+[A-Z0-9][^\W_]*")


def bibtex(cited: Cited) -> str:
    """The entry, with a line per field."""
    fields = (
        ("title", _protected(cited.title)),
        ("author", " and ".join(map(_author, cited.authors))),
        ("year", cited.year),
        ("howpublished", _escaped(cited.venue)),
        ("note", ", version ".join(piece for piece in (cited.medium, cited.version) if piece)),
        *((name, _in_address(value)) for name, value in cited.extra),
        ("url", _in_address(cited.url)),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@misc{{{cited.key},\n{lines}}}"


def _author(name: str) -> str:
    if name == OTHERS:
        return "others"
    # Braces keep a name in one piece that is not a person's, or that BibTeX would split.
    return f"{{{_escaped(name)}}}" if name == ATLAS or " and " in name else _escaped(name)


def _in_address(text: str) -> str:
    """In an address a brace has another name."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _escaped(text: str) -> str:
    # Hardly any text holds one, and a look is soon taken.
    return text.translate(_SPECIAL) if _IS_SPECIAL.search(text) else text


def _protected(title: str) -> str:
    pieces, position = [], 0
    for match in _PROTECTED.finditer(title):
        pieces += [_escaped(title[position : match.start()]), "{", match[0], "}"]
        position = match.end()
    return "".join([*pieces, _escaped(title[position:])])
