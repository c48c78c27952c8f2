"""A share of the pages, built without the rest of the site: Markdown and HTML of its papers and their traces."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel, set_exclusions
from mkdocs.structure.nav import get_navigation

from generator import environment
from generator.addresses import paper_path
from generator.building.cache import keep_share, key_of
from generator.building.keeping import CACHE
from generator.building.leaves import Leaves
from generator.building.remembering import survey_again
from generator.building.settings import config_for, site_for
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
    from generator.problems import Problem
    from generator.surveying import Survey, Track
    from generator.terminal import Bars


def build_share(project: Path, seeds: Path, share: Share, bars: Bars) -> tuple[Problem, ...]:
    """Build a share of the pages into the cache, where `build` will find them; the warnings.

    Raises GeneratorError with every problem of the run.
    """
    environment.settle()
    cache = project / CACHE
    with TemporaryDirectory(prefix="atlas-share-") as out:
        config = config_for(project, seeds, project / "docs", Path(out))
        found, site = survey_again(seeds, cache, bars.track), site_for(config, project, seeds, project / "docs")
        pages = _built(config, found, site, share, bars.track)
        keep_share(cache, key_of(config, found.corpus, site), share, pages)
    return found.warnings


def _built(
    config: MkDocsConfig, found: Survey, site: Site, share: Share, track: Track
) -> Iterator[tuple[str, bytes, BuiltPage]]:
    """The pages of a share, each with its path, its Markdown and what is built of it.

    A page with which anything is wrong is left out: whoever builds the site will say so.
    """
    papers = [paper for paper in found.corpus.papers if share.holds(paper_path(paper.slug))]
    pages = plan_papers(found.corpus, papers, site, found.similar())
    leaves = _alone(config, found.corpus)
    # At once, for a template that is changed meanwhile would not be the one that the pages' key tells of.
    load_templates()

    def build(page: Page) -> tuple[str, bytes, BuiltPage] | None:
        leaf = leaves.page_of(_file(page.path, config))
        leaf.file.content_bytes = markdown = render(page).data
        # One page after the other has the same place, for none of them stays there: to write a file anew that is there
        # takes some disks ten times as long.
        place = Path(config.site_dir, str(os.getpid()))
        leaf.file.abs_dest_path = str(place)
        put = leaves.put(leaf)
        built = replace(put.built, html=place.read_bytes())
        place.unlink()
        return None if put.logged else (page.path, markdown, built)

    # The first is built here, for then all workers have the compiled templates of the theme.
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
