"""Facts about a paper with their sources, and the discrepancies between two sources."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.model import Discrepancy, Fact, Source
from generator.text.slugs import match_key

if TYPE_CHECKING:
    from generator.model import Metadata, Summary

_NAMES = ("authors", "year", "venue", "arxiv", "doi", "url", "categories", "published", "source")
_BROKEN_TITLE = re.compile(r"title\s*=\s*[{\"][^}\"]*\n")


def facts(metadata: Metadata | None, summary: Summary | None) -> tuple[Fact, ...]:
    """Return the facts about a paper beside its title, each from the curated metadata, else from the summary."""
    curated: dict[str, tuple[str, ...]] = {}
    claimed: dict[str, tuple[str, ...]] = {}
    if metadata:
        curated = {
            "authors": metadata.authors,
            "year": _known(metadata.year),
            "venue": _known(metadata.venue),
            "arxiv": _known(metadata.arxiv),
            "doi": _known(metadata.doi),
            "url": _known(metadata.url),
        }
    if summary:
        claimed = {
            "authors": _authors(summary),
            "year": _known(summary.year),
            "arxiv": _known(summary.arxiv),
            "categories": summary.categories,
            "published": _known(summary.published),
            "source": _known(summary.source),
        }
    found = []
    for name in _NAMES:
        if curated.get(name):
            found.append(Fact(name, curated[name], Source.CURATED))
        elif claimed.get(name):
            found.append(Fact(name, claimed[name], Source.SUMMARY))
    return tuple(found)


def _authors(summary: Summary) -> tuple[str, ...]:
    return tuple("et al." if name == "others" else name for name in summary.authors)


def _known(value: str | int | None) -> tuple[str, ...]:
    return (str(value),) if value else ()


def discrepancies(metadata: Metadata, summary: Summary) -> tuple[Discrepancy, ...]:
    """Return the facts on which the summary differs from the curated metadata."""
    found = []
    if match_key(metadata.title) != match_key(summary.title):
        found.append(Discrepancy("title", metadata.title, summary.title))
    elif _BROKEN_TITLE.search(summary.citation.bibtex):
        found.append(Discrepancy("title", metadata.title, "the same words, broken over two lines"))
    if metadata.authors and summary.authors and not _same_start(metadata.authors, summary.authors):
        found.append(Discrepancy("authors", ", ".join(metadata.authors), ", ".join(_authors(summary))))
    if metadata.year and summary.year and metadata.year != summary.year:
        found.append(Discrepancy("year", str(metadata.year), str(summary.year)))
    if metadata.arxiv and summary.arxiv and metadata.arxiv != summary.arxiv:
        found.append(Discrepancy("arXiv number", metadata.arxiv, summary.arxiv))
    return tuple(found)


def _same_start(curated: tuple[str, ...], claimed: tuple[str, ...]) -> bool:
    """Whether the claimed authors, perhaps cut short with "others", are the curated ones in order."""
    names = [name for name in claimed if name != "others"]
    shown = curated[: len(names)] if len(names) < len(claimed) else curated
    return [_key(name) for name in names] == [_key(author) for author in shown]


def _key(author: str) -> str:
    """Return a key that `Pan, Chunhong` and `Chunhong Pan` share."""
    family, comma, given = author.partition(",")
    return match_key(f"{given} {family}" if comma else author)
