"""How much a search loads and how soon it answers: a fresh profile of the machine's own Chromium for each one."""

import gzip
import json
import statistics
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Response, sync_playwright
from website import chromium
from website.serving import serve

from bench.running import FailedError
from generator.addresses import TRACES_DATA

_QUERIES = {"masking": "masking ratio", "ablation": "ablation study"}
_RUNS = 3
_FIRST_RESULT = "pagefind-results a"
# Files that came over the network, not out of the browser's cache.
_LOADED = """() => performance.getEntries()
  .filter((one) => one.transferSize > 0).map((one) => one.name)"""


def reading(site: Path) -> Mapping[str, float]:
    """Visit a trace and then another, then search from the home page.

    Returns the number of files that the second visit loads beside its page, KB as a host sends them, and milliseconds.
    Raises FailedError where there is no Chromium or it finds nothing.
    """
    first, *_, further = [json.loads(line)["url"] for line in (site / TRACES_DATA).read_bytes().splitlines()]
    with _opened() as browser, serve(site, "/") as address:
        measured: dict[str, float] = {"further_files": _further_visit(browser, address, (first, further))}
        for name, query in _QUERIES.items():
            searches = [_search(browser, address, query) for _ in range(_RUNS)]
            measured[f"search_{name}"] = statistics.median(weight for weight, _ in searches) / 1000
            measured[f"search_{name}_time"] = statistics.median(waited for _, waited in searches)
    return measured


def finding(site: Path) -> Mapping[str, float]:
    """Look for what is everywhere and for what is rare in the search, the explorer of studies and the finder of papers.

    Returns KB as a host sends them, and milliseconds. Raises FailedError without Chromium or a result.
    """
    *_, last = (json.loads(line)["title"] for line in (site / TRACES_DATA).open("rb"))
    rare = last.replace("_", " ").split()[0].strip(":")
    measured: dict[str, float] = {}
    with _opened() as browser, serve(site, "/") as address:
        for name, (weight, waited) in {
            "ablation": _search(browser, address, _QUERIES["ablation"]),
            "rare": _search(browser, address, rare),
            "studies": _seen(browser, f"{address}studies/", ".explorer__study"),
            "papers": _seen(browser, f"{address}papers/?q={rare}", "[aria-label='Papers found'] a"),
        }.items():
            measured |= {f"large_{name}": weight / 1000, f"large_{name}_time": waited}
    return measured


@contextmanager
def _opened() -> Iterator[Browser]:
    executable = chromium.find()
    if not executable:
        raise FailedError(chromium.MISSING)
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, executable)
        try:
            yield browser
        except Error as error:
            raise FailedError(f"reading: {error}") from None
        finally:
            browser.close()


@contextmanager
def _fresh(browser: Browser) -> Iterator[tuple[Page, list[Response]]]:
    """Open a page in a profile of its own, and collect what it is sent."""
    context = browser.new_context()
    page = context.new_page()
    responses: list[Response] = []

    def keep(response: Response) -> None:
        responses.append(response)

    context.on("response", keep)
    yield page, responses
    context.close()


def _further_visit(browser: Browser, address: str, urls: tuple[str, str]) -> int:
    """Return how many files a second page loads beside itself."""
    with _fresh(browser) as (page, _):
        for url in urls:
            page.goto(address + url, wait_until="networkidle")
        return sum(name != address + urls[1] for name in page.evaluate(_LOADED))


def _search(browser: Browser, address: str, query: str) -> tuple[int, float]:
    """Return the bytes, and the milliseconds, from turning to the search of a loaded page to its first result."""
    with _fresh(browser) as (page, responses):
        page.goto(address, wait_until="networkidle")
        responses.clear()
        start: float = page.evaluate("performance.now()")
        page.keyboard.press("Control+k")
        page.locator("pagefind-modal input").first.fill(query)
        page.locator(_FIRST_RESULT).first.wait_for()
        waited: float = page.evaluate("performance.now()") - start
        page.wait_for_load_state("networkidle")
        return _weight(responses), waited


def _seen(browser: Browser, address: str, wanted: str) -> tuple[int, float]:
    """Return the bytes of a page and all it loads, and the milliseconds until what is wanted stands there."""
    with _fresh(browser) as (page, responses):
        page.goto(address, wait_until="commit")
        page.locator(wanted).first.wait_for()
        waited: float = page.evaluate("performance.now()")
        page.wait_for_load_state("networkidle")
        return _weight(responses), waited


def _weight(responses: list[Response]) -> int:
    """Return the bytes that a host sends: compressed, unless that makes them more."""
    bodies = [response.body() for response in responses if response.ok]
    return sum(min(len(body), len(gzip.compress(body, 6))) for body in bodies)
