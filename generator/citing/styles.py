"""A citation in running text: APA (7th edition) and MLA (9th edition)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.citing.entry import OTHERS, parse_name, plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.citing.entry import CitationEntry, Name

_MOST_IN_APA = 20


def apa(entry: CitationEntry) -> str:
    """Write an entry in APA's style; the address is the last word, as a stop behind it would be taken for its part."""
    version = f" (Version {entry.version})" if entry.version else ""
    medium = f" [{entry.medium}]" if entry.medium else ""
    work = _with_stop(f"{plain_title(entry.title)}{version}{medium}")
    venue = "" if _is_own(entry) or not entry.venue else f" {entry.venue}."
    return f"{_with_stop(_apa_authors(entry.authors))} ({entry.year or 'n.d.'}). {work}{venue} {entry.url}".strip()


def mla(entry: CitationEntry) -> str:
    """Write an entry in MLA's style."""
    version = f"version {entry.version}" if entry.version else ""
    year = "" if entry.year and entry.venue.endswith(entry.year) else entry.year
    container = ", ".join(piece for piece in (entry.venue, version, year, entry.url) if piece)
    authors = "" if _is_own(entry) else f"{_with_stop(_mla_authors(entry.authors))} "
    # Quotation marks within others become single ones.
    title = _with_stop(plain_title(entry.title).replace("“", "‘").replace("”", "’"))
    return f"{authors}“{title}” {container}{'.' if container else ''}".strip()


def _is_own(entry: CitationEntry) -> bool:
    """Whether the publisher is the author as well: styles name it once."""
    return entry.authors == (entry.venue,)


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
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in name.given.split())
    return _inverted(name.family, initials, name.suffix)


def _mla_authors(names: Sequence[str]) -> str:
    first = parse_name(names[0])
    leading = _inverted(first.family, first.given, first.suffix)
    if len(names) == 1:
        return leading
    is_pair = len(names) == 2 and names[1] != OTHERS
    return f"{leading}, and {parse_name(names[1])}" if is_pair else f"{leading}, {OTHERS}"


def _inverted(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
