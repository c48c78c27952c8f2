"""The home page: hand-written words, and the corpus in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import HOME
from generator.model import Source
from generator.pages.page import FrontMatter, Page, count
from generator.pages.papers import Entry, entry
from generator.pages.planners import Figures, PlannerRow, figures, planner_row

if TYPE_CHECKING:
    from generator.model import Corpus

_SHOWN = 8


@dataclass(frozen=True, slots=True)
class HomeView:
    """What `home.md.jinja` reads; `text` is the Markdown of docs/home.md."""

    text: str
    figures: Figures
    papers: str
    summaries: str
    planners: tuple[PlannerRow, ...]
    most_planned: tuple[Entry, ...]


def home_page(corpus: Corpus, text: str) -> Page:
    """The site's front page."""
    ranked = sorted(
        corpus.papers, key=lambda paper: (-len(paper.traces), not paper.summary, paper.title_source is Source.INFERRED)
    )
    totals = figures(corpus, corpus.traces)
    summaries = sum(paper.summary is not None for paper in corpus.papers)
    view = HomeView(
        text=text,
        figures=totals,
        papers=count(len(corpus.papers), "paper"),
        summaries=count(summaries, "summary", "summaries"),
        planners=tuple(planner_row(corpus, planner) for planner in corpus.planners),
        most_planned=tuple(entry(paper) for paper in ranked[:_SHOWN]),
    )
    front_matter = FrontMatter(
        title="Ablation Atlas",
        description="What language-model planners would ablate, paper by paper: plans to read, compare and cite.",
        kind="home",
        traces=totals.traces,
        studies=totals.studies,
    )
    return Page(HOME, "home.md.jinja", front_matter, view)
