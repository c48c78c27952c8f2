"""Corpus -> planned pages. What each page says is decided here, how it says it in `templates/`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.pages.home import home_page
from generator.pages.metrics import metrics_pages
from generator.pages.paper import paper_page
from generator.pages.papers import papers_pages
from generator.pages.planners import planners_pages
from generator.pages.studies import studies_page
from generator.pages.trace import trace_pages
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from generator.model import Corpus
    from generator.pages.page import Page

__all__ = ["plan"]


def plan(corpus: Corpus, home_text: str) -> tuple[tuple[Page, ...], list[Problem]]:
    """Every page of the corpus, in a fixed order; two that want one address are a problem."""
    pages = (
        home_page(corpus, home_text),
        *papers_pages(corpus),
        *(paper_page(corpus, paper) for paper in corpus.papers),
        *planners_pages(corpus),
        *metrics_pages(corpus),
        *trace_pages(corpus),
        studies_page(corpus),
    )
    counted = Counter(page.path for page in pages)
    remedy = "add a word to the heading or title that gives this address"
    problems = [
        Problem(Location(page.front_matter.get("seed", "")), f"two pages share the address {page.path}", remedy)
        for page in pages
        if counted[page.path] > 1
    ]
    return pages, problems
