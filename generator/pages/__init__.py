"""Corpus -> planned pages. What each page says is decided here, how it says it in `templates/`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator.addresses import HOME, PROBLEMS, STUDIES, feed_path
from generator.corpus.additions import newest_traces
from generator.corpus.similarity import Similar
from generator.dataset import Download
from generator.diagnostics import Code, Diagnostic, Location
from generator.messages import _
from generator.model import Corpus, Paper
from generator.pages import nouns
from generator.pages.changelog import changelog_pages
from generator.pages.coverage import coverage_pages
from generator.pages.data import data_page
from generator.pages.families import Indexes, index_pages, metric_pages
from generator.pages.home import home_page
from generator.pages.page import FrontMatter, Page, index_page
from generator.pages.page_links import feed_link
from generator.pages.paper import paper_page
from generator.pages.papers import papers_pages
from generator.pages.planners import planners_pages
from generator.pages.trace import trace_pages
from generator.publication import Publication

__all__ = ["plan_pages", "plan_papers", "problems_page"]


def plan_pages(
    corpus: Corpus,
    site: Publication,
    similar: Mapping[str, Iterable[Similar]],
    indexes: Indexes,
    downloads: Sequence[Download],
) -> tuple[tuple[Page, ...], list[Diagnostic]]:
    """Plan every page of the corpus, in a fixed order; two that want one address are a problem.

    Pages tell of the papers `similar` to each, by its slug, of what `indexes` list, and of the `downloads`, the
    files of the dataset.
    """
    newest = newest_traces(corpus)
    # A feed's links and ids are absolute: without the site's address there can be none.
    feeds = frozenset(newest if site.url else ())
    latest = newest.get(HOME, ())
    feed = feed_link(HOME) if HOME in feeds else None
    pages = (
        home_page(corpus, site, latest, [one.family for one in indexes.parts.entries]),
        *papers_pages(corpus),
        *planners_pages(corpus),
        *index_pages(indexes.metrics),
        *metric_pages(corpus, indexes.metrics),
        *index_pages(indexes.parts),
        *plan_papers(corpus, corpus.papers, similar),
        _studies_page(corpus),
        *changelog_pages(corpus, latest, feed),
        *coverage_pages(corpus),
        problems_page(),
        data_page(corpus, site, downloads),
    )
    return tuple(_naming_feed(page) if page.path in feeds else page for page in pages), _shared_addresses(pages)


def plan_papers(corpus: Corpus, papers: Sequence[Paper], similar: Mapping[str, Iterable[Similar]]) -> list[Page]:
    """Plan the hubs of these papers and the pages of their traces, as `plan_pages` does."""
    hubs = [paper_page(corpus, paper, similar.get(paper.slug, ())) for paper in papers]
    return [*hubs, *trace_pages(corpus, papers)]


def _studies_page(corpus: Corpus) -> Page:
    """Plan the study explorer: the page that its script fills, and the words around it."""
    total = _(
        "%(studies)s in %(traces)s of %(papers)s",
        studies=nouns.studies(sum(len(trace.studies) for trace in corpus.traces)),
        traces=nouns.traces(len(corpus.traces)),
        papers=nouns.papers(len(corpus.papers)),
    )
    description = _("%(total)s, to search and to filter by action, metric, model and paper.", total=total)
    # The filters take the room that the table of contents would need.
    front_matter = index_page(_("Studies"), description) | FrontMatter(hide=["toc"])
    return Page(STUDIES, "studies.md.jinja", front_matter, {"total": total})


def problems_page() -> Page:
    """Plan the catalogue of problems: what each means and what is right; the address of each ends in its code."""
    description = _("What the check of the seeds says: every problem, why it matters, and what to write instead.")
    return Page(PROBLEMS, "problems.md.jinja", index_page(_("Problems"), description), {"codes": tuple(Code)})


def _shared_addresses(pages: Sequence[Page]) -> list[Diagnostic]:
    counted = Counter(page.path for page in pages)
    hint = "add a word to the heading or title that gives this address"
    return [
        Diagnostic(
            Code.SHARED_ADDRESS,
            Location(page.front_matter.get("seed", "")),
            f"two pages share the address {page.path}",
            hint,
        )
        for page in pages
        if counted[page.path] > 1
    ]


def _naming_feed(page: Page) -> Page:
    return replace(page, planned_front_matter=page.front_matter | FrontMatter(feed=feed_path(page.path)))
