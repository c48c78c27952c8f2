"""Addresses of the benchmark's own page lead to the traces they stood for."""

import re
from collections.abc import Callable
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from website.pages import Site
from website.raw import traces

pytestmark = pytest.mark.browser

BIRDS = "#/trajectories/lm-planner/llama-31-405b-instruct/Schr%C3%B6dinger_Bridges_for_Bird_Migration_Routes"
BIRDS_TRACE = "traces/lm-planner/llama-3-1-405b-instruct/schrodinger-bridges-for-bird-migration-routes/"
TIDES = "#/trajectories/lm-planner/gemini-25-flash/tideformer"
TIDES_TRACE = "traces/lm-planner/gemini-2-5-flash/tideformer/"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (BIRDS, BIRDS_TRACE),
        ("#/trajectories/lm-planner/llama-31-405b-instruct/Schrödinger_Bridges_for_Bird_Migration_Routes", BIRDS_TRACE),
        (TIDES, TIDES_TRACE),
        (f"{TIDES}?id=ablation-plan", TIDES_TRACE),
    ],
)
def test_an_old_address_leads_to_its_trace(visit: Callable[..., Page], address: str, old: str, new: str) -> None:
    page = visit(address + old)
    page.wait_for_url(address + new)
    expect(page.locator("#reasoning")).to_be_visible()


def test_every_trace_has_its_old_address(browser: Browser, at_root: str, site: Site) -> None:
    raw = traces(site.seeds)
    with browser.new_page() as page:
        page.goto(at_root)
        # The way is found, but not gone: the page stays where it is.
        page.route(lambda url: "/traces/" in url, _stay)
        for record in site.records:
            seed = raw[record["seed"]]
            if not re.search("[a-z]", seed.name):
                continue  # the benchmark's page had none
            old = f"#/trajectories/{seed.planner}/{seed.model.replace('.', '')}/{quote(seed.name)}"
            with page.expect_request(lambda asked: asked.is_navigation_request()) as asked:
                page.evaluate("hash => { location.hash = hash }", old)
            assert asked.value.url == at_root + record["url"]


def _stay(route: Route) -> None:
    if route.request.is_navigation_request():
        route.fulfill(status=204)
    else:
        route.continue_()


def test_the_home_page_follows_an_old_address_that_comes_later(visit: Callable[..., Page], address: str) -> None:
    page = visit(address)
    page.evaluate("hash => { location.hash = hash }", TIDES)
    page.wait_for_url(address + TIDES_TRACE)
    page.go_back()
    page.wait_for_url(address)


def test_the_home_page_says_so_where_it_knows_no_trace(browser: Browser, address: str) -> None:
    # Asking for a trace that is not there counts as a fault elsewhere.
    with browser.new_context() as context:
        page = context.new_page()
        note = page.get_by_role("status").filter(has_text="old address")
        for unknown in ("lm-planner/no-such-model/tideformer", "lm-planner/gpt-4o/No_Such_Paper", "x", "%E0"):
            page.goto("about:blank")
            page.goto(f"{address}#/trajectories/{unknown}")
            expect(note, unknown).to_be_visible()
            assert page.url == f"{address}#/trajectories/{unknown}"
        note.get_by_role("link").click()
        page.wait_for_url(f"{address}papers/*")
        page.go_back()
        expect(note).to_be_visible()
        page.evaluate("hash => { location.hash = hash }", TIDES)
        page.wait_for_url(address + TIDES_TRACE)


def test_other_anchors_are_left_alone(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}#planners")
    expect(page.locator(":target")).to_contain_text(re.compile("Planners"))
    assert page.url == f"{at_root}#planners"
