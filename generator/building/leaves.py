"""The generated pages outside the navigation, which are nearly all, built on all cores.

MkDocs itself builds one page after the other. So the leaves are taken out of its hands once it knows navigation and
files, and its own two steps for a page run here, in as many processes as there are cores.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, cast

from mkdocs import utils
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.base import LegacyConfig
from mkdocs.plugins import BasePlugin

from generator.building.cache import NO_PAGES, BuiltPage, Pages
from generator.building.leaf import LeafFile, LeafPage, permalink_of
from generator.cores import on_all_cores
from generator.files import is_generated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.utils.templates import TemplateContext


_NAME = "atlas/leaves"


def install(config: MkDocsConfig, made: Pages = NO_PAGES) -> None:
    """Have the leaves of the coming build built here, but for those that were made before."""
    config.plugins[_NAME] = Leaves(made)


def of(config: MkDocsConfig) -> Leaves:
    """The leaves of the last build with this configuration."""
    return cast("Leaves", config.plugins[_NAME])


class Leaves(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call] # MkDocs left it untyped
    """What the events of one build share: the navigation, all pages in MkDocs' order, and the leaves among them.

    As long as configuration and theme stay the same, it can be asked for single leaves. `targets` are the pages that
    each links to, whether they exist or not.
    """

    def __init__(self, made: Pages = NO_PAGES) -> None:
        self._made = made
        self.targets: dict[str, Sequence[str]] = {}

    def on_files(self, files: Files, *, config: MkDocsConfig) -> None:
        """Leave out what the theme brings for pages of its own."""
        _, *others = config.theme.dirs
        for file in [file for file in files if file.src_dir in others]:
            files.remove(file)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take the generated pages that stand in no menu out of MkDocs' hands."""
        self.enter(config, files, nav)
        in_menus = {page.file for page in nav.pages}
        for file in files.documentation_pages():
            own = file in in_menus or not is_generated(Path(str(file.abs_src_path)))
            self.pages.append(file if own else self.leaf(file))

    def enter(self, config: MkDocsConfig, files: Files, nav: Navigation) -> None:
        """Begin with these files and this navigation; no page is known yet."""
        self.settings, self.nav, self.files = config, nav, files
        self._permalink = permalink_of(config)
        self.pages: list[File] = []

    def page_of(self, file: File) -> LeafPage:
        """The page of a file as that of a leaf, which has no place among the others yet."""
        return LeafPage(LeafFile.of(file), self.settings, self._permalink)

    def leaf(self, file: File) -> File:
        """The file of a page as that of a leaf, which takes its place among the site's files."""
        leaf = self.page_of(file).file
        if file.src_uri in self.files.src_uris:
            self.files.remove(file)
        self.files.append(leaf)
        return leaf

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 -- MkDocs names them
        """Build them with MkDocs' own templates, or take what shares have built."""
        self.env = env
        self.build([file.page for file in self.pages if isinstance(file.page, LeafPage)])

    def build(self, leaves: Sequence[LeafPage]) -> None:
        """Put leaves into the site."""
        left = [page for page in leaves if not self._take(page)]
        # The first is built here, for then all workers have the compiled templates.
        results = chain(map(self.put, left[:1]), on_all_cores(self.put, left[1:]))
        for page, done in zip(left, results, strict=True):
            self._know(page, done.built)
            for name, level, message in done.logged:
                logging.getLogger(name).log(level, message)
        for page in leaves:
            page.validate_anchor_links(files=self.files, log_level=self.settings.validation.links.anchors)

    def put(self, page: LeafPage) -> Put:
        """Put a leaf into the site."""
        with _logged() as logged:
            _populate_page(page, self.settings, self.files)
            _build_page(page, self.settings, self.pages, self.nav, self.env)
            page.forget()
        links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
        return Put(BuiltPage(b"", tuple(page.present_anchor_ids or ()), links, tuple(page.targets)), logged)

    def _take(self, page: LeafPage) -> bool:
        """Put into the site what a share has built, if one has. A dead link is to be told each time."""
        path = page.file.src_uri
        if path not in self._made:
            return False
        built = self._made.built(path)
        if not self.files.src_uris.keys() >= set(built.targets):
            return False
        utils.write_file(built.html, page.file.abs_dest_path)
        self._know(page, built)
        return True

    def _know(self, page: LeafPage, built: BuiltPage) -> None:
        self.targets[page.file.src_uri] = built.targets
        page.present_anchor_ids = set(built.anchors)
        page.links_to_anchors = {self.files.src_uris[path]: dict(links) for path, links in built.links.items()}

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> None:  # noqa: ARG002 -- MkDocs names them
        """The sitemap lists the leaves too."""
        context["pages"] = self.pages


@dataclass(frozen=True, slots=True)
class Put:
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
