"""A citation in running text: APA (7th edition) and MLA (9th edition)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.citing.cited import ATLAS, OTHERS, split_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.citing.cited import Cited

_MOST_IN_APA = 20


def apa(cited: Cited) -> str:
    """The citation as APA has it; the address is the last word, as a stop behind it would be taken for a part of it."""
    venue = "" if _is_own(cited) or not cited.venue else f" {cited.venue}."
    work = _ended(_apa_title(cited))
    return f"{_apa_authors(cited.authors)} ({cited.year or 'n.d.'}). {work}{venue} {cited.url}".strip()


def mla(cited: Cited) -> str:
    """The citation as MLA has it."""
    version = f"version {cited.version}" if cited.version else ""
    year = "" if cited.year and cited.venue.endswith(cited.year) else cited.year
    container = ", ".join(piece for piece in (cited.venue, version, year, cited.url) if piece)
    authors = "" if _is_own(cited) else f"{_ended(_mla_authors(cited.authors))} "
    return f"{authors}“{_ended(_inner(cited.title))}” {container}."


def _is_own(cited: Cited) -> bool:
    """Whether the publisher is the author as well: styles name it once."""
    return cited.authors == (cited.venue,)


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _inner(title: str) -> str:
    """A title to stand in quotation marks: its own become single ones."""
    return title.replace("“", "‘").replace("”", "’")


def _apa_title(cited: Cited) -> str:
    version = f" (Version {cited.version})" if cited.version else ""
    medium = f" [{cited.medium}]" if cited.medium else ""
    return f"{cited.title}{version}{medium}"


def _apa_authors(names: Sequence[str]) -> str:
    shown = [_apa_name(name) for name in names if name != OTHERS]
    if len(shown) > _MOST_IN_APA:
        return f"{', '.join(shown[: _MOST_IN_APA - 1])}, … {shown[-1]}"
    if len(shown) < len(names):
        return ", ".join([*shown, OTHERS])
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])}, & {shown[-1]}"


def _apa_name(name: str) -> str:
    given, family = ("", name) if name == ATLAS else split_name(name)
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{family}, {initials}" if initials else _ended(family) if name == ATLAS else family


def _mla_authors(names: Sequence[str]) -> str:
    first = names[0]
    given, family = ("", first) if first == ATLAS else split_name(first)
    leading = f"{family}, {given}" if given else family
    if len(names) == 1:
        return leading
    return f"{leading}, and {names[1]}" if len(names) == 2 and names[1] != OTHERS else f"{leading}, {OTHERS}"
