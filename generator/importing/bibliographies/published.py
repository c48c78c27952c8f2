"""A record of a table of papers -> what it says of one paper, whatever it calls that."""

import ast
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict
from pylatexenc.latex2text import LatexNodes2Text

from generator.diagnostics import Location
from generator.importing.bibliographies.tables import TableRow
from generator.importing.table_rows import json_value
from generator.loading.seed_files import fix_mojibake
from generator.model import ARXIV_ID
from generator.package_data import load_yaml
from generator.text.names import OTHERS, given_first, names_in, parse_name, with_others, without_braces

Values = Mapping[str, object]


class _Site(BaseModel):
    """Keys of a site's tables, and the host of its addresses."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: frozenset[str]
    host: str


class _Known(BaseModel):
    """What `keys.yml` lists, which says what each list is for."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    keys: dict[str, tuple[str, ...]]
    sites: dict[str, _Site]


_KNOWN = load_yaml("generator.importing.bibliographies", "keys.yml", _Known)
_KEYS = _KNOWN.keys
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ARXIV = re.compile(
    rf"(?:.*arxiv(?:\.org/(?:abs|pdf)/|[\s.:/]+(?:preprint\s+)?)|abs/)?({ARXIV_ID})(?:v\d+)?(?:\.pdf)?(?:\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
_DOI = re.compile(r"10\.\d{4,9}/[!-~]+")
_TAG = re.compile(r"</?(?:i|b|em|strong|su[bp]|scp|tt|span|p|jats:\w+|mml:\w+)\b[^<>]*>", re.IGNORECASE)
_URL = re.compile(r'https?://[^\s"<>\\;,[\]]+')
_FORUM = re.compile(r"[\w-]+", re.ASCII)
_REFUSED = re.compile(r"\b(?:submitted|withdraw\w*|reject\w*|submission)\b", re.IGNORECASE)
_PREPRINT = re.compile(r"\b(?:corr|arxiv)\b|^(?:corr|arxiv)", re.IGNORECASE)
# "ICLR 2023 poster", as OpenReview says it.
_ACCEPTED = re.compile(
    r"(.+?\b(?:19|20)\d\d)\s+(?:conference\s+)?(?:poster|oral|spotlight|talk|accept|notable|top)\b.*", re.IGNORECASE
)
_CODE_HOSTS = {"github.com", "gitlab.com", "bitbucket.org"}
# Marks behind a name, and the numbers by which DBLP and OpenReview tell namesakes apart.
_MARKS = re.compile(r"[*∗†‡§¶\s]+$|\s+0\d{3}$|\$[^$]*\$")
# Footnotes, and signs that LaTeX would take for its own.
_NOTE, _UNESCAPED = re.compile(r"\\(?:thanks|footnote)\{[^{}]*\}"), re.compile(r"(?<!\\)[%&]")
# How LaTeX keeps an address as it is, and its escapes.
_ESCAPES = re.compile(r"\\url\b|\\(?=[\W_])|[{}]")
# Braces around a whole name, which BibTeX keeps in one piece.
_ONE_PIECE = re.compile(r"\{(?:[^{}]|\{[^{}]*\})*\}")
# A list of texts, or of objects that hold no further ones.
_LIST = re.compile(r"\[(?:[^][{}]|\{[^][{}]*\})*\]")
# Arrays are printed without commas.
_NO_COMMA = re.compile(r"(?<=['\"])\s+(?=['\"])")


@dataclass(frozen=True, slots=True)
class PublishedPaper:
    """What a record says of a paper; empty where it says nothing.

    `source` is the site or the file that says so. `is_final` unless it is a preprint or was not accepted.
    """

    where: Location
    source: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    venue: str = ""
    arxiv: str = ""
    doi: str = ""
    openreview: str = ""
    url: str = ""
    pdf: str = ""
    code: str = ""
    is_final: bool = True


def values_of(row: TableRow) -> Values:
    """Return the record's values, with those of objects in it as its own where it has none of that name."""
    values = dict(row.values)
    for key in _KEYS["within"]:
        inner = values.get(key)
        if isinstance(inner, dict):
            values = {str(name).lower(): _unwrapped(value) for name, value in inner.items()} | values
    return values


def _unwrapped(value: object) -> object:
    """Return what OpenReview wraps in objects with one key."""
    return value["value"] if isinstance(value, dict) and "value" in value else value


def title_of(values: Values) -> str:
    """Return the title without markup, empty if there is none."""
    # DBLP ends titles with a stop.
    return re.sub(r"(?<!\.)\.$", "", plain(_first(values, _KEYS["title"])))


def ids_of(values: Values) -> tuple[str, str]:
    """Return the arXiv id and the DOI."""
    found = _DOI.search(_verbatim(_first(values, _KEYS["doi"])))
    doi = found[0].rstrip(".,") if found else ""
    named = (_verbatim(_first(values, (key,))) for key in (*_KEYS["arxiv"], "id"))
    arxiv = next((match[1] for text in (doi, *named) if text and (match := _ARXIV.fullmatch(text))), "")
    return arxiv, "" if arxiv and arxiv in doi else doi


def read_paper(row: TableRow) -> PublishedPaper:
    """Read a record that has a title."""
    values = values_of(row)
    links = dict(_links(values))
    source = _source(values, links, Path(row.where.path.partition(" (")[0]).name)
    if forum := _FORUM.fullmatch(_first(values, _KEYS["openreview"])):
        links.setdefault("openreview", forum[0])
    links |= {kind: found for kind, found in zip(("arxiv", "doi"), ids_of(values), strict=True) if found}
    venue, is_final = _venue(values)
    year = _YEAR.search(_first(values, _KEYS["year"])) or _YEAR.search(venue)
    return PublishedPaper(
        where=row.where,
        source=source,
        title=title_of(values),
        authors=tuple(_authors(next((values[key] for key in _KEYS["authors"] if values.get(key)), ()), row.table)),
        year=int(year[0]) if year else None,
        venue=venue,
        is_final=is_final,
        **links,
    )


def plain(text: str) -> str:
    """Return a text on one line without LaTeX's or HTML's markup; formulas between dollar signs stay as they are."""
    # A seed that is nothing but such a slip would be repaired as it is read.
    text = _TAG.sub("", html.unescape(fix_mojibake(text)))
    if "\\" in text:
        text = _UNESCAPED.sub(r"\\\g<0>", _NOTE.sub("", text))
        text = _latex().latex_to_text(text).replace("\N{NO-BREAK SPACE}", " ")
    elif "{" in text and "$" not in text:
        text = text.replace("{", "").replace("}", "").replace("~", " ")
    return " ".join(text.split())


def _verbatim(text: str) -> str:
    """Return an address or a number without LaTeX's escapes."""
    return _ESCAPES.sub("", text.replace(r"\textasciitilde", "~").replace("}{", " "))


@cache
def _latex() -> LatexNodes2Text:
    return LatexNodes2Text(math_mode="verbatim")


def _first(values: Values, keys: Sequence[str]) -> str:
    return next((text for key in keys if (text := _text(values.get(key)))), "")


def _text(value: object) -> str:
    """Return a value's text; of lists that of the first item, of objects that of a key that holds one."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return next((text for key in _KEYS["texts"] if (text := _text(value.get(key)))), "")
    if isinstance(value, list | tuple):
        return _text(value[0]) if value else ""
    return "" if value is None or isinstance(value, bool) else str(value)


def _venue(values: Values) -> tuple[str, bool]:
    """Return where the paper appeared, empty for a preprint and one not accepted; and whether it is none of these."""
    decision = plain(_first(values, _KEYS["decision"]))
    if accepted := _ACCEPTED.fullmatch(decision):
        return accepted[1], True
    venue = plain(_first(values, _KEYS["venue"]))
    is_final = not (_REFUSED.search(decision) or _REFUSED.search(venue) or _PREPRINT.search(venue))
    return venue if is_final else "", is_final


def _links(values: Values) -> Iterator[tuple[str, str]]:
    """Yield what the addresses of a record are, and the ids or addresses themselves, the first of each kind last."""
    for key in reversed((*_KEYS["openreview"], *_KEYS["pdf"], *_KEYS["code"], *_KEYS["links"])):
        value = values.get(key)
        for text in reversed(value) if isinstance(value, list) else [value]:
            for url in reversed(_URL.findall(_verbatim(_text(text)))):
                yield _kind(key, url.rstrip("."))


def _kind(key: str, url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    host, queries = parts.netloc.lower().removeprefix("www."), parse_qs(parts.query)
    if host == "openreview.net" and "id" in queries and not parts.path.startswith("/pdf"):
        return ("openreview", queries["id"][0]) if _FORUM.fullmatch(queries["id"][0]) else ("url", url)
    if host.endswith("arxiv.org") and (found := re.search(ARXIV_ID, parts.path)):
        return "arxiv", found[0]
    if host.endswith("doi.org") and (found := _DOI.search(parts.path)):
        return ("doi", found[0]) if "arxiv" not in url.lower() else ("arxiv", found[0].lower().rpartition("arxiv.")[2])
    if key in _KEYS["code"] or host in _CODE_HOSTS:
        return "code", url
    is_pdf = key in _KEYS["pdf"] or parts.path.lower().endswith(".pdf")
    return "pdf" if is_pdf else "url", url


def _source(values: Values, links: Mapping[str, str], file: str) -> str:
    """Return the site that a record is from, else the name of its file."""
    hosts = {urlsplit(url).netloc for url in links.values()} | ({"openreview.net"} if "openreview" in links else set())
    by_keys = [name for name, site in _KNOWN.sites.items() if not site.keys.isdisjoint(values)]
    by_host = [name for name, site in _KNOWN.sites.items() if site.host in hosts]
    return next(iter((*by_keys, *by_host)), file)


def _authors(value: object, table: str) -> Iterator[str]:
    """Yield the names, given name first, however they are listed; those of organisations that say so in braces."""
    for listed in _names(value, table):
        # arXiv parts initials that a hyphen joins.
        text = without_braces(_MARKS.sub("", _MARKS.sub("", plain(listed))).strip().replace(". -", ".-"))
        # A single word is whole without braces.
        is_whole = " " in text and _ONE_PIECE.fullmatch(listed) and not parse_name(text).is_organisation
        for name in [f"{{{text}}}"] if is_whole else with_others(given_first(text)):
            if name.casefold() == "others":
                yield OTHERS
            elif re.search(r"\w", name):
                yield name


def _names(value: object, table: str) -> Iterator[str]:
    match value:
        case str() if _LIST.fullmatch(value) and isinstance(listed := _list_in(value), list):
            yield from _names(listed, table)
        case str():
            yield from _bibtex_names(value) if table == "bibtex" else names_in(value)
        case {"family": family, **rest} if _text(family):
            before = (_text(rest.get(key)) for key in ("given", "dropping-particle", "non-dropping-particle", "prefix"))
            yield " ".join(filter(None, (*before, _text(family), _text(rest.get("suffix")))))
        case {"literal": str(name)}:
            yield f"{{{name}}}"
        case {"author": list(inner)}:
            yield from _names(inner, table)
        case dict():
            yield _text(value)
        case list() | tuple():
            for one in value:
                if isinstance(one, list):
                    family, given, suffix, *_ = [*one, "", "", ""]
                    yield f"{given} {family} {suffix}".strip()
                else:
                    yield from [one] if isinstance(one, str) else _names(one, table)


def _list_in(text: str) -> object:
    """Return the list that a cell holds as JSON, or as Python prints it; None if it holds none."""
    if (found := json_value(text)) is not None:
        return found
    try:
        return ast.literal_eval(_NO_COMMA.sub(", ", text))
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _bibtex_names(text: str) -> Iterator[str]:
    """Yield the names of a text that are parted by `and`; by commas if nobody could have as many names."""
    from bibtexparser.middlewares.names import split_multiple_persons_names  # noqa: PLC0415 -- see `tables`

    # A backslash behind `and` would be lost, and an `and` at the end be a name.
    text = re.sub(r"(?<=\sand)(\s+)(?=\\)", r"\1{}", re.sub(r"\sand\s*$", "", text), flags=re.IGNORECASE)
    for name in split_multiple_persons_names(text):
        if "family=" in name:
            yield from _names(dict(part.strip().split("=", 1) for part in name.split(",") if "=" in part), "bibtex")
        else:
            pieces = names_in(name)
            yield from pieces if len(pieces) > 2 else [name]
