"""A trace's page: its reasoning and its plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator.addresses import paper_path, trace_path
from generator.metrics import families_of
from generator.pages.links import paper_link, trace_link, trace_links
from generator.pages.page import FrontMatter, Link, Page, step
from generator.pages.similar import similar_studies
from generator.text.slugs import match_key
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.model import Block, Corpus, Paper, Study, Summary, Task, Trace

_GENERIC_NAME = re.compile(
    r"(?:proposed )?(?:ablation|study|experiment)(?: (?:study|experiment))?[ #:.-]*\d*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class StudyView:
    """A study as a card shows it; `name` is empty where the heading says it already."""

    number: int
    heading: str
    name: str
    study: Study


@dataclass(frozen=True, slots=True)
class Card:
    """A study on its trace's page; `similar` leads to the studies of others that ablate the same part."""

    view: StudyView
    similar: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where to go from a trace: the traces before and after it on the same paper, its model's next paper."""

    previous: Link | None
    following: Link | None
    next_paper: Link | None


@dataclass(frozen=True, slots=True)
class TraceView:
    """What `trace.md.jinja` reads."""

    trace: Trace
    paper: Link
    planner: Link
    model: Link
    cards: tuple[Card, ...]
    summary: Link
    abstract: tuple[str, ...]
    limitations: tuple[Block, ...]
    next_paper: Link | None


def trace_pages(corpus: Corpus, papers: Iterable[Paper]) -> Iterator[Page]:
    """A page per trace of these papers, linked to its neighbours on the same paper and to its model's next paper."""
    next_papers = _next_papers(corpus)
    for paper in papers:
        similar = similar_studies(paper)
        for at, trace in enumerate(paper.traces):
            neighbours = Neighbours(
                previous=_neighbour(paper.traces[at - 1]) if at else None,
                following=_neighbour(paper.traces[at + 1]) if at + 1 < len(paper.traces) else None,
                next_paper=next_papers.get(trace.id),
            )
            yield _trace_page(corpus, trace, similar, neighbours)


def study_view(number: int, study: Study) -> StudyView:
    """A name that says nothing ("Ablation Study 1") gives way to the ablated part."""
    generic = _GENERIC_NAME.fullmatch(study.name)
    return StudyView(number, study.ablated_part if generic else study.name, study.name if generic else "", study)


def _next_papers(corpus: Corpus) -> dict[str, Link]:
    """Per trace id: the way to the same model's trace of the next paper by title."""
    found: dict[str, Link] = {}
    last: dict[tuple[str, str, Task], Trace] = {}
    for paper in corpus.papers:
        for trace in paper.traces:
            before = last.get((trace.planner, trace.model, trace.task))
            if before:
                found[before.id] = trace_link(trace, paper.title)
            last[trace.planner, trace.model, trace.task] = trace
    return found


def _trace_page(
    corpus: Corpus,
    trace: Trace,
    similar: Mapping[tuple[str, int], tuple[Link, ...]],
    neighbours: Neighbours,
) -> Page:
    paper = corpus.paper_of[trace.id]
    front_matter = FrontMatter(
        title=_title(paper, trace),
        description=_description(paper, trace),
        template="trace.html",
        kind="trace",
        planner=trace.planner,
        model=trace.model,
        task=trace.task,
        paper=paper.slug,
        paper_title=paper.title,
        name=trace.name,
        actions=sorted({study.action.value for study in trace.studies}),
        metrics=sorted({family for study in trace.studies for family in families_of(study)}),
        seed=trace.seed,
        studies=len(trace.studies),
        added=corpus.added_in(trace),
        previous=step(neighbours.previous),
        next=step(neighbours.following),
    )
    view = partial(_view, corpus, trace, similar, neighbours)
    return Page(trace_path(trace.id), "trace.md.jinja", front_matter, view)


def _view(
    corpus: Corpus,
    trace: Trace,
    similar: Mapping[tuple[str, int], tuple[Link, ...]],
    neighbours: Neighbours,
) -> TraceView:
    paper = corpus.paper_of[trace.id]
    planner, model = trace_links(trace)
    cards = tuple(
        Card(view, similar.get((trace.id, view.number), ()))
        for view in (study_view(number, study) for number, study in enumerate(trace.studies, 1))
    )
    return TraceView(
        trace=trace,
        paper=paper_link(paper),
        planner=planner,
        model=model,
        cards=cards,
        summary=Link("summary", paper_path(paper.slug), "summary"),
        abstract=paper.summary.abstract if paper.summary else (),
        limitations=_limitations(paper.summary),
        next_paper=neighbours.next_paper,
    )


def _title(paper: Paper, trace: Trace) -> str:
    """Who planned is told only as far as it tells the paper's traces apart."""
    told = [trace.model]
    if len({other.planner for other in paper.traces}) > 1:
        told.append(trace.planner)
    if len({other.task for other in paper.traces}) > 1:
        told.append(f"{trace.task} task")
    return f"{paper.title} · {', '.join(told)}"


def _neighbour(trace: Trace) -> Link:
    return trace_link(trace, f"{trace.model} ({trace.task})")


def _limitations(summary: Summary | None) -> tuple[Block, ...]:
    sections = summary.findings if summary else ()
    return tuple(block for section in sections if match_key(section.title) == "limitations" for block in section.blocks)


def _description(paper: Paper, trace: Trace) -> str:
    parts = "; ".join(study.ablated_part for study in trace.studies)
    proposed = pluralize(len(trace.studies), "ablation study", "ablation studies")
    return meta_description(f"{proposed} that {trace.planner} with {trace.model} proposed for “{paper.title}”: {parts}")
