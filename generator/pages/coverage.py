"""The page that tells for which papers which models have traces, and for which not."""

from collections.abc import Iterator

from generator.addresses import COVERAGE, COVERAGE_DATA
from generator.dataset.rows import TaskCoverage, coverage
from generator.messages import _
from generator.model import Corpus
from generator.pages.page import Page, Part, View, index_page, part_pages, split
from generator.pages.page_links import Link, model_link, paper_link, planner_link

# A paper, its task, whether the models that follow are those that have a trace of it, and these.
_Gap = tuple[Link, str, bool, list[Link]]


def coverage_pages(corpus: Corpus) -> Iterator[Page]:
    """Plan the page, as many as it takes: figures of all models, then each paper that some of them have no trace of."""
    tasks = coverage(corpus)
    gaps = [gap for one in tasks for gap in _gaps(one)]
    description = _("For which papers each language model has ablation plans, and for which not.")
    whole = index_page(_("Coverage"), description)

    def view(part: Part[_Gap]) -> View:
        tables = [(one.task, [*_rows(one)]) for one in tasks] if part.number == 1 else []
        return {"tables": tables, "gaps": part.items, "data": Link("coverage.csv", COVERAGE_DATA)}

    return part_pages(split(COVERAGE, gaps), "coverage.md.jinja", whole, view)


def _rows(one: TaskCoverage) -> Iterator[tuple[Link, Link, int, int]]:
    """Yield model, planner, and the numbers of papers with and without a trace."""
    for planner, model in one.models:
        having = sum(one.count(paper, planner, model) > 0 for paper in one.papers)
        yield model_link(planner, model), planner_link(planner), having, len(one.papers) - having


def _gaps(one: TaskCoverage) -> Iterator[_Gap]:
    """Yield the papers that not all models have a trace of, with those that have none or, if fewer, that have one."""
    several = len({planner.slug for planner, _ in one.models}) > 1
    for paper in one.papers:
        links: dict[bool, list[Link]] = {True: [], False: []}
        for planner, model in one.models:
            name = f"{model.name}, {planner.name}" if several else model.name
            links[one.count(paper, planner, model) > 0].append(Link(name, model_link(planner, model).path))
        if links[False]:
            has = len(links[True]) < len(links[False])
            yield paper_link(paper), one.task, has, links[has]
