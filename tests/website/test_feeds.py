"""Feeds, found as readers and their programs find them."""

import re
from collections.abc import Callable
from urllib.parse import urljoin

import feedparser
import pytest
from playwright.sync_api import Page, expect

from website.kinds import NAME
from website.pages import Site
from website.parts import part

PAGES = {
    "": f"{NAME}: new traces",
    "planners/lm-planner/": f"{NAME}: new traces by lm-planner",
    "planners/lm-planner/gpt-4o/": f"{NAME}: new traces by gpt-4o with lm-planner",
}


def feed_at(page: Page, address: str) -> feedparser.FeedParserDict:
    response = page.request.get(address)
    assert response.ok
    found = feedparser.parse(response.body())
    assert not found.bozo
    return found


@pytest.mark.browser
@pytest.mark.parametrize("url", PAGES)
def test_a_feed_is_one_click_away_and_programs_find_the_same(
    url: str, address: str, visit: Callable[..., Page]
) -> None:
    page = visit(address + url)
    shown = page.get_by_role("main").get_by_role("link", name="Feed of new traces")
    expect(shown).to_be_visible()
    alternate = page.locator('head link[rel~="alternate"][type="application/atom+xml"]')
    expect(alternate).to_have_attribute("title", re.compile("new traces"))
    told = urljoin(page.url, alternate.get_attribute("href") or "")
    assert told == urljoin(page.url, shown.get_attribute("href") or "") == f"{address}{url}feed.xml"
    assert feed_at(page, told).feed.title == PAGES[url]


@pytest.mark.browser
def test_the_newest_traces_stand_on_the_home_page(at_root: str, visit: Callable[..., Page]) -> None:
    page = visit(at_root)
    newest = part(page, "newest").get_by_role("listitem")
    expect(newest).to_have_count(5)
    expect(newest.first).to_contain_text("2025-02-11")
    newest.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/traces/"))


def test_the_markup_alone_tells_programs_of_every_feed(site: Site) -> None:
    told = {
        document.resolved(link.attrib["href"])
        for document in site.documents.values()
        for link in document.all("link")
        if link.get("rel", "").split() == ["alternate"] and link.get("type") == "application/atom+xml"
    }
    assert told == {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.xml")} - {"sitemap.xml"}
