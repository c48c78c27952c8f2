"""The study explorer: the page that its script fills, and the words around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.addresses import STUDIES
from generator.pages.page import FrontMatter, Page
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from generator.model import Corpus


def studies_page(corpus: Corpus) -> Page:
    """The explorer's page."""
    studies = pluralize(sum(len(trace.studies) for trace in corpus.traces), "study", "studies")
    total = f"{studies} in {pluralize(len(corpus.traces), 'trace')} of {pluralize(len(corpus.papers), 'paper')}"
    front_matter = FrontMatter(
        title="Studies",
        description=meta_description(f"{total}, to search and to filter by action, metric, model and paper."),
        kind="index",
    )
    return Page(STUDIES, "studies.md.jinja", front_matter, total)
