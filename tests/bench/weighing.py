"""What a trace's page carries beyond its text."""

from __future__ import annotations

import json
import statistics
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from generator.addresses import TRACES_DATA

if TYPE_CHECKING:
    from pathlib import Path

# So many pages, evenly spread, tell of all.
_SAMPLE = 200


def beyond_text(site: Path) -> float:
    """Bytes of HTML around the text that the search finds a page by, median over the traces."""
    pages = trace_pages(site)
    return statistics.median(_around((site / page).read_text("utf-8")) for page in pages[:: len(pages) // _SAMPLE or 1])


def trace_pages(site: Path) -> list[str]:
    """The paths of all traces' pages."""
    lines = (site / TRACES_DATA).read_bytes().splitlines()
    return [f"{json.loads(line)['url']}index.html" for line in lines]


def _around(page: str) -> int:
    article = BeautifulSoup(page, "html.parser").select_one("[data-pagefind-body]")
    assert article
    return len(page.encode()) - len(" ".join(article.stripped_strings).encode())
