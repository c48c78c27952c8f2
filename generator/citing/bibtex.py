"""A citation as an entry of BibTeX.

Metadata don't say whether a venue is a journal or a conference, so every entry is `@misc` with the venue in
`howpublished`, which every style prints. What the atlas itself publishes is `@misc` too, and a `note` says that it is a
data set and of which version: the styles of BibTeX, and many programs, know no `@dataset`.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from generator.citing.entry import FORMULA, OTHERS, VOCABULARY, parse_name

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from generator.citing.entry import CitationEntry

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
_PIECE = re.compile(rf"{FORMULA.pattern}|(?P<word>[^\W_]+)", re.DOTALL)
# Styles keep a title's first letter, and the first one behind a colon, by themselves.
_STARTS = re.compile(r"(?:^|:\s)[\W_]*")
_CAPITAL_WITHIN = re.compile(r".+[A-Z0-9]")
# Shorter words may be prepositions, which titles have in lower case anyway.
_LONG = 5


def bibtex(entry: CitationEntry) -> str:
    """Write an entry with a line per field; fields without a value are left out."""
    fields = (
        ("title", _protected(entry.title)),
        ("author", " and ".join(map(_author, entry.authors))),
        ("year", entry.year),
        ("howpublished", _escaped(entry.venue)),
        ("note", ", version ".join(piece for piece in (entry.medium, entry.version) if piece)),
        *((name, _in_address(value)) for name, value in entry.extra),
        ("url", _in_address(entry.url)),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@misc{{{entry.key},\n{lines}}}"


def _author(text: str) -> str:
    if text == OTHERS:
        return "others"
    name = parse_name(text)
    # Braces keep a name in one piece that is not a person's, or that BibTeX would split.
    if name.is_organisation or " and " in text:
        return f"{{{_escaped(text)}}}"
    if name.suffix or "," in text:
        return ", ".join(_escaped(part) for part in (name.family, name.suffix, name.given) if part)
    return _escaped(text)


def _in_address(text: str) -> str:
    """In an address a brace has another name."""
    return text.replace("{", "%7B").replace("}", "%7D")


def _escaped(text: str) -> str:
    # Hardly any text holds one, and a look is soon taken.
    return text.translate(_SPECIAL) if _IS_SPECIAL.search(text) else text


def _protected(title: str) -> str:
    """Put braces around formulas, and around words whose capitals styles would take away."""
    pieces, position = [], 0
    starts = {start.end() for start in _STARTS.finditer(title)}
    kept_in_case = _is_sentence_case(title, starts)
    for match in _PIECE.finditer(title):
        word = match["word"]
        is_name = kept_in_case and match.start() not in starts and match[0][0].isupper()
        if is_name or (_is_always_capital(word) if word else _is_balanced(match[0])):
            pieces += [_escaped(title[position : match.start()]), "{", match[0], "}"]
            position = match.end()
    return "".join([*pieces, _escaped(title[position:])])


def _is_sentence_case(title: str, starts: AbstractSet[int]) -> bool:
    """Whether capitals stand at names alone, not at most words."""
    words = [str(match["word"] or "") for match in _PIECE.finditer(title) if match.start() not in starts]
    capitals = [word[0].isupper() for word in words if len(word) >= _LONG]
    return 0 < len(capitals) >= 2 * sum(capitals)


def _is_always_capital(word: str) -> bool:
    # A single letter is a name ("vitamin C"), but for the article.
    is_letter = len(word) == 1 and word.isupper() and word != "A"
    return is_letter or bool(_CAPITAL_WITHIN.match(word)) or word in VOCABULARY.proper


def _is_balanced(formula: str) -> bool:
    """Whether BibTeX, to which a brace behind a backslash is one as well, finds the end of the formula."""
    depths = list(accumulate({"{": 1, "}": -1}.get(ch, 0) for ch in formula))
    return min(depths) == depths[-1] == 0
