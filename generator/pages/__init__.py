"""Corpus -> planned pages. What each page says is decided here, how it says it in `templates/`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.addresses import (
    CHANGELOG,
    DATA_PAGE,
    HOME,
    METRICS,
    PAPERS,
    PARTS,
    PLANNERS,
    STUDIES,
    feed_path,
    model_path,
    paper_path,
    planner_path,
    trace_path,
)
from generator.catalogue import Code
from generator.corpus.newest import newest_traces
from generator.pages.changelog import changelog_pages
from generator.pages.data import data_page
from generator.pages.fixing import fix_address
from generator.pages.home import home_page
from generator.pages.links import feed_link
from generator.pages.metrics import metrics_pages
from generator.pages.page import FrontMatter, Page
from generator.pages.paper import paper_page
from generator.pages.papers import papers_pages
from generator.pages.parts import parts_pages
from generator.pages.planners import planners_pages
from generator.pages.problems import problems_page
from generator.pages.studies import studies_page
from generator.pages.trace import trace_pages
from generator.pages.trails import with_breadcrumbs
from generator.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from generator.corpus.parts import Kind
    from generator.corpus.similarity import Similar
    from generator.dataset import Download
    from generator.model import Corpus, Paper, Site

__all__ = ["places", "plan", "plan_papers", "plan_seeds"]


def plan(
    corpus: Corpus,
    site: Site,
    similar: Callable[[], Mapping[str, Iterable[Similar]]],
    kinds: Callable[[], Iterable[Kind]],
    downloads: Callable[[], Sequence[Download]],
) -> tuple[tuple[Page, ...], list[Problem]]:
    """Every page of the corpus, in a fixed order; two that want one address are a problem.

    Pages tell of the papers `similar` to each, by its slug, of the `kinds` of ablated parts, and of the `downloads`,
    the files of the dataset. Each is asked for when nothing else is left to plan: it may take longer than all else.
    """
    newest = newest_traces(corpus)
    # A feed's links and ids are absolute: without the site's address there can be none.
    feeds = frozenset(newest if site.url else ())
    latest = newest.get(HOME, ())
    above = (home_page(corpus, site, latest, feeds), *papers_pages(corpus))
    planners = (*planners_pages(corpus, feeds), *metrics_pages(corpus))
    traces = tuple(trace_pages(corpus, corpus.papers, site))
    others = (studies_page(corpus), *changelog_pages(corpus, latest, feed_link(HOME, feeds)), problems_page())
    alike = similar()
    hubs = (paper_page(corpus, paper, alike[paper.slug], site) for paper in corpus.papers)
    pages = (*above, *hubs, *planners, *parts_pages(kinds()), *traces, *others, data_page(corpus, site, downloads()))
    counted = Counter(page.path for page in pages)
    remedy = "add a word to the heading or title that gives this address"
    problems = [
        Problem(
            Code.SHARED_ADDRESS,
            Location(page.front_matter.get("seed", "")),
            f"two pages share the address {page.path}",
            remedy,
        )
        for page in pages
        if counted[page.path] > 1
    ]
    located = with_breadcrumbs(pages, pages, site)
    named = (_naming_feed(page) if page.path in feeds else page for page in located)
    return tuple(_naming_fix(page, site.repository) for page in named), problems


def plan_papers(
    corpus: Corpus, papers: Sequence[Paper], site: Site, similar: Mapping[str, Iterable[Similar]]
) -> list[Page]:
    """The hubs of these papers and the pages of their traces, as `plan` has them."""
    above = (home_page(corpus, site, (), frozenset()), *papers_pages(corpus))
    return _plan_papers(corpus, papers, above, site, similar)


def plan_seeds(
    corpus: Corpus,
    seeds: AbstractSet[str],
    others: Iterable[Page],
    site: Site,
    similar: Callable[[], Mapping[str, Iterable[Similar]]],
) -> list[Page]:
    """The traces in these seeds and the hubs that they tell of, as `plan` has them; `others` are the pages above.

    `similar` is asked only for hubs: it may take longer than all else.
    """
    about = {paper.slug for paper in corpus.papers if not seeds.isdisjoint(_about(paper))}
    papers = [
        paper for paper in corpus.papers if paper.slug in about or any(trace.seed in seeds for trace in paper.traces)
    ]
    # No trace's page tells of similar papers.
    pages = _plan_papers(corpus, papers, others, site, similar() if about else {})
    hubs = {paper_path(slug) for slug in about}
    traces = {trace_path(trace.id) for paper in papers for trace in paper.traces if trace.seed in seeds}
    return [page for page in pages if page.path in hubs | traces]


def _plan_papers(
    corpus: Corpus,
    papers: Sequence[Paper],
    others: Iterable[Page],
    site: Site,
    similar: Mapping[str, Iterable[Similar]],
) -> list[Page]:
    hubs = [paper_page(corpus, paper, similar.get(paper.slug, ()), site) for paper in papers]
    pages = [*hubs, *trace_pages(corpus, papers, site)]
    return [_naming_fix(page, site.repository) for page in with_breadcrumbs(pages, (*others, *hubs), site)]


def places(corpus: Corpus) -> Iterator[str]:
    """Where the pages lie that those of papers and traces may lead to."""
    yield from (HOME, PAPERS, PLANNERS, STUDIES, METRICS, PARTS, DATA_PAGE, CHANGELOG)
    yield from (paper_path(paper.slug) for paper in corpus.papers)
    for planner in corpus.planners:
        yield planner_path(planner.slug)
        for model in planner.models:
            yield model_path(planner.slug, model.slug)
            yield from (trace_path(trace.id) for trace in model.traces)


def _about(paper: Paper) -> Iterator[str]:
    """The seeds that tell of the paper itself."""
    yield from (record.seed for record in (paper.metadata, paper.summary) if record)


def _naming_feed(page: Page) -> Page:
    return replace(page, front_matter=page.front_matter | FrontMatter(feed=feed_path(page.path)))


def _naming_fix(page: Page, repository: str) -> Page:
    """Traces and papers lead to the form for what is wrong with them."""
    if not repository or page.front_matter["kind"] not in {"trace", "paper"}:
        return page
    address = fix_address(repository, page.path, page.front_matter.get("seed", ""))
    return replace(page, front_matter=page.front_matter | FrontMatter(fix=address))
