"""The index of papers, in parts, with an alphabet that leads into them; and the initials of all such lists."""

from collections.abc import Iterator
from itertools import groupby

from generator.addresses import PAPERS
from generator.messages import Text, _, joined
from generator.model import Corpus, Paper
from generator.pages import nouns
from generator.pages.page import Page, Part, View, index_page, part_pages, split
from generator.pages.page_links import Link, paper_link
from generator.text.slugs import match_key


def papers_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the index, as many pages as it takes."""
    alphabet: dict[str, Link] = {}
    parts = split(PAPERS, corpus.papers)
    for part in parts:
        for letter, text in map(_initial_of, part.items):
            alphabet.setdefault(letter, Link(text, part.path, f"initial-{letter}"))
    total = nouns.papers(len(corpus.papers))
    description = _("%(papers)s with the ablation plans that language-model planners proposed for them.", papers=total)
    summaries = sum(paper.summary is not None for paper in corpus.papers)
    if summaries:
        total = _("%(papers)s, %(summaries)s of them with a summary", papers=total, summaries=summaries)

    def view(part: Part[Paper]) -> View:
        groups = [
            (text, f"initial-{letter}", [(paper_link(one), one.aliases, paper_counts(one)) for one in papers])
            for (letter, text), papers in groupby(part.items, key=_initial_of)
        ]
        return {"total": total, "alphabet": [*alphabet.values()], "here": "", "groups": groups}

    return part_pages(parts, "papers.md.jinja", index_page(_("Papers"), description), view)


def paper_counts(paper: Paper) -> Text:
    """Say what there is of a paper."""
    studies = sum(len(trace.studies) for trace in paper.traces)
    counted = [nouns.traces(len(paper.traces)), nouns.studies(studies)] if paper.traces else []
    return joined(" · ", [*counted, _("AI summary")] if paper.summary else counted)


def initial(name: str) -> tuple[str, Text]:
    """Return a letter, or what stands for digits and for anything else, in addresses and as readers see it."""
    first = match_key(name)[:1]
    if "a" <= first <= "z":
        return first, first.upper()
    return ("09", "0–9") if first.isdigit() else ("other", _("Other"))


def by_initial(name: str) -> tuple[bool, str, str]:
    """Return what orders names by their initials, those without a letter or digit last."""
    letter, _text = initial(name)
    return letter == "other", letter, match_key(name)


def _initial_of(paper: Paper) -> tuple[str, Text]:
    return initial(paper.title)
