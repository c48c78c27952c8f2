"""The pages outside the navigation, which are nearly all, built on all cores.

MkDocs itself builds one page after the other. So the leaves are taken out of its hands once it knows navigation and
files, and its own two steps for a page run here, in as many processes as there are cores. The bytes are the same.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.base import LegacyConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page

from generator.cores import on_all_cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext


def install(config: MkDocsConfig) -> None:
    """Have the leaves of the coming build built here."""
    config.plugins["atlas/leaves"] = Leaves()


class Leaf(File):
    """A page that stands in the site already when MkDocs copies its files there."""

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to build it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 -- MkDocs' signature
        """Nothing: it is there."""


class Leaves(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call] # MkDocs left it untyped
    """What the events of one build share: the navigation, all pages in MkDocs' order, and the leaves among them."""

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
            self._leaves.append(Page(None, leaf, config))
            files.remove(file)
            files.append(leaf)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Build them, with MkDocs' own templates."""

        def build(page: Page) -> _Built:
            with _logged() as logged:
                _populate_page(page, config, files)
                _build_page(page, config, self._pages, self._nav, env)
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            return _Built(page.present_anchor_ids, links, logged)

        # The first is built here, for then all workers have the compiled templates.
        built = chain(map(build, self._leaves[:1]), on_all_cores(build, self._leaves[1:]))
        for page, found in zip(self._leaves, built, strict=True):
            page.present_anchor_ids = found.anchors
            page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in found.links.items()}
            for name, level, message in found.logged:
                logging.getLogger(name).log(level, message)
        for page in self._leaves:
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG002 -- MkDocs names them
        """The sitemap lists the leaves too."""
        context["pages"] = self._pages


@dataclass(frozen=True, slots=True)
class _Built:
    """What MkDocs wants to know of a page that was built: its anchors, those it links to by file, what it logged."""

    anchors: set[str] | None
    links: Mapping[str, dict[str, str]]
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
