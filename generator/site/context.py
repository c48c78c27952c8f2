"""What templates are given beside a page's front matter: how to cite what the page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.addresses import DATA_PAGE
from generator.citing import cite_page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

_PLAN = "#plan"


def page_context(page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """Return the variables of a page's template that front matter does not hold."""
    kind = "corpus" if page.file.src_uri == DATA_PAGE else page.meta.get("kind", "")
    address = page.canonical_url or ""
    return {"citations": cite_page(kind, page.meta, _studies(page), address)}


def _studies(page: Page) -> list[tuple[str, str]]:
    """Return the headings of a plan's studies and their anchors."""
    sections = [section for title in page.toc for section in title.children if section.url == _PLAN]
    return [(study.title, study.id) for section in sections for study in section.children]
