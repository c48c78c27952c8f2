"""Searching, as readers do it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, Route, expect

from website.assistance import violations
from website.kinds import KINDS, PAPER, TRACE
from website.searching import all_results, results, values, with_keys, with_the_button

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from website.pages import Site

pytestmark = pytest.mark.browser

STUDY = "rumble pre-emphasis filter"


@pytest.fixture(params=["at_root", "at_subpath"])
def address(request: pytest.FixtureRequest) -> str:
    """The site, wherever it is served."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def study(site: Site) -> dict[str, Any]:
    """The study that is looked for."""
    (record,) = (record for record in site.records if record["url"] == TRACE)
    (found,) = (study for study in record["studies"] if STUDY in study["ablated_part"])
    return dict(found)


def expect_study(page: Page, address: str, study: dict[str, Any]) -> None:
    """The page is the study's trace, and the reader sees the study."""
    page.wait_for_url(f"{address}{TRACE}#*")
    target = page.locator(":target")
    expect(target).to_be_in_viewport()
    expect(page.locator(f"#{study['anchor']}").filter(has=target).or_(target).first).to_contain_text(STUDY)


@pytest.mark.parametrize("begin", [with_keys, with_the_button])
def test_a_study_is_found_by_its_ablated_part(
    visit: Callable[..., Page], address: str, study: dict[str, Any], begin: Callable[[Page], None]
) -> None:
    page = visit(address)
    results(page, STUDY, begin).first.get_by_role("link", name=study["name"]).click()
    expect_study(page, address, study)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "home"])
def test_search_works_on_every_kind_of_page(
    visit: Callable[..., Page], at_root: str, study: dict[str, Any], kind: str
) -> None:
    page = visit(at_root + KINDS[kind])
    results(page, STUDY).first.get_by_role("link", name=study["name"]).click()
    expect_study(page, at_root, study)


@pytest.mark.parametrize("words", ["Kettle Nets: Hearing When Water Boils", "hearing when water boils", "KettleNet"])
def test_a_paper_is_found_by_its_title_and_other_names(visit: Callable[..., Page], address: str, words: str) -> None:
    page = visit(address)
    results(page, words).get_by_role("link", name="Kettle Nets: Hearing When Water Boils", exact=True).click()
    page.wait_for_url(address + PAPER)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kettle Nets: Hearing When Water Boils")


def test_a_part_of_a_summary_is_found_by_its_words(visit: Callable[..., Page], address: str) -> None:
    page = visit(address + "about/")
    results(page, "samovars").first.get_by_role("link", name="Limitations").click()
    page.wait_for_url(f"{address}{PAPER}#*")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_contain_text("Limitations")
    expect(page.get_by_text("no samovars")).to_be_in_viewport()


def test_results_carry_the_titles_of_their_pages(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(at_root)
    found = results(page, "ablation")
    expect(found.nth(2)).to_be_visible()
    for link in found.locator("> :first-child").get_by_role("link").all()[:3]:
        url = (link.get_attribute("href") or "").removeprefix("/")
        shown = link.inner_text()
        assert shown
        assert site.documents[url].title.startswith(shown)
        assert site.documents[url].heading in shown


def test_a_hostile_title_is_text_among_the_results(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(at_root)
    (title,) = {record["title"] for record in site.records if "<script>" in record["title"]}
    expect(results(page, "Bits alert title").first.get_by_role("link").first).to_contain_text(title)


def test_results_can_be_narrowed_to_a_model(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    found = results(page, "steam prior")
    values(page, "Model").and_(page.get_by_label("gpt-brew")).check()
    expect(found.first.get_by_role("link").first).to_contain_text("gpt-brew")
    expect(found.get_by_role("link", name="teapot-7b")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name="Model")).to_be_hidden()
    expect(page.get_by_role("dialog").get_by_text("Model: gpt-brew")).to_be_focused()


def test_each_value_comes_with_the_number_of_pages_that_it_leaves(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    results(page, "ablation")
    values(page, "Task").first.check()
    label = values(page, "Model").first.locator("..")
    number = re.findall(r"\d+", label.inner_text())[-1]
    label.click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(re.compile(rf"{number} pages?"))


def test_values_are_sought_where_there_are_many(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    results(page, "ablation")
    boxes = values(page, "Metric")
    page.get_by_role("searchbox", name="Find in metric").fill("boil")
    expect(boxes).not_to_have_count(0)
    for label in page.get_by_role("group", name="Metric").locator("label").all():
        expect(label).to_contain_text(re.compile("boil", re.IGNORECASE))


def test_values_are_loaded_when_they_are_looked_at(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    filters: set[str] = set()
    page.on("request", lambda request: filters.update(re.findall("/filter/.*", request.url)))
    results(page, "ablation")
    # The one that says which pages stand for all.
    assert len(filters) == 1
    values(page, "Metric")
    assert len(filters) == 2


def test_more_results_come_when_they_are_asked_for(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(at_root)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    found = results(page, "ablation")
    shown = found.count()
    assert sum("/fragment/" in url for url in loaded) == shown < 10
    page.get_by_role("button", name="More results").click()
    expect(found.nth(shown).get_by_role("link").first).to_be_focused()
    every = all_results(page)
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text(f"{every.count()} pages")
    addresses = [result.get_by_role("link").first.get_attribute("href") or "" for result in every.all()]
    assert len(set(addresses)) == len(addresses)
    assert {address.removeprefix("/") for address in addresses} <= set(site.indexed)


def test_where_very_many_pages_have_the_words_some_are_compared(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    page.route("**/search-worker.js", compare_at_most(3))
    found = results(page, "ablation")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("too many to compare")
    # So small a site is in the sample whole.
    expect(found.nth(4)).to_be_visible()
    expect(values(page, "Kind").first).to_be_visible()


def compare_at_most(number: int) -> Callable[[Route], None]:
    """A browser's script that has no time for more pages."""

    def answer(route: Route) -> None:
        body, times = re.subn(r"(?<=MOST = )\d+", str(number), route.fetch().text())
        assert times == 1
        route.fulfill(body=body, content_type="text/javascript")

    return answer


def test_results_can_be_reached_with_the_keyboard_alone(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    links = results(page, "hearing when water boils").get_by_role("link")
    target = links.first.get_attribute("href") or ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Enter")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + target)


def test_search_closes_with_escape(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    found = results(page, STUDY)
    dialog = page.get_by_role("dialog")
    # The first press clears the words, the second closes.
    page.keyboard.press("Escape")
    expect(dialog.get_by_role("searchbox")).to_have_value("")
    expect(found).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_search_closes_with_a_press_beside_it_or_on_its_button(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    with_keys(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()
    with_keys(page)
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_be_hidden()


def test_search_gives_way_to_a_part_of_the_page_beneath(
    visit: Callable[..., Page], at_root: str, study: dict[str, Any]
) -> None:
    page = visit(at_root + TRACE)
    results(page, STUDY).first.get_by_role("link", name=study["name"]).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect_study(page, at_root, study)


@pytest.mark.parametrize("words", ["", STUDY, "nosuchword"])
def test_the_search_fits_a_phone(visit: Callable[..., Page], at_root: str, words: str) -> None:
    page = visit(at_root, viewport={"width": 360, "height": 640})
    with_keys(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(words)
    expect(dialog.get_by_role("status")).to_have_text(re.compile("Every|page|No results"))
    for element in (dialog, dialog.locator(".search-found")):
        assert element.evaluate("element => element.scrollWidth <= Math.min(element.clientWidth, 360)")


def test_the_index_is_that_of_the_whole_pages(site: Site, tmp_path: Path) -> None:
    """What is left out of the pages before Pagefind reads them, it would not have read."""
    options = ["--exclude-selectors", ".headerlink,span.latex", "--force-language", "en", "--quiet"]
    command = [sys.executable, "-m", "pagefind", "--site", str(site.folder), "--output-path", str(tmp_path), *options]
    subprocess.run(command, check=True)
    assert pages_of(site.folder / "pagefind") == pages_of(tmp_path)
    assert words_of(site.folder / "pagefind") == words_of(tmp_path)


def words_of(index: Path) -> set[bytes]:
    return {path.read_bytes() for path in (index / "index").iterdir()}


def pages_of(index: Path) -> dict[str, Any]:
    """What Pagefind knows of each page, but for whether it stands for others."""
    found = {}
    for path in (index / "fragment").iterdir():
        data = gzip.decompress(path.read_bytes())
        page = json.loads(data[data.index(b"{") :])
        page["filters"].pop("sample", None)
        found[page["url"]] = page
    return found


def test_of_the_index_only_what_is_loaded_is_published(site: Site) -> None:
    names = {path.name for path in (site.folder / "pagefind").iterdir()}
    assert {re.sub(r"en_\w+", "NAME", name) for name in names} == {
        "filter", "fragment", "index", "pagefind.js", "pagefind-entry.json", "pagefind.NAME.pf_meta", "wasm.en.pagefind"
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_search(visit: Callable[..., Page], at_root: str, scheme: str) -> None:
    page = visit(at_root, color_scheme=scheme)
    results(page, STUDY)
    assert violations(page) == {}
    values(page, "Metric")
    assert violations(page) == {}
