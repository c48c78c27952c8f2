"""The home page: hand-written words, and the corpus in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import HOME
from generator.model import Source
from generator.pages.links import feed_link, trace_link
from generator.pages.page import FrontMatter, Link, Page
from generator.pages.papers import Entry, entry
from generator.pages.planners import PlannerRow, figures, planner_row
from generator.wording import count, noun

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from generator.model import Corpus, Trace

_SHOWN = 8
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class NewTrace:
    """A trace as a line of the newest; `added` is the day as YYYY-MM-DD."""

    page: Link
    model: str
    added: str


@dataclass(frozen=True, slots=True)
class HomeView:
    """What `home.md.jinja` reads; `text` is the Markdown of docs/home.md, `numbers` are a figure and its noun each."""

    text: str
    numbers: tuple[tuple[str, str], ...]
    papers: str
    planners: tuple[PlannerRow, ...]
    most_planned: tuple[Entry, ...]
    newest: tuple[NewTrace, ...]
    feed: Link | None


def home_page(corpus: Corpus, text: str, newest: Sequence[Trace], feeds: Collection[str]) -> Page:
    """The site's front page; `newest` are the traces added last, `feeds` the pages that have a feed."""
    ranked = sorted(
        corpus.papers, key=lambda paper: (-len(paper.traces), not paper.summary, paper.title_source is Source.INFERRED)
    )
    totals = figures(corpus, corpus.traces)
    summaries = sum(paper.summary is not None for paper in corpus.papers)
    view = HomeView(
        text=text,
        numbers=tuple(
            (f"{number:,}", noun(number, *words))
            for number, *words in (
                (len(corpus.papers), "paper"),
                (totals.traces, "trace"),
                (totals.studies, "study", "studies"),
                (summaries, "summary", "summaries"),
            )
            if number
        ),
        papers=count(len(corpus.papers), "paper"),
        planners=tuple(planner_row(corpus, planner) for planner in corpus.planners),
        most_planned=tuple(entry(paper) for paper in ranked[:_SHOWN]),
        newest=tuple(_new_trace(corpus, trace) for trace in newest[:_NEWEST]),
        feed=feed_link(HOME, feeds),
    )
    front_matter = FrontMatter(
        title="Ablation Atlas",
        description="What language-model planners would ablate, paper by paper: plans to read, compare and cite.",
        kind="home",
        traces=totals.traces,
        studies=totals.studies,
    )
    return Page(HOME, "home.md.jinja", front_matter, view)


def _new_trace(corpus: Corpus, trace: Trace) -> NewTrace:
    return NewTrace(trace_link(trace, corpus.paper_of[trace.id].title), trace.model, corpus.added[trace.id].isoformat())
