"""What readers come for, each task within its clicks.

Narrowing the studies to REMOVE, one model and one metric in three clicks is in `test_studies.py`, with the explorer's
other tests; seeing what is new is in `exports/test_feeds.py` and `test_changelog.py`.
"""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from website.kinds import PAPER, PUBLICATION, TRACE
from website.pages import Site
from website.parts import part
from website.searching import all_results, results

pytestmark = pytest.mark.browser

PART = "tidal encoding"
TITLE = "Kettle Nets: Hearing When Water Boils"
WITH_AND_WITHOUT_SCRIPTS = pytest.mark.parametrize(
    "options", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"]
)


class Clicks:
    """The clicks of one reader, counted."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, target: Locator) -> None:
        target.click()
        self.number += 1


@pytest.fixture
def clicks() -> Clicks:
    return Clicks()


@pytest.fixture(scope="module")
def ablating(site: Site) -> dict[str, set[str]]:
    """The traces that would ablate the part, by address, each with the anchors of the studies that do."""
    found: dict[str, set[str]] = {}
    for trace in site.records:
        for study in trace["studies"]:
            if PART in study["ablated_part"].casefold():
                found.setdefault(trace["url"], set()).add(study["anchor"])
    assert 3 < len(found) < len(site.records) / 2
    return found


@pytest.fixture(scope="module")
def trace(site: Site) -> dict[str, Any]:
    """A trace of a paper with a summary and with plans of other planners."""
    (record,) = (record for record in site.records if record["url"] == TRACE)
    return dict(record)


def test_one_query_of_the_search_finds_every_trace_that_would_ablate_a_part(
    visit: Callable[..., Page], address: str, ablating: dict[str, set[str]], clicks: Clicks
) -> None:
    page = visit(address)
    results(page, PART)
    found = all_results(page)
    for url in ablating:
        expect(found.filter(has=page.locator(f"a[href$='{url}']"))).to_have_count(1)
    url, anchors = next(iter(ablating.items()))
    study = found.locator(", ".join(f"a[href*='{url}#{anchor}']" for anchor in anchors)).first
    clicks.on(study)
    page.wait_for_url(f"{address}{url}#*")
    expect(page.locator(":target")).to_be_in_viewport()
    assert clicks.number == 1


def test_one_query_of_the_explorer_finds_every_trace_that_would_ablate_a_part(
    visit: Callable[..., Page], address: str, ablating: dict[str, set[str]], clicks: Clicks
) -> None:
    page = visit(f"{address}studies/")
    page.get_by_role("searchbox", name="Search the studies").fill(PART)
    expect(page.locator("#explorer").get_by_role("status")).to_contain_text(" of ")
    studies = page.locator(".explorer__study h3 a")
    wanted = {f"{address}{url}#{anchor}" for url, anchors in ablating.items() for anchor in anchors}
    for found in wanted:
        expect(page.locator(f".explorer__study h3 a[href='{found}']")).to_be_visible()
    best = studies.first.get_attribute("href") or ""
    assert best in wanted
    clicks.on(studies.first)
    page.wait_for_url(best)
    expect(part(page, urldefrag(best).fragment)).to_contain_text(re.compile(PART, re.IGNORECASE))
    expect(page.locator(":target")).to_be_in_viewport()
    assert clicks.number == 1


@WITH_AND_WITHOUT_SCRIPTS
def test_all_plans_for_a_paper_are_one_click_from_any_of_them(
    visit: Callable[..., Page], address: str, site: Site, clicks: Clicks, options: dict[str, Any]
) -> None:
    url, paper = next((trace["url"], trace["paper"]) for trace in site.records if PART in str(trace["studies"]))
    page = visit(address + url, **options)
    clicks.on(page.get_by_role("link", name="The paper and all its plans"))
    page.wait_for_url(f"{address}papers/{paper}/")
    for other in (record for record in site.records if record["paper"] == paper):
        expect(page.locator(f".plans thead a[href$='{other['url']}']")).to_be_visible()
        for study in other["studies"]:
            link = page.locator(f"a[href$='{other['url']}#{study['anchor']}']")
            cell = page.locator(".plans td").filter(has=link)
            expect(link).not_to_be_visible()
            cell.get_by_text(study["action"], exact=True).hover()
            expect(link).to_be_visible()
            expect(page.locator("tr").filter(has=link)).to_contain_text(study["ablated_part"])
            expect(cell).to_contain_text(study["metrics"][0])
    row = page.get_by_role("rowheader", name=re.compile(rf"{PART} [2-5] of [2-9] plans", re.IGNORECASE))
    expect(row.first).to_be_visible()
    assert clicks.number == 1


def test_all_studies_are_saved_as_a_table_with_one_click(
    visit: Callable[..., Page], address: str, site: Site, clicks: Clicks, tmp_path: Path
) -> None:
    page = visit(f"{address}studies/")
    with page.expect_download() as download:
        clicks.on(page.get_by_role("button", name="Download CSV"))
    download.value.save_as(tmp_path / "table.csv")
    rows = csv.DictReader(io.StringIO((tmp_path / "table.csv").read_bytes().decode("utf-8-sig"), newline=""))
    wanted = [f"{address}{trace['url']}#{study['anchor']}" for trace in site.records for study in trace["studies"]]
    assert sorted(row["url"] for row in rows) == sorted(wanted)
    assert clicks.number == 1


@pytest.mark.parametrize("typed", ["Hearing When Water", "ketle nest waterboils", "KettleNet", "ketlenet"])
def test_one_query_finds_a_paper_by_its_title_or_alias_whatever_the_typos(
    visit: Callable[..., Page], address: str, clicks: Clicks, typed: str
) -> None:
    page = visit(f"{address}papers/")
    page.get_by_role("searchbox", name="Find a paper").fill(typed)
    clicks.on(page.get_by_role("list", name="Papers found").get_by_role("link", name=TITLE))
    page.wait_for_url(address + PAPER)
    assert clicks.number == 1


def test_the_address_of_a_study_is_copied_with_one_click_and_opens_at_it(
    visit: Callable[..., Page], address: str, trace: dict[str, Any], clicks: Clicks
) -> None:
    page = visit(address + TRACE, permissions=["clipboard-read", "clipboard-write"])
    anchor = trace["studies"][-1]["anchor"]
    clicks.on(page.locator(f"#{anchor}").get_by_role("link"))
    expect(page.get_by_text("Copied to clipboard")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}{TRACE}#{anchor}"
    heading = visit(copied, viewport={"width": 360, "height": 500}).locator(":target")
    expect(heading).to_have_id(anchor)
    expect(heading).to_be_in_viewport(ratio=1)
    assert clicks.number == 1


@pytest.mark.parametrize(("style", "number"), [("APA", 1), ("Chicago", 2), ("BibTeX", 2), ("RIS", 2)])
def test_a_citation_of_a_trace_is_copied_with_one_click_in_its_tab(
    visit: Callable[..., Page], at_root: str, clicks: Clicks, style: str, number: int
) -> None:
    page = visit(at_root + TRACE, permissions=["clipboard-read", "clipboard-write"])
    cite = page.locator("section.cite").filter(has=page.get_by_role("heading", name="Cite this trace"))
    tab = cite.get_by_text(style, exact=True)
    expect(tab).to_be_visible()
    if style != "APA":
        clicks.on(tab)
    clicks.on(cite.get_by_role("button", name="Copy to clipboard").filter(visible=True))
    expect(page.get_by_text("Copied to clipboard")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert TITLE in copied
    assert TRACE in copied
    assert copied.startswith("@misc{") is (style == "BibTeX")
    assert copied.startswith("TY  - DATA") is (style == "RIS")
    assert PUBLICATION.runners[0].name in copied
    assert clicks.number == number


@WITH_AND_WITHOUT_SCRIPTS
def test_a_study_is_cited_with_one_click_and_one_for_another_style(
    visit: Callable[..., Page], at_root: str, trace: dict[str, Any], clicks: Clicks, options: dict[str, Any]
) -> None:
    page = visit(at_root + TRACE, **options)
    study = trace["studies"][-1]
    card = page.locator("details.cite").nth(len(trace["studies"]) - 1)
    clicks.on(card.get_by_text(f"Cite study {len(trace['studies'])}, {study['ablated_part']}"))
    for style in ("APA", "MLA", "Chicago", "BibTeX", "RIS"):
        if style != "APA":
            clicks.on(card.get_by_text(style, exact=True))
        citation = card.locator("pre").filter(visible=True)
        expect(citation).to_have_count(1)
        expect(citation).to_contain_text(f"{TRACE}#{study['anchor']}")
    assert clicks.number == 5


def test_studies_are_cited_below_their_trace_and_folded(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(at_root + TRACE)
    (record,) = (record for record in site.records if record["url"] == TRACE)
    boxes = page.locator("article > :is(section, details).cite")
    expect(boxes).to_have_count(1 + len(record["studies"]))
    expect(boxes.first.get_by_role("heading")).to_have_text("Cite this trace")
    for box in boxes.all()[1:]:
        assert box.get_attribute("open") is None
        expect(box.locator("pre").first).to_be_hidden()


@WITH_AND_WITHOUT_SCRIPTS
def test_the_papers_limitations_stand_beside_the_plan(
    visit: Callable[..., Page], at_root: str, options: dict[str, Any]
) -> None:
    page = visit(at_root + TRACE, **options, viewport={"width": 1280, "height": 900})
    limitation = part(page, "context").get_by_text("Only stovetop kettles were recorded, no samovars.")
    expect(limitation).to_be_visible()
    side = "element => element.getBoundingClientRect().left"
    assert limitation.evaluate(side) > page.locator("#reasoning").evaluate(side) + 300


def test_the_seed_of_a_trace_is_one_click_away(
    browser: Browser, at_root: str, site: Site, trace: dict[str, Any], clicks: Clicks
) -> None:
    # A page of its own: this reader does leave for another host, which answers here.
    with browser.new_context() as context:
        context.route("**/edit/**", lambda route: route.fulfill(body="The repository's editor"))
        page = context.new_page()
        page.goto(at_root + TRACE)
        clicks.on(page.get_by_role("link", name="Edit the seed"))
        page.wait_for_url("**/edit/main/**")
        assert unquote(page.url).endswith(f"/edit/main/seeds/{trace['seed']}")
    assert (site.seeds / trace["seed"]).is_file()
    assert clicks.number == 1
