"""The index of papers, in parts, with an alphabet that leads into them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from generator.addresses import PAPERS
from generator.messages import Text, _, joined
from generator.model import Corpus, Paper
from generator.pages import nouns
from generator.pages.alphabet import initial, initial_slug, initial_text
from generator.pages.page import Link, Page, Part, View, index_page, paper_link, part_pages, split


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper as a line of the index."""

    page: Link
    aliases: str
    counts: Text


def papers_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index, as many pages as it takes."""
    parts = split(PAPERS, corpus.papers)
    alphabet: dict[str, Link] = {}
    for part in parts:
        for letter in map(_initial, part.items):
            alphabet.setdefault(letter, Link(initial_text(letter), part.path, _anchor(letter)))
    total = nouns.papers(len(corpus.papers))
    description = _("%(papers)s with the ablation plans that language-model planners proposed for them.", papers=total)
    whole = index_page(_("Papers"), description)

    summaries = sum(paper.summary is not None for paper in corpus.papers)
    with_summaries = _("%(papers)s, %(summaries)s of them with a summary", papers=total, summaries=summaries)

    def view(part: Part[Paper]) -> View:
        return {
            "total": with_summaries if summaries else total,
            "alphabet": [*alphabet.values()],
            "here": "",
            "groups": _groups(part),
        }

    return part_pages(parts, "papers.md.jinja", whole, view)


def entry(paper: Paper) -> Entry:
    """Return the line of one paper."""
    studies = sum(len(trace.studies) for trace in paper.traces)
    counted = [nouns.traces(len(paper.traces)), nouns.studies(studies)] if paper.traces else []
    if paper.summary:
        counted.append(_("AI summary"))
    return Entry(paper_link(paper), ", ".join(paper.aliases), joined(" · ", counted) if counted else "")


def _groups(part: Part[Paper]) -> list[tuple[Text, str, list[Entry]]]:
    """Group the papers of a part under their initials, each with its anchor."""
    grouped = groupby(part.items, key=_initial)
    return [(initial_text(letter), _anchor(letter), [*map(entry, papers)]) for letter, papers in grouped]


def _initial(paper: Paper) -> str:
    return initial(paper.title)


def _anchor(letter: str) -> str:
    return f"initial-{initial_slug(letter)}"
