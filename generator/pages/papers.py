"""The index of papers, in parts, with an alphabet that leads into them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.addresses import PAPERS
from generator.model import Corpus, Paper
from generator.pages.page import Link, Page, Part, View, index_page, paper_link, part_pages, split
from generator.text.slugs import match_key
from generator.text.wording import pluralize


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as a line of the index."""

    page: Link
    aliases: str
    counts: str


def papers_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index, as many pages as it takes."""
    parts = split(PAPERS, corpus.papers)
    alphabet: dict[str, Link] = {}
    for part in parts:
        for initial in map(_initial, part.items):
            alphabet.setdefault(initial, Link(initial, part.path, _anchor(initial)))
    total = pluralize(len(corpus.papers), "paper")
    whole = index_page("Papers", f"{total} with the ablation plans that language-model planners proposed for them.")

    def view(part: Part[Paper]) -> View:
        return {"total": total, "alphabet": [*alphabet.values()], "groups": _groups(part)}

    return part_pages(parts, "papers.md.jinja", whole, view)


def entry(paper: Paper) -> Entry:
    """Return the line of one paper."""
    studies = sum(len(trace.studies) for trace in paper.traces)
    counts = [pluralize(len(paper.traces), "trace"), pluralize(studies, "study", "studies")] if paper.traces else []
    if paper.summary:
        counts.append("summary")
    return Entry(paper_link(paper), ", ".join(paper.aliases), " · ".join(counts))


def _groups(part: Part[Paper]) -> list[tuple[str, str, list[Entry]]]:
    """Group the papers of a part under their initials, each with its anchor."""
    grouped = groupby(part.items, key=_initial)
    return [(initial, _anchor(initial), [*map(entry, papers)]) for initial, papers in grouped]


def _initial(paper: Paper) -> str:
    first = match_key(paper.title)[:1]
    return first.upper() if "a" <= first <= "z" else "0–9" if first.isdigit() else "Other"


def _anchor(initial: str) -> str:
    return f"initial-{match_key(initial)}"
