"""A paper's hub: who wrote it, what its summary says, and all plans for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from generator.addresses import AGREEMENT, ARXIV, doi_url, paper_path
from generator.model import Proposal, Source, Task
from generator.pages.links import paper_link, study_link, trace_link, trace_links
from generator.pages.page import FrontMatter, Link, Page
from generator.pages.similar import GroupView, group_links, group_views
from generator.pages.trace import StudyView, study_view
from generator.text.slugs import slugify
from generator.text.wording import meta_description, pluralize

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from generator.corpus.similarity import Similar
    from generator.model import Corpus, Fact, Paper, Summary, Trace

_SOURCES = {
    Source.CURATED: "curated",
    Source.SUMMARY: "from the AI summary",
    Source.QUOTED: "quoted in a trace",
    Source.INFERRED: "inferred from a trace's heading",
}
_LABELS = {
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "arxiv": "arXiv",
    "doi": "DOI",
    "url": "Link",
    "categories": "Categories",
    "published": "Published",
    "source": "Available at",
}
# Facts that front matter holds, for citations and for what the page tells programs.
_SINGLE = ("year", "venue", "arxiv", "doi", "url")
# With more columns a table is no comparison any more.
_COLUMNS = 8
_ADDRESSES: Mapping[str, Callable[[str], str]] = {"arxiv": f"{ARXIV}{{}}".format, "doi": doi_url, "url": str}


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact, the address it leads to, if any, and its source in words."""

    label: str
    value: str
    address: str
    source: str


@dataclass(frozen=True, slots=True)
class PlannedStudy:
    """A study in the comparison; `shared` leads to its group, and is None where nobody else proposes it."""

    view: StudyView
    page: Link
    shared: Link | None


@dataclass(frozen=True, slots=True)
class PlanView:
    """One trace's plan in the comparison."""

    page: Link
    planner: Link
    model: Link
    studies: tuple[PlannedStudy, ...]


@dataclass(frozen=True, slots=True)
class ComparedView:
    """A row per ablated part, a column per plan; a cell leads to the studies of the plan that ablate the part."""

    columns: tuple[str, ...]
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """What each plan would do to one part: links by the names of the actions."""

    part: str
    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True)
class TaskView:
    """All plans of one task beside each other, and what they have in common."""

    task: Task
    compared: ComparedView | None
    plans: tuple[PlanView, ...]
    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A similar paper that the summary names; `page` where the corpus holds it."""

    title: str
    authors: str
    page: Link | None


@dataclass(frozen=True, slots=True)
class SimilarView:
    """A paper like this one, and the words in which it is."""

    page: Link
    words: str


@dataclass(frozen=True, slots=True)
class PaperView:
    """What `paper.md.jinja` reads; plans are grouped by task because their sizes differ by task."""

    paper: Paper
    title_source: str
    alias_source: str
    facts: tuple[FactView, ...]
    tasks: tuple[TaskView, ...]
    method: Link
    summary: Summary | None
    related: tuple[RelatedView, ...]
    similar: tuple[SimilarView, ...]


def paper_page(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> Page:
    """The hub of one paper; `similar` are the papers most like it."""
    studies = sum(len(trace.studies) for trace in paper.traces)
    front_matter = FrontMatter(
        title=paper.title,
        description=_description(paper, studies),
        template="paper.html",
        kind="paper",
        paper=paper.slug,
        title_source=paper.title_source.value,
        traces=len(paper.traces),
        studies=studies,
    )
    seed = paper.metadata or paper.summary
    if seed:
        front_matter["seed"] = seed.seed
    known = {fact.name: fact.values for fact in paper.facts}
    front_matter |= FrontMatter(
        authors=known.get("authors", ()),
        **{name: known[name][0] for name in _SINGLE if name in known},  # type: ignore[typeddict-item]
    )
    return Page(paper_path(paper.slug), "paper.md.jinja", front_matter, partial(_view, corpus, paper, similar))


def _view(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> PaperView:
    return PaperView(
        paper=paper,
        title_source=_SOURCES[paper.title_source],
        alias_source=_SOURCES[Source.CURATED],
        facts=_facts(paper),
        tasks=_tasks(paper),
        method=Link("how", AGREEMENT),
        summary=paper.summary,
        related=_related(corpus, paper),
        similar=tuple(SimilarView(paper_link(corpus.paper_named[one.slug]), ", ".join(one.words)) for one in similar),
    )


def _description(paper: Paper, studies: int) -> str:
    proposed = pluralize(studies, "ablation study", "ablation studies")
    traces = pluralize(len(paper.traces), "trace")
    overview = f" {paper.summary.overview}" if paper.summary else ""
    return meta_description(f"{proposed} in {traces} for “{paper.title}”, side by side.{overview}")


def _facts(paper: Paper) -> tuple[FactView, ...]:
    """The facts, without a link that another of them is already."""
    addresses: set[str] = set()
    views = []
    for view in map(_fact, paper.facts):
        if not view.address or view.address not in addresses:
            views.append(view)
        addresses.add(view.address)
    return tuple(views)


def _fact(fact: Fact) -> FactView:
    value = ", ".join(fact.values)
    address = _ADDRESSES[fact.name](value) if fact.name in _ADDRESSES else ""
    return FactView(_LABELS[fact.name], value, address, _SOURCES[fact.source])


def _tasks(paper: Paper) -> tuple[TaskView, ...]:
    shared = group_links(paper)
    found = []
    for task in Task:
        traces = tuple(trace for trace in paper.traces if trace.task is task)
        if traces:
            plans = tuple(_plan(trace, shared) for trace in traces)
            found.append(TaskView(task, _compared(paper, task, traces), plans, group_views(paper, task)))
    return tuple(found)


def _compared(paper: Paper, task: Task, traces: Sequence[Trace]) -> ComparedView | None:
    if not 1 < len(traces) <= _COLUMNS:
        return None
    shared = [group.proposals for group in paper.groups[task]]
    grouped = {(one.trace.id, one.number) for proposals in shared for one in proposals}
    alone = [
        (Proposal(trace, number),)
        for trace in traces
        for number in range(1, len(trace.studies) + 1)
        if (trace.id, number) not in grouped
    ]
    several = len({trace.planner for trace in traces}) > 1
    columns = tuple(f"{trace.model}, {trace.planner}" if several else trace.model for trace in traces)
    return ComparedView(columns, tuple(_compared_row(proposals, traces) for proposals in (*shared, *alone)))


def _compared_row(proposals: Sequence[Proposal], traces: Sequence[Trace]) -> ComparedRow:
    part = min((one.study.ablated_part for one in proposals), key=len)
    cells = (
        tuple(study_link(trace, one.study, one.study.action) for one in proposals if one.trace.id == trace.id)
        for trace in traces
    )
    return ComparedRow(part, tuple(cells))


def _plan(trace: Trace, shared: Mapping[tuple[str, int], Link]) -> PlanView:
    planner, model = trace_links(trace)
    studies = tuple(
        PlannedStudy(view, study_link(trace, view.study, view.heading), shared.get((trace.id, view.number)))
        for view in (study_view(number, study) for number, study in enumerate(trace.studies, 1))
    )
    return PlanView(trace_link(trace, "Reasoning and full plan"), planner, model, studies)


def _related(corpus: Corpus, paper: Paper) -> tuple[RelatedView, ...]:
    if not paper.summary:
        return ()
    found = ((related, corpus.paper_named.get(slugify(related.title))) for related in paper.summary.related)
    return tuple(
        RelatedView(related.title, related.authors, paper_link(known) if known else None) for related, known in found
    )
