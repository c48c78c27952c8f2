"""Pages outside the navigation, which are nearly all, built on all cores by MkDocs' own two steps for a page.

MkDocs builds one page after the other, and has no public way to build single ones. So this plugin takes the pages out
of its hands once it knows navigation and files, and calls `_populate_page` and `_build_page`, the only private
functions of MkDocs used anywhere in this project.
"""

import html
import logging
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files as package_files
from logging.handlers import BufferingHandler
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.base import LegacyConfig
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils import write_file
from mkdocs.utils.templates import TemplateContext

from generator.addresses import DATA_PAGE
from generator.citing import citations_for
from generator.messages import Language, _
from generator.parallel import parallel_map
from generator.publication import Publication
from generator.site.search import words_to_add

_NAME = "generator/pages"
# It extends Material's; the project of the generator itself names it, for builders that run no hooks.
_THEME = str(package_files("generator").joinpath("theme"))
_PLAN = "#plan"
_SITEMAP = "sitemap.xml"
_MOST_IN_A_SITEMAP = 50_000
# Letters of Hebrew, Arabic and the scripts between them in Unicode.
_RIGHT_TO_LEFT = re.compile("[\u05d0-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
# What a project's settings say of what is the same in all projects; other words stand as they are.
_TITLES = (
    *(_("Home"), _("Papers"), _("Planners"), _("Studies"), _("Metrics"), _("Parts"), _("Data"), _("About")),
    *(_("Agreement"), _("Licences"), _("Source")),
    *(_("Switch to light mode"), _("Switch to dark mode"), _("Switch to the system's mode")),
)


def install(config: MkDocsConfig, publication: Publication, *, dirty: bool = False) -> None:
    """Have the pages of the coming build made here, with this theme; a `dirty` build makes only those that changed."""
    if _THEME not in config.theme.dirs:
        # Behind a theme of the project's own.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, _THEME)
    config.plugins[_NAME] = ParallelPages(publication, dirty=dirty)
    config.extra["texts"] = Language(publication.language).texts(".html")
    titles = _titles(publication.language)
    config.repo_name = titles.get(config.repo_name or "", config.repo_name)
    palettes = config.theme.get("palette")
    for toggle in (one["toggle"] for one in (palettes if isinstance(palettes, list) else ()) if "toggle" in one):
        toggle["name"] = titles.get(toggle["name"], toggle["name"])
    languages = {"language": publication.language, "texts": publication.texts_language}
    config.mdx_configs["generator.site.commonmark"] = languages


def _titles(code: str) -> Mapping[str, str]:
    return {title.words: Language(code).say(title) for title in _TITLES}


class _LeafFile(File):
    """The file of a page that stands in the site already when MkDocs copies its files there."""

    def is_documentation_page(self) -> bool:
        """Tell MkDocs not to build it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 -- MkDocs' signature
        """Do nothing: it is there."""


@dataclass(frozen=True, slots=True)
class _Built:
    """A page that is in the site: its anchors, the anchors it links to by file, and what was logged about it."""

    anchors: Sequence[str]
    links: Mapping[str, Mapping[str, str]]
    logged: Sequence[tuple[str, int, str]]


@contextmanager
def _logged() -> Iterator[list[logging.LogRecord]]:
    """Keep what MkDocs logs: whoever counts warnings does so in another process."""
    logger, keeper = logging.getLogger("mkdocs"), BufferingHandler(sys.maxsize)
    handlers, propagate = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [keeper], False
    try:
        yield keeper.buffer
    finally:
        logger.handlers, logger.propagate = handlers, propagate


class ParallelPages(BasePlugin[LegacyConfig]):  # type: ignore[no-untyped-call] # MkDocs left it untyped
    """Builds the pages that stand in no menu."""

    def __init__(self, publication: Publication, *, dirty: bool) -> None:
        self._publication = publication
        self._dirty = dirty
        self._leaves: list[Page] = []
        self._documents: list[File] = []

    def on_files(self, files: Files, **_: object) -> None:
        """Leave out what the theme brings for a search that is not used."""
        for file in [file for file in files if file.src_uri.startswith("assets/javascripts/lunr/")]:
            files.remove(file)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:
        """Take the pages that stand in no menu out of MkDocs' hands."""
        self._nav, self._files, self._config = nav, files, config
        titles = _titles(self._publication.language)
        for item in (*nav.items, *nav.pages):
            item.title = titles.get(item.title, item.title)
        in_menus = {page.file for page in nav.pages}
        for file in files.documentation_pages():
            if file in in_menus:
                self._documents.append(file)
                continue
            leaf = _LeafFile(
                *(file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls),
                dest_uri=file.dest_uri,
                inclusion=file.inclusion,
            )
            files.remove(file)
            files.append(leaf)
            self._documents.append(leaf)
            self._leaves.append(Page(None, leaf, config))

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Build them; templates leave no empty lines, and none changes while they are used."""
        env.trim_blocks = env.lstrip_blocks = True
        env.auto_reload = False
        self._env = env
        pages = [page for page in self._leaves if not self._dirty or page.file.is_modified()]
        for page, built in zip(pages, parallel_map(self._build, pages), strict=True):
            page.present_anchor_ids = set(built.anchors)
            page.links_to_anchors = {files.src_uris[path]: dict(links) for path, links in built.links.items()}
            for name, level, message in built.logged:
                logging.getLogger(name).log(level, message)
        for page in pages:
            page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)

    def on_page_context(self, context: TemplateContext, *, page: Page, **_: object) -> TemplateContext:
        """Give the templates what they can't make of front matter themselves."""
        context.update(page_context(page, self._publication))  # type: ignore[typeddict-item]
        return context

    def on_template_context(self, context: TemplateContext, **_: object) -> TemplateContext:
        """List these pages in the sitemap too."""
        context["pages"] = self._documents
        return context

    def on_post_template(self, output: str, /, *, template_name: str, config: MkDocsConfig) -> str:
        """Write the parts of a sitemap that is too large for one file."""
        if template_name == _SITEMAP and len(self._documents) > _MOST_IN_A_SITEMAP:
            for number, part in enumerate(sitemap_parts(self._env, self._documents), start=1):
                write_file(part.encode(), f"{config.site_dir}/sitemap-{number}.xml")
        return output

    def _build(self, page: Page) -> _Built:
        """Build one page; its text is forgotten then, for pages are many and live as long as the build."""
        with _logged() as logged:
            _populate_page(page, self._config, self._files)
            _build_page(page, self._config, self._documents, self._nav, self._env)
        page.markdown, page.content, page.meta, page.toc = None, None, {}, get_toc([])
        links = {
            # What begins so names words of a page, and no anchor: https://wicg.github.io/scroll-to-text-fragment/
            file.src_uri: {anchor: link for anchor, link in anchors.items() if not anchor.startswith(":~:")}
            for file, anchors in (page.links_to_anchors or {}).items()
        }
        said = [(record.name, record.levelno, record.getMessage()) for record in logged]
        return _Built(tuple(page.present_anchor_ids or ()), links, said)


def sitemap_parts(env: Environment, files: Sequence[object]) -> Iterator[str]:
    """Yield sitemaps of as many files, or pages, as one may list (https://www.sitemaps.org/protocol.html)."""
    template = env.get_template(_SITEMAP)
    for start in range(0, len(files), _MOST_IN_A_SITEMAP):
        yield template.render(pages=files[start : start + _MOST_IN_A_SITEMAP])


def page_context(page: Page, publication: Publication) -> dict[str, Any]:
    """Return the variables of a page's template that front matter does not hold."""
    # The page of the data tells of the corpus as a whole.
    meta = {**page.meta, "kind": "data"} if page.file.src_uri == DATA_PAGE else page.meta
    # A preview's own address is nobody's to cite.
    address = publication.url + page.url if publication.url else ""
    return {
        "citations": citations_for(meta, _studies(page), address, publication),
        "words": words_to_add(page.content or ""),
        "has_right_to_left": bool(_RIGHT_TO_LEFT.search(page.content or "")),
    }


def _studies(page: Page) -> list[tuple[str, str]]:
    """Return the headings of a plan's studies and their anchors."""
    sections = [section for title in page.toc for section in title.children if section.url == _PLAN]
    # Titles in a table of contents are HTML.
    return [(html.unescape(study.title), study.id) for section in sections for study in section.children]
