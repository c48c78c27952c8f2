"""A citation in a style: APA (7th edition), MLA (9th) and Chicago (17th) as running text, entries of BibTeX and RIS.

Metadata don't say whether a venue is a journal or a conference, so every entry is `@misc` with the venue in
`howpublished`, which every style prints. What the atlas itself publishes is `@misc` too, and a `note` says that it is a
data set and of which version: the styles of BibTeX, and many programs, know no `@dataset`.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import accumulate

import rispy

from generator.citing.entry import FORMULA, PROPER, CitationEntry, plain_title
from generator.prose.typesetting import mathml
from generator.text.names import OTHERS, Name, parse_name

_MOST_IN_APA = 20
# Of more than ten authors Chicago names seven.
_MOST_IN_CHICAGO, _FIRST_IN_CHICAGO = 10, 7
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
# "J.R.R."
_JOINED_INITIALS = re.compile(r"\.(?=\w)")
# BibTeX ends a name there, in either case.
_AND = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
# What TeX acts on wherever it stands in an address; `^^5c` is a backslash to it.
_IN_ADDRESS = str.maketrans({ch: f"%{ord(ch):02X}" for ch in "{}\\^$"})


def apa(entry: CitationEntry) -> str:
    """Write an entry in APA's style; the address is the last word, as a stop behind it would be taken for its part."""
    version = f" (Version {entry.version})" if entry.version else ""
    medium = f" [{entry.medium}]" if entry.medium else ""
    work = _with_stop(f"{plain_title(entry.title)}{version}{medium}")
    venue = "" if _is_own(entry) or not entry.venue else f" {entry.venue}."
    source = f" (Original work published at {entry.source})" if entry.source else ""
    authors = _with_stop(_apa_authors(entry.authors))
    return f"{authors} ({entry.year or 'n.d.'}). {work}{venue} {entry.url}{source}".strip()


def mla(entry: CitationEntry) -> str:
    """Write an entry in MLA's style."""
    version = f"version {entry.version}" if entry.version else ""
    container = ", ".join(piece for piece in (entry.venue, version, _year_beside_venue(entry), entry.url) if piece)
    authors = "" if _is_own(entry) else f"{_with_stop(_mla_authors(entry.authors))} "
    return f"{authors}{_quoted(entry)} {container}{'.' if container else ''}{_first_published(entry)}".strip()


def chicago(entry: CitationEntry) -> str:
    """Write an entry in Chicago's style for bibliographies."""
    venue = "" if _is_own(entry) else entry.venue
    version = f"Version {entry.version}" if entry.version else ""
    published = ", ".join(piece for piece in (venue, _year_beside_venue(entry)) if piece)
    rest = " ".join(f"{piece}." for piece in (version, published, entry.url) if piece)
    authors = _with_stop(_chicago_authors(entry.authors))
    return f"{authors} {_quoted(entry)} {rest}{_first_published(entry)}".strip()


def _quoted(entry: CitationEntry) -> str:
    """Put a title between quotation marks; those within it become single ones."""
    return f"“{_with_stop(plain_title(entry.title).replace('“', '‘').replace('”', '’'))}”"


def _year_beside_venue(entry: CitationEntry) -> str:
    return "" if entry.year and entry.venue.endswith(entry.year) else entry.year


def _first_published(entry: CitationEntry) -> str:
    return f" Originally published at {entry.source}." if entry.source else ""


def _is_own(entry: CitationEntry) -> bool:
    """Tell whether the publisher is the author as well: styles name it once."""
    return entry.authors == (f"{{{entry.venue}}}",)


def _with_stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _apa_authors(names: Sequence[str]) -> str:
    shown = [_apa_name(parse_name(name)) for name in names if name != OTHERS]
    if len(shown) > _MOST_IN_APA:
        return f"{', '.join(shown[: _MOST_IN_APA - 1])}, … {shown[-1]}"
    if len(shown) < len(names):
        return ", ".join([*shown, OTHERS])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, & {shown[-1]}"


def _apa_name(name: Name) -> str:
    words = _JOINED_INITIALS.sub(". ", name.given).split()
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in words)
    return name.inverted(initials)


def _mla_authors(names: Sequence[str]) -> str:
    first = parse_name(names[0])
    leading = first.inverted(first.given)
    if len(names) == 1:
        return leading
    is_pair = len(names) == 2 and names[1] != OTHERS
    return f"{leading}, and {parse_name(names[1])}" if is_pair else f"{leading}, {OTHERS}"


def _chicago_authors(names: Sequence[str]) -> str:
    first, *others = [parse_name(name) for name in names if name != OTHERS]
    most = _FIRST_IN_CHICAGO if len(names) > _MOST_IN_CHICAGO else len(names)
    shown = [first.inverted(first.given), *map(str, others[: most - 1])]
    if len(shown) < len(names):
        return f"{', '.join(shown)}, {OTHERS}"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, and {shown[-1]}"


def bibtex(entry: CitationEntry) -> str:
    """Write an entry with a line per field; fields without a value are left out."""
    medium = ", version ".join(filter(None, (entry.medium, entry.version)))
    fields = (
        ("title", _protected(entry.title)),
        ("author", " and ".join(map(_author, entry.authors))),
        ("year", entry.year),
        ("howpublished", _escaped(entry.venue)),
        ("note", ", originally published at ".join(filter(None, (medium, _in_address(entry.source))))),
        *((name, _in_address(value)) for name, value in entry.extra),
        ("url", _in_address(entry.url)),
    )
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@misc{{{entry.key},\n{lines}}}"


def ris(entry: CitationEntry) -> str:
    """Write an entry of RIS, which other programs for references read."""
    authors = [parse_name(name) for name in entry.authors if name != OTHERS]
    fields = {
        "type_of_reference": "DATA" if entry.medium else "GEN",
        "authors": [name.inverted(name.given) for name in authors],
        "title": plain_title(entry.title),
        "year": entry.year,
        "publisher": entry.venue,
        "edition": entry.version,
        "doi": dict(entry.extra).get("doi"),
        "urls": [entry.url] if entry.url else [],
        "notes": [f"Originally published at {entry.source}"] if entry.source else [],
    }
    # It is the first of its list to rispy, which says so.
    return str(rispy.dumps([{name: value for name, value in fields.items() if value}])).removeprefix("1.\n")


def _author(text: str) -> str:
    if text == OTHERS:
        return "others"
    name = parse_name(text)
    # Braces keep a name in one piece that is not a person's, or that BibTeX would split.
    if name.is_organisation or _AND.search(text):
        return f"{{{_escaped(name.family if name.is_organisation else text)}}}"
    if name.suffix or "," in text:
        return ", ".join(_escaped(part) for part in (name.family, name.suffix, name.given) if part)
    return _escaped(text)


def _in_address(text: str) -> str:
    """Percent-encode what would end the field of an address or have TeX run a command."""
    return text.translate(_IN_ADDRESS)


def _escaped(text: str) -> str:
    # Hardly any text holds one, and a look is soon taken.
    return text.translate(_SPECIAL) if _IS_SPECIAL.search(text) else text


def _protected(title: str) -> str:
    """Put braces around formulas that are maths and no more, and around words whose capitals styles would take away."""
    pieces, position = [], 0
    starts = {start.end() for start in _STARTS.finditer(title)}
    kept_in_case = _is_sentence_case(title, starts)
    for match in _PIECE.finditer(title):
        word = match["word"]
        is_name = kept_in_case and match.start() not in starts and match[0][0].isupper()
        if is_name or (_is_always_capital(word) if word else _is_maths(match)):
            pieces += [_escaped(title[position : match.start()]), "{", match[0], "}"]
            position = match.end()
    return "".join([*pieces, _escaped(title[position:])])


def _is_sentence_case(title: str, starts: AbstractSet[int]) -> bool:
    """Tell whether capitals stand at names alone, not at most words."""
    words = [str(match["word"] or "") for match in _PIECE.finditer(title) if match.start() not in starts]
    capitals = [word[0].isupper() for word in words if len(word) >= _LONG]
    return 0 < len(capitals) >= 2 * sum(capitals)


def _is_always_capital(word: str) -> bool:
    # A single letter is a name ("vitamin C"), but for the article.
    is_letter = len(word) == 1 and word.isupper() and word != "A"
    return is_letter or bool(_CAPITAL_WITHIN.match(word)) or word in PROPER


def _is_maths(formula: re.Match[str]) -> bool:
    """Tell whether a formula has no command but those of maths, and its braces pair, those behind backslashes too."""
    depths = list(accumulate({"{": 1, "}": -1}.get(ch, 0) for ch in formula[0]))
    return min(depths) == depths[-1] == 0 and mathml(formula[1], is_display=False) is not None
