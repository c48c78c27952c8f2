"""What a reader's browser must fetch and read beside the words that the reader came for."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from website.kinds import PAGES, TRACE
from website.pages import Document, Site
from website.searching import results

# Compressed, in bytes. The search's parts are loaded when somebody turns to it.
FIRST_VISIT = 70 * 1024
TRACE_BEYOND_ITS_TEXT = 6_000
# The contents beside a long page say its headings once more.
ANY_PAGE_BEYOND_ITS_MARKDOWN = 7_000
FIRST_RESULT = 300_000
OURS = re.compile(r"assets/[a-z-]+\.(css|js|svg)")
MATERIAL = re.compile(r"assets/(javascripts/bundle|stylesheets/(main|palette))\.[0-9a-f]+\.min\.(css|js)")


def compressed(data: bytes) -> int:
    """The size of what is sent; what is compressed already is sent as it is."""
    return min(len(data), len(gzip.compress(data, mtime=0)))


def own(page: Document) -> int:
    """The bytes of a page beyond its article's text, compressed."""
    return compressed(page.source.encode()) - compressed("".join(page.article.itertext()).encode())


def test_a_trace_is_hardly_more_than_its_text(site: Site, printed: Callable[[str], None]) -> None:
    middle = median(own(site.documents[record["url"]]) for record in site.records)
    printed(f"a trace beyond its text: {middle:,.0f} bytes")
    assert middle <= TRACE_BEYOND_ITS_TEXT


def test_every_page_is_hardly_more_than_its_markdown(site: Site, printed: Callable[[str], None]) -> None:
    """The Markdown beside a page is its text with the links that stand in it, of which hubs have hundreds."""
    beyond = {}
    for url, page in site.documents.items():
        if url != "404.html":
            (twin,) = (path for path in (f"{url.removesuffix('/')}.md", f"{url}index.md") if site.holds(path))
            beyond[url] = compressed(page.source.encode()) - compressed((site.folder / twin).read_bytes())
    printed(f"a page beyond its Markdown: at most {max(beyond.values()):,} bytes")
    assert {url: size for url, size in beyond.items() if size > ANY_PAGE_BEYOND_ITS_MARKDOWN} == {}


def test_pages_load_materials_and_our_own_files_alone(site: Site) -> None:
    for page in site.documents.values():
        loaded = [link.get("href", "") for link in page.all("link") if link.get("rel") in {"stylesheet", "icon"}]
        loaded += [script.get("src", "") for script in page.all("script") if "src" in script.attrib]
        addresses = {page.leads_to(address)[0].lstrip("/") for address in loaded}
        assert {one for one in addresses if not OURS.fullmatch(one) and not MATERIAL.fullmatch(one)} == set(), page.url


def test_the_site_ships_no_second_search(site: Site, project: Path) -> None:
    ours = {path.name for place in ("generator/theme", "docs") for path in (project / place / "assets").iterdir()}
    materials = {"images", "javascripts", "stylesheets"}
    assert {path.name for path in (site.folder / "assets").iterdir()} == ours | materials
    assert not (site.folder / "assets" / "javascripts" / "lunr").exists()
    assert not (site.folder / "search").exists()


def first_visit(browser: Browser, address: str) -> dict[str, int]:
    """What a browser that knows nothing of the site fetches for a page, compressed."""
    context = browser.new_context()
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright takes no method of a list
    page.goto(address, wait_until="networkidle")
    fetched = {urlsplit(answer.url).path: compressed(answer.body()) for answer in answers}
    context.close()
    return fetched


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["home", "trace", "paper", "about"])
def test_a_first_visit_is_light(browser: Browser, at_root: str, kind: str, printed: Callable[[str], None]) -> None:
    fetched = first_visit(browser, at_root + PAGES[kind])
    printed(f"a first visit, {kind}: {sum(fetched.values()):,} bytes")
    assert sum(fetched.values()) <= FIRST_VISIT, fetched
    assert not [path for path in fetched if "/pagefind/" in path]


@pytest.mark.browser
def test_a_first_result_is_light(browser: Browser, at_root: str, printed: Callable[[str], None]) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(at_root, wait_until="networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 -- Playwright takes no method of a list
    results(page, "ablation")
    page.wait_for_load_state("networkidle")
    fetched = {urlsplit(answer.url).path: compressed(answer.body()) for answer in answers}
    printed(f"a first result: {sum(fetched.values()):,} bytes")
    context.close()
    assert "/pagefind/wasm.en.pagefind" in fetched
    assert sum(fetched.values()) <= FIRST_RESULT, fetched


@pytest.mark.browser
def test_without_javascript_no_page_offers_what_needs_it(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root, java_script_enabled=False)
    expect(page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Papers")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    expect(page.get_by_text("Search", exact=True)).to_be_hidden()
    for mode in ("light mode", "dark mode", "the system's mode"):
        expect(page.get_by_title(f"Switch to {mode}")).to_be_hidden()


@pytest.mark.browser
def test_a_search_that_cannot_be_loaded_says_so(browser: Browser, at_root: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(at_root + TRACE)
    page.route("**/pagefind/*.js", lambda route: route.abort())
    page.keyboard.press("Control+k")
    expect(page.get_by_role("banner").get_by_role("button", name="Search is unreachable")).to_be_visible()
    context.close()
