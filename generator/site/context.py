"""What templates are given beside a page's front matter: how to cite what the page shows."""

import html
from typing import Any

from mkdocs.structure.pages import Page

from generator.addresses import DATA_PAGE
from generator.citing import citations_for

_PLAN = "#plan"


def page_context(page: Page) -> dict[str, Any]:
    """Return the variables of a page's template that front matter does not hold."""
    # The page of the data tells of the corpus as a whole.
    meta = {**page.meta, "kind": "data"} if page.file.src_uri == DATA_PAGE else page.meta
    return {"citations": citations_for(meta, _studies(page), page.canonical_url or "")}


def _studies(page: Page) -> list[tuple[str, str]]:
    """Return the headings of a plan's studies and their anchors."""
    sections = [section for title in page.toc for section in title.children if section.url == _PLAN]
    # Titles in a table of contents are HTML.
    return [(html.unescape(study.title), study.id) for section in sections for study in section.children]
