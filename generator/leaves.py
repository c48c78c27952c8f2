"""The generated pages outside the navigation, which are nearly all, built on all cores.

MkDocs itself builds one page after the other. So the leaves are taken out of its hands once it knows navigation and
files, and its own two steps for a page run here, in as many processes as there are cores.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs import utils
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.base import LegacyConfig
from mkdocs.plugins import BasePlugin

from generator.cache import BuiltPage, Cache
from generator.cores import on_all_cores
from generator.files import is_generated
from generator.leaf import LeafFile, LeafPage, permalink_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext

    from generator.shares import Share


def install(config: MkDocsConfig, share: Share | None = None) -> None:
    """Have the leaves of the coming build built here: all, or a share of them, which is kept for whoever merges."""
    config.plugins["atlas/leaves"] = Leaves(share)


class Leaves(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call] # MkDocs left it untyped
    """What the events of one build share: the navigation, all pages in MkDocs' order, and the leaves among them."""

    def __init__(self, share: Share | None) -> None:
        self._share = share

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Leave out what the theme brings for pages of its own."""
        _, *others = config.theme.dirs
        for file in [file for file in files if file.src_dir in others]:
            files.remove(file)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take the generated pages that stand in no menu out of MkDocs' hands."""
        self._nav = nav
        self._pages: list[File] = []
        self._leaves: list[LeafPage] = []
        permalink = permalink_of(config)
        in_menus = {page.file for page in nav.pages}
        for file in files.documentation_pages():
            if file in in_menus or not is_generated(Path(str(file.abs_src_path))):
                self._pages.append(file)
                continue
            leaf = LeafFile.of(file)
            page = LeafPage(leaf, config, permalink)
            self._pages.append(leaf)
            if self._share is None or self._share.holds(leaf.src_uri):
                self._leaves.append(page)
            files.remove(file)
            files.append(leaf)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Build them with MkDocs' own templates, or take what a share has built."""
        cache = Cache.of(config)
        if self._share:
            cache.begin()

        def put(page: LeafPage) -> _Put:
            target = page.file.abs_dest_path
            kept = cache.find(page.file) if cache.exists else None
            if kept and files.src_uris.keys() >= set(kept.targets):
                utils.write_file(kept.html, target)
                return _Put(replace(kept, html=b""), ())
            with _logged() as logged:
                _populate_page(page, config, files)
                _build_page(page, config, self._pages, self._nav, env)
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            built = BuiltPage(b"", tuple(page.present_anchor_ids or ()), links, tuple(page.targets))
            # What is wrong with a page is to be said each time.
            if self._share and not logged:
                cache.keep(page.file, replace(built, html=Path(target).read_bytes()))
            return _Put(built, logged)

        # The first is built here, for then all workers have the compiled templates.
        results = chain(map(put, self._leaves[:1]), on_all_cores(put, self._leaves[1:]))
        for page, done in zip(self._leaves, results, strict=True):
            page.present_anchor_ids = set(done.built.anchors)
            page.links_to_anchors = {files.src_uris[path]: dict(links) for path, links in done.built.links.items()}
            for name, level, message in done.logged:
                logging.getLogger(name).log(level, message)
        for page in self._leaves:
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG002 -- MkDocs names them
        """The sitemap lists the leaves too."""
        context["pages"] = self._pages


@dataclass(frozen=True, slots=True)
class _Put:
    """A page that is in the site now, and what was logged about it; its HTML stays with the worker."""

    built: BuiltPage
    logged: Sequence[tuple[str, int, str]]


class _Kept(logging.Handler):
    """Keeps what is logged: whoever counts warnings does so in another process."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append((record.name, record.levelno, record.getMessage()))


@contextmanager
def _logged() -> Iterator[list[tuple[str, int, str]]]:
    logger, handler = logging.getLogger("mkdocs"), _Kept()
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield handler.kept
    finally:
        logger.handlers, logger.propagate = handlers, propagate
