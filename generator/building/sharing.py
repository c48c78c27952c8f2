"""A share of the pages, built without the rest of the site: Markdown and HTML of its papers and their traces."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import get_navigation

from generator.addresses import paper_path
from generator.building.leaves import Leaves
from generator.cores import on_all_cores
from generator.pages import places, plan_papers
from generator.rendering import load_templates, render
from generator.writing.publishing import hand_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

    from generator.building.cache import BuiltPage
    from generator.building.shares import Share
    from generator.model import Corpus, Site
    from generator.pages.page import Page
    from generator.pipeline import Survey, Track


def built_share(
    config: MkDocsConfig, found: Survey, site: Site, share: Share, track: Track
) -> Iterator[tuple[str, bytes, BuiltPage]]:
    """The pages of a share, each with its path, its Markdown and what is built of it.

    A page with which anything is wrong is left out: whoever builds the site will say so.
    """
    papers = [paper for paper in found.corpus.papers if share.holds(paper_path(paper.slug))]
    pages = plan_papers(found.corpus, papers, site, found.similar())
    leaves = _alone(config, found.corpus)
    load_templates()

    def build(page: Page) -> tuple[str, bytes, BuiltPage] | None:
        leaf = leaves.page_of(_file(page.path, config))
        leaf.file.content_bytes = markdown = render(page).data
        # One page after the other has the same place, for none of them stays there.
        leaf.file.abs_dest_path = f"{config.site_dir}/{os.getpid()}"
        put = leaves.put(leaf)
        built = replace(put.built, html=Path(leaf.file.abs_dest_path).read_bytes())
        return None if put.logged else (page.path, markdown, built)

    # The first is built here, for then all workers have the compiled templates.
    results = chain(map(build, pages[:1]), on_all_cores(build, pages[1:]))
    yield from filter(None, track(results, "Building pages", len(pages)))


def _alone(config: MkDocsConfig, corpus: Corpus) -> Leaves:
    """What leaves are built with, and no page of a site but those written by hand and the places of all others."""
    names = dict.fromkeys([*hand_written(Path(config.docs_dir)), *_menu(config.nav)])
    files = Files([_file(name, config) for name in names])
    set_exclusions(files, config)
    leaves = Leaves()
    leaves.enter(config, files, get_navigation(files, config))
    leaves.env = config.theme.get_env()
    for path in places(corpus):
        if path not in names:
            files.append(_file(path, config))
    return leaves


def _file(path: str, config: MkDocsConfig) -> File:
    inclusion = InclusionLevel.NOT_IN_NAV
    return File(path, config.docs_dir, config.site_dir, config.use_directory_urls, inclusion=inclusion)


def _menu(nav: object) -> Iterator[str]:
    """The pages that the navigation names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        yield from chain.from_iterable(map(_menu, nav.values()))
    elif isinstance(nav, list):
        yield from chain.from_iterable(map(_menu, nav))
