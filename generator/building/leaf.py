"""A generated page as MkDocs knows pages, read and turned into HTML by what is known of it."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.extensions.toc import nest_toc_tokens
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page, _RelativePathTreeprocessor
from mkdocs.structure.toc import get_toc
from mkdocs.utils import get_relative_url

from generator.addresses import from_page
from generator.building.dialect import convert
from generator.files import front_matter_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

# Every bracket of a text is escaped, so these stand in tags alone.
_LINK = re.compile(r'<a href="([^"]*)"')


class LeafFile(File):
    """The file of a page that stands in the site already when MkDocs copies its files there."""

    @classmethod
    def of(cls, file: File) -> LeafFile:
        """The same file as a leaf's."""
        where = (file.src_uri, file.src_dir, file.dest_dir, file.use_directory_urls)
        return cls(*where, dest_uri=file.dest_uri, inclusion=file.inclusion)

    def is_documentation_page(self) -> bool:
        """Whether MkDocs is to build it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 -- MkDocs' signature
        """Nothing: it is there."""


class LeafPage(Page):
    """A page outside the navigation that the generator wrote; `permalink` is what `permalink_of` says.

    Once it is rendered, `targets` are the paths of the pages that it links to, whether they exist or not.
    """

    def __init__(self, file: LeafFile, config: MkDocsConfig, permalink: str) -> None:
        super().__init__(None, file, config)
        self._permalink = permalink
        self.targets: set[str] = set()

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 -- MkDocs' signature
        """Read what `files.front_matter` and a template wrote."""
        self.meta, self.markdown = front_matter_of(self.file.content_bytes.decode())

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Set what MkDocs' own step sets, to what it would be."""
        made = convert(self.markdown or "", self._permalink)
        links = _Links(self.file, files, config)
        self.content = _LINK.sub(lambda found: f'<a href="{links.led(found[1])}"', made.html)
        self.toc = get_toc(nest_toc_tokens([{"level": h.level, "id": h.id, "name": h.text} for h in made.headings]))
        self.present_anchor_ids = set(made.ids)
        self.links_to_anchors, self.targets = links.links_to_anchors, links.targets

    def forget(self) -> None:
        """Let go of what the page says, once it stands in the site: pages are many, and live as long as the build."""
        self.markdown, self.content, self.meta = None, None, {}
        self.toc = get_toc([])


class _Links(_RelativePathTreeprocessor):
    """What MkDocs does with the links of a page; those that lead to a page, as nearly all do, are led there at once."""

    def __init__(self, file: File, files: Files, config: MkDocsConfig) -> None:
        super().__init__(file, files, config)
        self.targets: set[str] = set()
        self._to_root = from_page(file.src_uri, "")

    def led(self, href: str) -> str:
        """A link's address in the site, escaped as the link is; MkDocs itself has the word on what leads elsewhere."""
        address = html.unescape(href)
        path, anchor_mark, anchor = address.partition("#")
        path, query_mark, query = path.partition("?")
        path = path.removeprefix(self._to_root)
        if path.endswith(".md"):
            self.targets.add(path)
        target = self.files.src_uris.get(path)
        if target is None or target.inclusion.is_excluded():  # type: ignore[no-untyped-call] # MkDocs left it untyped
            return html.escape(self.path_to_url(address))
        if anchor:
            self.links_to_anchors.setdefault(target, {}).setdefault(anchor, address)
        url = get_relative_url(target.url, self.file.url)
        return html.escape(f"{url}{query_mark}{query}{anchor_mark}{anchor}")


def permalink_of(config: MkDocsConfig) -> str:
    """What Python-Markdown, as it is configured, puts at the end of a heading whose id is ID."""
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    heading = str(markdown.convert("# Title {: #ID }"))
    return heading.removeprefix('<h1 id="ID">Title').removesuffix("</h1>")
