"""The index of papers, in parts, with an alphabet that leads into them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from generator.addresses import PAPERS
from generator.pages.links import paper_link
from generator.pages.page import FrontMatter, Link, Page, Part, split
from generator.text.slugs import match_key
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Corpus, Paper


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as a line of the index."""

    page: Link
    aliases: str
    counts: str


@dataclass(frozen=True, slots=True)
class PapersView:
    """What `papers.md.jinja` reads: the entries of one part under their initials."""

    part: Part[Paper]
    total: str
    alphabet: tuple[Link, ...]
    groups: tuple[tuple[str, str, tuple[Entry, ...]], ...]


def papers_pages(corpus: Corpus) -> Iterator[Page]:
    """The index, as many pages as it takes."""
    parts = split(PAPERS, corpus.papers)
    alphabet: dict[str, Link] = {}
    for part in parts:
        for paper in part.items:
            initial = _initial(paper)
            alphabet.setdefault(initial, Link(initial, part.path, _anchor(initial)))
    total = pluralize(len(corpus.papers), "paper")
    for part in parts:
        description = meta_description(
            f"{total} with the ablation plans that language-model planners proposed for them."
        )
        view = PapersView(part, total, tuple(alphabet.values()), _groups(part))
        front_matter = FrontMatter(title="Papers", description=description, kind="index")
        yield Page(part.path, "papers.md.jinja", part.front_matter(front_matter), view)


def entry(paper: Paper) -> Entry:
    """The line of one paper."""
    studies = sum(len(trace.studies) for trace in paper.traces)
    counts = [pluralize(len(paper.traces), "trace"), pluralize(studies, "study", "studies")] if paper.traces else []
    if paper.summary:
        counts.append("summary")
    return Entry(paper_link(paper), ", ".join(paper.aliases), " · ".join(counts))


def _groups(part: Part[Paper]) -> tuple[tuple[str, str, tuple[Entry, ...]], ...]:
    grouped = groupby(part.items, key=_initial)
    return tuple((initial, _anchor(initial), tuple(map(entry, papers))) for initial, papers in grouped)


def _initial(paper: Paper) -> str:
    first = match_key(paper.title)[:1]
    return first.upper() if "a" <= first <= "z" else "0–9" if first.isdigit() else "Other"


def _anchor(initial: str) -> str:
    return f"initial-{match_key(initial)}"
