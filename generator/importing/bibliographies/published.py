"""A record of a table of papers -> what it says of one paper, whatever it calls that."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict
from pylatexenc.latex2text import LatexNodes2Text

from generator.citing.entry import OTHERS, parse_name
from generator.diagnostics import Location
from generator.importing.bibliographies.tables import TableRow
from generator.loading.seed_files import fix_mojibake
from generator.model import ARXIV_ID
from generator.package_data import load_yaml

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
    rf"(?:.*arxiv[.:/]|.*arxiv\.org/(?:abs|pdf)/)?({ARXIV_ID})(?:v\d+)?(?:\.pdf)?(?:\s.*)?", re.IGNORECASE | re.DOTALL
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
_MARKS = re.compile(r"[*∗†‡§¶\s]+$|\s+0\d{3}$")
_MOST_INITIALS = 3


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
    found = _DOI.search(_first(values, _KEYS["doi"]))
    doi = found[0].rstrip(".,") if found else ""
    named = (_first(values, (key,)) for key in (*_KEYS["arxiv"], "id"))
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
        # What stands behind a percent sign would be a comment.
        text = _latex().latex_to_text(re.sub(r"(?<!\\)%", r"\\%", text)).replace("\N{NO-BREAK SPACE}", " ")
    elif "{" in text and "$" not in text:
        text = text.replace("{", "").replace("}", "").replace("~", " ")
    return " ".join(text.split())


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
            for url in reversed(_URL.findall(_text(text))):
                yield _kind(key, url)


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
    """Yield the names, given name first, however they are listed."""
    for name in _names(value, table):
        # arXiv parts initials that a hyphen joins.
        text = _MARKS.sub("", _MARKS.sub("", plain(name))).replace(". -", ".-")
        if text.casefold() in {"others", OTHERS}:
            yield OTHERS
        elif re.search(r"\w", text):
            yield str(parse_name(text)) if "," in text else text


def _names(value: object, table: str) -> Iterator[str]:
    match value:
        case str():
            yield from _split_names(value, table)
        case {"family": family, **rest} if _text(family):
            yield f"{_text(rest.get('given'))} {_text(family)}".strip()
        case {"author": list(inner)}:
            yield from _names(inner, table)
        case dict():
            yield _text(value)
        case list() | tuple():
            for one in value:
                if isinstance(one, list):
                    family, given, *_ = [*one, "", ""]
                    yield f"{given} {family}".strip()
                else:
                    yield from [one] if isinstance(one, str) else _names(one, table)


def _split_names(text: str, table: str) -> list[str]:
    """Split a text with several names at `and` in BibTeX, else at semicolons, else at commas and `and`."""
    if table == "bibtex":
        from bibtexparser.middlewares.names import split_multiple_persons_names  # noqa: PLC0415 -- see `tables`

        return [str(name) for name in split_multiple_persons_names(text)]
    if ";" in text:
        return [name.strip() for name in text.split(";")]
    names = [name.strip() for name in re.split(r",\s*(?:and\s+)?|\s+(?:and|&)\s+", text) if name.strip()]
    if len(names) % 2 == 0 and all(len(given.split()) <= _MOST_INITIALS for given in names) and _are_inverted(names):
        return [f"{given} {family}" for family, given in zip(names[::2], names[1::2], strict=True)]
    return names


def _are_inverted(names: Sequence[str]) -> bool:
    """Tell whether family names and given names take turns: no family name has a blank, or given names are initials."""
    family, given = names[::2], names[1::2]
    return all(" " not in name for name in family) and (
        all(" " not in name for name in given) or all(re.fullmatch(r"(?:\w\.?[\s-]?)+", name) for name in given)
    )
