"""The pages outside the navigation, which are nearly all, built on all cores.

MkDocs itself builds one page after the other. So the leaves are taken out of its hands once it knows navigation and
files, and its own two steps for a page run here, in as many processes as there are cores. The bytes are the same.
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
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from generator.cache import BuiltPage, Cache, way_to_build
from generator.cores import on_all_cores
from generator.shares import ALL, Share

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext


def install(config: MkDocsConfig, share: Share = ALL) -> None:
    """Have the leaves of the coming build built here, or a share of them; spare all pages what they don't need."""
    config.markdown_extensions.append("generator.sparing:Sparing")
    config.plugins["atlas/leaves"] = Leaves(share)


class Leaf(File):
    """A page that stands in the site already when MkDocs copies its files there."""

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to build it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 -- MkDocs' signature
        """Nothing: it is there."""


class Leaves(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call] # MkDocs left it untyped
    """What the events of one build share: the navigation, all pages in MkDocs' order, and the leaves among them."""

    def __init__(self, share: Share) -> None:
        self._share = share

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take the pages that stand in no menu out of MkDocs' hands."""
        self._nav = nav
        self._pages: list[File] = []
        self._leaves: list[Page] = []
        in_menus = {page.file for page in nav.pages}
        for file in files.documentation_pages():
            if file in in_menus:
                self._pages.append(file)
                continue
            leaf = Leaf(
                file.src_uri,
                file.src_dir,
                file.dest_dir,
                file.use_directory_urls,
                dest_uri=file.dest_uri,
                inclusion=file.inclusion,
            )
            self._pages.append(leaf)
            page = Page(None, leaf, config)
            if self._share.holds(leaf.src_uri):
                self._leaves.append(page)
            files.remove(file)
            files.append(leaf)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Build them with MkDocs' own templates, or take them from the cache."""
        cache = Cache(Path(config.config_file_path).parent / ".cache" / "pages", way_to_build(config))
        asked = _Asked(files)

        def put(page: Page) -> _Put:
            path, source = page.file.src_uri, page.file.content_bytes
            kept = cache.find(path, source)
            if kept and all((target in files.src_uris) == found for target, found in kept.targets.items()):
                utils.write_file(kept.html, page.file.abs_dest_path)
                return _Put(replace(kept, html=b""), ())
            asked.targets = {}
            with _logged() as logged:
                _populate_page(page, config, asked)
                _build_page(page, config, self._pages, self._nav, env)
            built = BuiltPage(
                html=Path(page.file.abs_dest_path).read_bytes(),
                anchors=tuple(page.present_anchor_ids or ()),
                links={file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()},
                targets=asked.targets,
            )
            # What is wrong with a page is to be said each time.
            if not logged:
                cache.keep(path, source, built)
            return _Put(replace(built, html=b""), logged)

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


class _Asked(Files):
    """The site's files, and which of them a page asks for, with whether they exist."""

    def __init__(self, files: Files) -> None:
        super().__init__(files)
        self.targets: dict[str, bool] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file at that path."""
        file = super().get_file_from_path(path)
        self.targets[path] = file is not None
        return file


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
