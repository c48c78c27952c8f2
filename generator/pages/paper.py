"""A paper's hub: who wrote it, what its summary says, and all plans for it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from generator.addresses import AGREEMENT, PAPER_ADDRESSES, SEARCHES, paper_path
from generator.corpus.similarity import Similar
from generator.model import Corpus, Group, Paper, Proposal, Source, Summary, Task, Trace
from generator.pages.judged import StudyVerdict, judged_section, study_verdict
from generator.pages.page import (
    FrontMatter,
    Link,
    Page,
    View,
    paper_link,
    run_names,
    study_link,
    trace_link,
    trace_links,
)
from generator.pages.trace import StudyView, group_anchor, proposal_link, study_views
from generator.prose import plain_line
from generator.text.slugs import slugify
from generator.text.wording import meta_description, pluralize

# A study in the comparison; the second link leads to its group, and is None where nobody else proposes it.
_Planned = tuple[StudyView, Link, Link | None, StudyVerdict | None]


_SOURCES = {
    Source.CURATED: "curated",
    Source.SUMMARY: "from the AI summary",
    Source.GIVEN: "given with a run",
    Source.QUOTED: "quoted in a trace",
    Source.INFERRED: "inferred from a trace's heading",
}
_LABELS = {
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "arxiv": "arXiv",
    "doi": "DOI",
    "openreview": "OpenReview",
    "url": "Link",
    "pdf": "PDF",
    "code": "Code",
    "categories": "Categories",
    "published": "Published",
    "source": "Available at",
}
# Facts that front matter holds, for citations and for what the page tells programs.
_SINGLE = ("year", "venue", "arxiv", "doi", "openreview", "url", "pdf")
_ADDRESSES: Mapping[str, Callable[[str], str]] = {**PAPER_ADDRESSES, "code": str}
# With more columns a table is no comparison any more.
_COLUMNS = 8


def paper_page(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> Page:
    """Plan the hub of one paper; `similar` are the papers most like it."""
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
    if seed := paper.metadata or paper.summary:
        front_matter["seed"] = seed.seed
    known = {fact.name: fact.values for fact in paper.facts}
    front_matter |= FrontMatter(
        authors=known.get("authors", ()),
        **{name: known[name][0] for name in _SINGLE if name in known},  # type: ignore[typeddict-item]
    )
    return Page(paper_path(paper.slug), "paper.md.jinja", front_matter, partial(_view, corpus, paper, similar))


def _view(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> View:
    return {
        "paper": paper,
        "title_source": (paper.metadata and paper.metadata.source_of("title")) or _SOURCES[paper.title_source],
        "alias_source": _SOURCES[Source.CURATED],
        "quoted_source": _SOURCES[Source.QUOTED],
        "facts": _facts(paper),
        "searches": _searches(paper),
        "tasks": [_task(corpus, paper, task) for task in Task if any(trace.task is task for trace in paper.traces)],
        "method": Link("how", AGREEMENT),
        "summary": paper.summary,
        "related": _related(corpus, paper),
        "similar": [(paper_link(corpus.paper_named[one.slug]), ", ".join(one.words)) for one in similar],
    }


def _description(paper: Paper, studies: int) -> str:
    proposed = pluralize(studies, "ablation study", "ablation studies")
    traces = pluralize(len(paper.traces), "trace")
    overview = f" {_words(paper.summary)}" if paper.summary else ""
    return meta_description(f"{proposed} in {traces} for “{paper.title}”, side by side.{overview}")


def _words(summary: Summary) -> str:
    return plain_line(summary.overview) if summary.is_markdown else summary.overview


def _facts(paper: Paper) -> Iterator[tuple[str, str, str, str]]:
    """Yield label, value, address and source of each fact, without a link that another of them is already."""
    addresses: set[str] = set()
    for fact in paper.facts:
        value = ", ".join(fact.values)
        address = _ADDRESSES[fact.name](value) if fact.name in _ADDRESSES else ""
        if address not in addresses:
            yield _LABELS[fact.name], value, address, fact.origin or _SOURCES[fact.source]
        addresses |= {address} - {""}


def _searches(paper: Paper) -> list[tuple[str, str]]:
    """Return where to search for a paper's title, and the address of each search, if no link leads to the paper."""
    known = any(fact.name in PAPER_ADDRESSES for fact in paper.facts)
    title = quote(paper.title, safe="")
    return [] if known else [(name, address.format(title)) for name, address in SEARCHES.items()]


def _task(corpus: Corpus, paper: Paper, task: Task) -> View:
    """Put all plans of one task beside each other, with what they have in common."""
    traces = [trace for trace in paper.traces if trace.task is task]
    anchors = [group_anchor(task, number) for number in range(1, len(paper.groups[task]) + 1)]
    shared = {
        (one.trace.id, one.number): Link(f"shared by {len(group.proposals)}", paper_path(paper.slug), anchor)
        for anchor, group in zip(anchors, paper.groups[task], strict=True)
        for one in group.proposals
    }
    return {
        "task": task,
        "compared": 1 < len(traces) <= _COLUMNS,
        "columns": run_names(traces),
        "rows": _rows(paper.groups[task], traces),
        "plans": [_plan(corpus, paper, trace, shared) for trace in traces],
        "judged": judged_section(corpus, paper, traces, lambda trace, _: trace.run_name),
        "groups": [_group(*one, len(traces)) for one in zip(anchors, paper.groups[task], strict=True)],
    }


def _rows(groups: Sequence[Group], traces: Sequence[Trace]) -> Iterator[tuple[str, list[list[Link]]]]:
    """Yield each ablated part, and for each plan links to its studies of the part, by the names of their actions."""
    shared = [group.proposals for group in groups]
    grouped = {(one.trace.id, one.number) for proposals in shared for one in proposals}
    proposals = (Proposal(trace, number) for trace in traces for number in range(1, len(trace.studies) + 1))
    alone = [(one,) for one in proposals if (one.trace.id, one.number) not in grouped]
    for row in (*shared, *alone):
        cells = [
            [study_link(trace, one.study, one.study.action) for one in row if one.trace.id == trace.id]
            for trace in traces
        ]
        yield _tersest_part(row), cells


def _tersest_part(proposals: Iterable[Proposal]) -> str:
    return min((one.study.ablated_part for one in proposals), key=len)


def _plan(
    corpus: Corpus, paper: Paper, trace: Trace, shared: Mapping[tuple[str, int], Link]
) -> tuple[Link, Link, Link, list[_Planned]]:
    """Return links to a trace's page, planner and model, and its studies with their links and verdicts."""
    studies = [
        (
            one,
            study_link(trace, one.study, one.heading),
            shared.get((trace.id, one.number)),
            study_verdict(corpus, paper, trace, one.study),
        )
        for one in study_views(trace)
    ]
    planner, model = trace_links(trace)
    return trace_link(trace, "Reasoning and full plan"), planner, replace(model, text=trace.run_name), studies


def _group(anchor: str, group: Group, planners: int) -> View:
    """Show how studies of one paper and task that ablate the same part differ in it."""
    studies = [proposal.study for proposal in group.proposals]
    actions = Counter(study.action for study in studies)
    counted = ", ".join(f"{number} × {action}" for action, number in sorted(actions.items()))
    shared = set.intersection(*(set(study.metrics) for study in studies))
    return {
        "anchor": anchor,
        "part": _tersest_part(group.proposals),
        "share": f"{len(studies)} of {planners} planners",
        "actions": f"all {studies[0].action}" if len(actions) == 1 else counted,
        "metrics": [metric for metric in studies[0].metrics if metric in shared],
        "proposals": [(proposal_link(proposal), proposal.study) for proposal in group.proposals],
    }


def _related(corpus: Corpus, paper: Paper) -> list[tuple[str, str, Link | None]]:
    """Return title, authors and, where the corpus holds it, the page of each similar paper that the summary names."""
    related = paper.summary.related if paper.summary else ()
    found = ((one, corpus.paper_named.get(slugify(one.title))) for one in related)
    return [(one.title, one.authors, paper_link(known) if known else None) for one, known in found]
