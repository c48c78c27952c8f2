"""What a reader's browser must fetch and read beside the words that the reader came for."""

from __future__ import annotations

import gzip
import re
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from website.kinds import KINDS, TRACE
from website.searching import results

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Response

    from website.pages import Document, Site

TRACE_BEYOND_ITS_TEXT = 10_000
FIRST_VISIT = 25_000
FIRST_RESULT = 150_000
OURS = re.compile(r"assets/[a-z-]+\.(css|js|svg)")


def own(page: Document) -> int:
    """The bytes of a page that are not its article's text."""
    return len(page.source.encode()) - len("".join(page.article.itertext()).encode())


def test_a_trace_is_hardly_more_than_its_text(site: Site) -> None:
    assert median(own(site.documents[record["url"]]) for record in site.records) <= TRACE_BEYOND_ITS_TEXT


def test_no_page_loads_what_others_wrote(site: Site) -> None:
    """Of what the site ships of others, only the search is used, and only by who searches."""
    for page in site.documents.values():
        loaded = [link.get("href", "") for link in page.all("link") if link.get("rel") in {"stylesheet", "icon"}]
        loaded += [script.get("src", "") for script in page.all("script") if "src" in script.attrib]
        assert [address for address in loaded if not OURS.fullmatch(page.leads_to(address)[0])] == [], page.url


def test_the_site_ships_nothing_of_others_but_the_search(site: Site, project: Path) -> None:
    ours = {path.name for place in ("generator/theme", "docs") for path in (project / place / "assets").iterdir()}
    assert {path.name for path in (site.folder / "assets").iterdir()} == ours


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["home", "trace", "paper", "about"])
def test_a_first_visit_is_light(browser: Browser, at_root: str, kind: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright takes no method of a list
    page.goto(at_root + KINDS[kind], wait_until="networkidle")
    fetched = {urlsplit(answer.url).path: len(gzip.compress(answer.body(), mtime=0)) for answer in answers}
    context.close()
    assert sum(fetched.values()) <= FIRST_VISIT, fetched


@pytest.mark.browser
def test_a_first_result_is_light(browser: Browser, at_root: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(at_root, wait_until="networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright takes no method of a list
    results(page, "ablation")
    page.wait_for_load_state("networkidle")
    fetched = {
        urlsplit(answer.url).path: min(len(answer.body()), len(gzip.compress(answer.body()))) for answer in answers
    }
    context.close()
    assert "/pagefind/wasm.en.pagefind" in fetched
    assert sum(fetched.values()) <= FIRST_RESULT, fetched


@pytest.mark.browser
def test_without_javascript_no_page_offers_what_needs_it(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root, java_script_enabled=False)
    expect(page.get_by_role("banner").get_by_role("link", name="Papers")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.locator(".search-entry")).to_be_hidden()


@pytest.mark.browser
def test_a_search_that_cannot_be_loaded_says_so(browser: Browser, at_root: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(at_root + TRACE)
    page.route("**/pagefind/*.js", lambda route: route.abort())
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("cannot be loaded")
    context.close()
