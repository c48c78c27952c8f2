"""What a reader waits for, in a fresh profile of the machine's own Chromium each time."""

from __future__ import annotations

import gzip
import statistics
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright
from website import chromium
from website.searching import results
from website.serving import serve

from bench.running import FailedError
from bench.weighing import trace_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

# With which hosts compress.
_LEVEL = 6
_FACET_CHANGE = """async (box) => {
  const status = document.querySelector("#explorer [role=status]");
  const before = status.textContent;
  const start = performance.now();
  box.click();
  do await new Promise(requestAnimationFrame); while (status.textContent === before);
  return performance.now() - start;
}"""


def reading(site: Path, query: str, runs: int) -> Mapping[str, float]:
    """Visit the home page and a trace, search, change a facet: medians in KB and milliseconds, and requests elsewhere.

    The first visit is the heavier of both. Raises FailedError.
    """
    trace = trace_pages(site)[0].removesuffix("index.html")
    with opened() as browser, serve(site, "/") as address:
        visits = [_visit(browser, address + page) for page in ("", trace)]
        searches = [_search(browser, address, query) for _ in range(runs)]
        changes = [_facet(browser, f"{address}studies/") for _ in range(runs)]
    return {
        "first_visit": max(sent for sent, _ in visits) / 1000,
        "elsewhere": sum(elsewhere for _, elsewhere in visits),
        "first_result": statistics.median(sent for _, sent in searches) / 1000,
        "first_result_time": statistics.median(waited for waited, _ in searches),
        "facet_change": statistics.median(changes),
    }


def first_result(site: Path, query: str) -> Mapping[str, float]:
    """KB and milliseconds of one search, as of the largest corpus. Raises FailedError."""
    with opened() as browser, serve(site, "/") as address:
        waited, sent = _search(browser, address, query)
        return {"first_result_largest": sent / 1000, "first_result_time_largest": waited}


@contextmanager
def opened() -> Iterator[Browser]:
    """A headless browser. Raises FailedError."""
    executable = chromium.find()
    if not executable:
        raise FailedError(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, executable)
        yield browser
        browser.close()


@contextmanager
def _fresh(browser: Browser) -> Iterator[tuple[Page, list[Response]]]:
    """A page in a profile of its own, and all that it is sent."""
    context = browser.new_context()
    page = context.new_page()
    responses: list[Response] = []

    def keep(response: Response) -> None:
        responses.append(response)

    page.on("response", keep)
    yield page, responses
    context.close()


def _visit(browser: Browser, address: str) -> tuple[int, int]:
    """The bytes of a first visit, and the requests to other hosts."""
    host = urlsplit(address).netloc
    with _fresh(browser) as (page, responses):
        page.goto(address, wait_until="networkidle")
        asked = [urlsplit(response.url) for response in responses]
        return _sent(responses), sum(one.scheme.startswith("http") and one.netloc != host for one in asked)


def _search(browser: Browser, address: str, query: str) -> tuple[float, int]:
    """Milliseconds from opening the search of a loaded page to its first result, and the bytes between."""
    with _fresh(browser) as (page, responses):
        page.goto(address, wait_until="load")
        responses.clear()
        start: float = page.evaluate("performance.now()")
        results(page, query)
        waited: float = page.evaluate("performance.now()") - start
        page.wait_for_load_state("networkidle")
        return waited, _sent(responses)


def _facet(browser: Browser, address: str) -> float:
    """Milliseconds from a click on an action to the number of studies that have it."""
    with _fresh(browser) as (page, _):
        page.goto(address, wait_until="networkidle")
        box = page.get_by_role("group", name="Action", exact=True).get_by_role("checkbox").first
        waited: float = box.evaluate(_FACET_CHANGE)
        return waited


def _sent(responses: list[Response]) -> int:
    return sum(_compressed(response) for response in responses if response.ok)


def _compressed(response: Response) -> int:
    """The bytes of an answer, compressed unless that makes it larger."""
    body = response.body()
    return min(len(body), len(gzip.compress(body, _LEVEL)))
