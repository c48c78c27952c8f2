"""The way to each page from the home page, told to programs as breadcrumbs."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from generator.addresses import HOME, above, paper_path, url_of
from generator.pages.linked_data import breadcrumbs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.model import Site
    from generator.pages.page import Page


def with_breadcrumbs(pages: Iterable[Page], site_pages: Iterable[Page], site: Site) -> Iterator[Page]:
    """The pages, each but the home page with the titles and places of those above it, which are among all others."""
    by_address = {url_of(page.path): page for page in site_pages}
    for page in pages:
        if page.path == HOME:
            yield page
            continue
        trail = [(step.front_matter["title"], step.path) for step in _trail(page, by_address)]
        yield replace(page, nodes=(*page.nodes, partial(breadcrumbs, trail, site)))


def _trail(page: Page, by_address: Mapping[str, Page]) -> list[Page]:
    trail = [page]
    while trail[0].path != HOME:
        trail.insert(0, by_address[_above(trail[0])])
    return trail


def _above(page: Page) -> str:
    """A trace is one of its paper's; of all other pages their addresses tell."""
    is_trace = page.front_matter["kind"] == "trace"
    return url_of(paper_path(page.front_matter["paper"])) if is_trace else above(url_of(page.path))
