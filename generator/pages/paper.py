"""A paper's hub: who wrote it, what its summary says, and all plans for it, beside each other in a matrix per task."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from urllib.parse import quote

from generator.addresses import PAPER_ADDRESSES, SEARCHES, paper_path, trace_path
from generator.corpus.similarity import Similar
from generator.messages import Message, Text, _, joined, ngettext
from generator.model import Action, Corpus, Paper, Source, Study, Summary, Task, Trace
from generator.pages import nouns
from generator.pages.judged import StudyVerdict, judged_section, study_verdict
from generator.pages.page import FrontMatter, Page, View
from generator.pages.page_links import (
    Link,
    paper_link,
    profile_links,
    run_name,
    run_names,
    shared_part,
    study_link,
    trace_link,
)
from generator.pages.trace import study_heading
from generator.prose import plain_line
from generator.text.names import without_braces
from generator.text.passages import Sentence, best_sentence, sentences, text_fragment
from generator.text.slugs import slugify
from generator.text.tokens import content_words, head_and_rest

_SOURCES = {
    Source.CURATED: _("curated by hand"),
    Source.SUMMARY: _("from the AI summary"),
    Source.GIVEN: _("given with a run"),
    Source.QUOTED: _("as a model quoted it, unverified"),
    Source.INFERRED: _("inferred from a trace's heading"),
}
# Facts that front matter holds, for citations and for what the page tells programs.
_SINGLE = ("year", "venue", "arxiv", "doi", "openreview", "url", "pdf")
_ADDRESSES: Mapping[str, Callable[[str], str]] = {**PAPER_ADDRESSES, "code": str}
# Of more plans than a screen has columns for, the columns are the actions, and cells name the plans.
_COLUMNS = 16


def paper_page(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> Page:
    """Plan the hub of one paper; `similar` are the papers most like it."""
    view = partial(_view, corpus, paper, similar)
    return Page(paper_path(paper.slug), "paper.md.jinja", partial(_front_matter, paper), view)


def _front_matter(paper: Paper) -> FrontMatter:
    studies = sum(len(trace.studies) for trace in paper.traces)
    seed = paper.metadata or paper.summary
    known = {fact.name: fact.values for fact in paper.facts}
    found = FrontMatter(
        title=paper.title,
        description=_description(paper, studies),
        template="paper.html",
        kind="paper",
        paper=paper.slug,
        title_source=paper.title_source.value,
        traces=len(paper.traces),
        studies=studies,
        seed=seed.seed if seed else "",
        authors=known.get("authors", ()),
    )
    found |= {name: known[name][0] for name in _SINGLE if name in known}  # type: ignore[typeddict-item]
    return found


def _view(corpus: Corpus, paper: Paper, similar: Iterable[Similar]) -> View:
    facts = [*_facts(paper)]
    title_source = (paper.metadata and paper.metadata.source_of("title")) or _SOURCES[paper.title_source]
    return {
        "paper": paper,
        "title_source": title_source,
        "is_shared": any(fact[-1] == title_source for fact in facts),
        "alias_source": _SOURCES[Source.CURATED],
        "quoted_source": _SOURCES[Source.QUOTED],
        "facts": facts,
        "searches": _searches(paper),
        "tasks": [_task(corpus, paper, task, [*of]) for task, of in groupby(paper.traces, lambda trace: trace.task)],
        "summary": paper.summary,
        "related": _related(corpus, paper),
        "similar": [(paper_link(corpus.paper_named[one.slug]), ", ".join(one.words)) for one in similar],
    }


def _description(paper: Paper, studies: int) -> Message:
    told = _(
        "%(studies)s in %(traces)s for “%(paper)s”, side by side.",
        studies=ngettext("%(number)s ablation study", "%(number)s ablation studies", studies),
        traces=nouns.traces(len(paper.traces)),
        paper=paper.title,
    )
    return joined(" ", [told, _words(paper.summary)] if paper.summary else [told])


def _words(summary: Summary) -> str:
    return plain_line(summary.overview.partition("\n\n")[0]) if summary.is_markdown else summary.overview


def _facts(paper: Paper) -> Iterator[tuple[Text, str, str, Text]]:
    """Yield label, value, address and source of each fact, without a link that another of them is already."""
    addresses: set[str] = set()
    for fact in paper.facts:
        value = ", ".join(map(without_braces, fact.values) if fact.name == "authors" else fact.values)
        address = _ADDRESSES[fact.name](value) if fact.name in _ADDRESSES else ""
        if address not in addresses:
            yield nouns.FACTS[fact.name], value, address, fact.origin or _SOURCES[fact.source]
        addresses |= {address} - {""}


def _searches(paper: Paper) -> list[tuple[str, str]]:
    """Return where to search for a paper's title, and the address of each search, if no link leads to the paper."""
    known = any(fact.name in PAPER_ADDRESSES for fact in paper.facts)
    title = quote(paper.title, safe="")
    return [] if known else [(name, address.format(title)) for name, address in SEARCHES.items()]


def _task(corpus: Corpus, paper: Paper, task: Task, traces: Sequence[Trace]) -> View:
    """Put all plans of one task beside each other, and beside the gold ablations where these are known."""
    return {
        "task": task,
        "matrix": _matrix(corpus, paper, task, traces),
        "actions": tuple(Action),
        "judged": judged_section(corpus, paper, traces, lambda trace, __: run_name(trace)),
    }


def _related(corpus: Corpus, paper: Paper) -> list[tuple[str, str, Link | None]]:
    """Return title, authors and, where the corpus holds it, the page of each similar paper that the summary names."""
    related = paper.summary.related if paper.summary else ()
    found = ((one, corpus.paper_named.get(slugify(one.title))) for one in related)
    return [(one.title, one.authors, paper_link(known) if known else None) for one, known in found]


@dataclass(frozen=True, slots=True)
class Cell:
    """A study as the matrix shows it: its name leads to it, `passage` to the sentence of the reasoning behind it.

    `run` is the plan as its column is called.
    """

    run: Text
    study: Study
    page: Link
    passage: Link | None
    verdict: StudyVerdict | None


def _matrix(corpus: Corpus, paper: Paper, task: Task, traces: Sequence[Trace]) -> View:
    """Put the plans for one task beside each other, by planner; similar proposals share a row, the largest group first.

    `planners` are the planners, each with its number of plans, which stand beside each other. If `is_crowded`, a column
    stands for an action.
    """
    cells = {
        (trace.id, number): (column, cell)
        for column, (trace, run) in enumerate(zip(traces, run_names(traces), strict=True))
        for number, cell in enumerate(_cells(corpus, paper, trace, run), 1)
    }
    shared = [[(one.trace.id, one.number) for one in group.proposals] for group in paper.groups[task]]
    grouped = {place for places in shared for place in places}
    rows = shared + [[place] for place in cells if place not in grouped]
    return {
        "planners": [
            (link, len([*of]))
            for link, of in groupby(traces, lambda trace: profile_links(trace.planner, trace.model)[0])
        ],
        "plans": [trace_link(trace, run_name(trace)) for trace in traces],
        "rows": [_row(paper, dict(cells[place] for place in row)) for row in rows],
        "is_crowded": len(traces) > _COLUMNS,
    }


def _row(paper: Paper, cells: Mapping[int, Cell]) -> View:
    """Return a part, the gold ablations that studies of it match, and those studies, by the number of their plan."""
    gold = [link for cell in cells.values() if cell.verdict for link in cell.verdict.gold]
    return {
        "part": shared_part(cell.study for cell in cells.values()),
        "gold": [replace(link, path=paper_path(paper.slug)) for link in dict.fromkeys(gold)],
        "cells": cells,
    }


def _cells(corpus: Corpus, paper: Paper, trace: Trace, run: Text) -> Iterator[Cell]:
    reasoning = sentences(trace.reasoning)
    for study in trace.studies:
        page = study_link(trace, study, study_heading(study)[0])
        verdict = study_verdict(corpus, paper, trace, study)
        yield Cell(run, study, page, _passage(trace, study, reasoning), verdict)


def _passage(trace: Trace, study: Study, reasoning: Sequence[Sentence]) -> Link | None:
    """Link the sentence of a reasoning that tells most of a study's part, if any does."""
    head, rest = head_and_rest(study.ablated_part)
    further = rest | content_words(" ".join((study.name, *study.replacements)))
    fragment = text_fragment(best_sentence(reasoning, head, further))
    return Link(_("reasoning"), trace_path(trace.id), fragment) if fragment else None
