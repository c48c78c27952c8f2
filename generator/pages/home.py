"""The home page: hand-written words, and the corpus in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import HOME
from generator.citing import ATLAS
from generator.dataset.records import TABLES
from generator.model import Source
from generator.pages.links import changelog_link, feed_link, trace_link
from generator.pages.page import FrontMatter, Link, Page
from generator.pages.papers import Entry, entry
from generator.pages.planners import PlannerRow, figures, planner_row
from generator.text.wording import noun, pluralize

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from generator.model import Corpus, Site, Task, Trace

_DESCRIPTION = "What language-model planners would ablate, paper by paper: plans to read, compare and cite."
_SHOWN = 8
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class NewTrace:
    """A trace as a line of the newest; `added` is the day as YYYY-MM-DD."""

    page: Link
    model: str
    task: Task
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
    changelog: Link
    feed: Link | None


def home_page(corpus: Corpus, site: Site, newest: Sequence[Trace], feeds: Collection[str]) -> Page:
    """The site's front page; `newest` are the traces added last, `feeds` the pages that have a feed."""
    ranked = sorted(
        corpus.papers, key=lambda paper: (-len(paper.traces), not paper.summary, paper.title_source is Source.INFERRED)
    )
    totals = figures(corpus, corpus.traces)
    summaries = sum(paper.summary is not None for paper in corpus.papers)
    view = HomeView(
        text=site.home_text,
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
        papers=pluralize(len(corpus.papers), "paper"),
        planners=tuple(planner_row(corpus, planner) for planner in corpus.planners),
        most_planned=tuple(entry(paper) for paper in ranked[:_SHOWN]),
        newest=tuple(_new_trace(corpus, trace) for trace in newest[:_NEWEST]),
        changelog=changelog_link(),
        feed=feed_link(HOME, feeds),
    )
    front_matter = FrontMatter(
        title=ATLAS,
        description=_DESCRIPTION,
        template="home.html",
        kind="home",
        traces=totals.traces,
        studies=totals.studies,
        tables=[table.name for table in TABLES],
    )
    if corpus.additions:
        days = [addition.date.isoformat() for addition in corpus.additions]
        front_matter |= FrontMatter(version=corpus.version, published=days[-1], modified=days[0])
    return Page(HOME, "home.md.jinja", front_matter, view)


def _new_trace(corpus: Corpus, trace: Trace) -> NewTrace:
    page = trace_link(trace, corpus.paper_of[trace.id].title)
    return NewTrace(page, trace.model, trace.task, corpus.added[trace.id].isoformat())
