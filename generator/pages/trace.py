"""A trace's page: its reasoning and its plan."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.addresses import trace_path
from generator.pages.links import paper_link, trace_link, trace_links
from generator.pages.page import FrontMatter, Link, Page, count, describe
from generator.prose import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Corpus, Paper, Study, Trace

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
class TraceView:
    """What `trace.md.jinja` reads; `size` counts the studies, `reasoning` is canonical Markdown."""

    trace: Trace
    size: str
    paper: Link
    planner: Link
    model: Link
    studies: tuple[StudyView, ...]
    reasoning: str
    previous: Link | None
    following: Link | None


def trace_pages(corpus: Corpus) -> Iterator[Page]:
    """A page per trace, each linked to its neighbours on the same paper."""
    for paper in corpus.papers:
        for at, trace in enumerate(paper.traces):
            previous = paper.traces[at - 1] if at else None
            following = paper.traces[at + 1] if at + 1 < len(paper.traces) else None
            yield _trace_page(paper, trace, previous, following)


def study_view(number: int, study: Study) -> StudyView:
    """A name that says nothing ("Ablation Study 1") gives way to the ablated part."""
    generic = _GENERIC_NAME.fullmatch(study.name)
    return StudyView(number, study.ablated_part if generic else study.name, study.name if generic else "", study)


def _trace_page(paper: Paper, trace: Trace, previous: Trace | None, following: Trace | None) -> Page:
    planner, model = trace_links(trace)
    studies = tuple(study_view(number, study) for number, study in enumerate(trace.studies, 1))
    front_matter = FrontMatter(
        title=f"{paper.title} · {trace.model}",
        description=_description(paper, trace),
        kind="trace",
        planner=trace.planner,
        model=trace.model,
        task=trace.task,
        paper=paper.slug,
        seed=trace.seed,
        studies=len(trace.studies),
    )
    view = TraceView(
        trace=trace,
        size=count(len(studies), "study", "studies"),
        paper=paper_link(paper),
        planner=planner,
        model=model,
        studies=studies,
        reasoning=canonical(trace.reasoning),
        previous=_neighbour(previous),
        following=_neighbour(following),
    )
    return Page(trace_path(trace.id), "trace.md.jinja", front_matter, view)


def _neighbour(trace: Trace | None) -> Link | None:
    return trace_link(trace, f"{trace.model} ({trace.task})") if trace else None


def _description(paper: Paper, trace: Trace) -> str:
    parts = "; ".join(study.ablated_part for study in trace.studies)
    proposed = count(len(trace.studies), "ablation study", "ablation studies")
    return describe(f"{proposed} that {trace.planner} with {trace.model} proposed for “{paper.title}”: {parts}")
