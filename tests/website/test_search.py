"""Searching, as readers do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from website.assistance import violations
from website.kinds import KINDS, PAPER, TRACE
from website.searching import results, values, with_keys, with_the_button

if TYPE_CHECKING:
    from collections.abc import Callable

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


def test_results_can_be_reached_with_the_keyboard_alone(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    link = results(page, "hearing when water boils").first.get_by_role("link").first
    target = link.get_attribute("href") or ""
    page.keyboard.press("ArrowDown")
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + target)


def test_search_closes_with_escape(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    results(page, STUDY)
    dialog = page.get_by_role("dialog")
    # The first press clears the words, the second closes.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_search(visit: Callable[..., Page], at_root: str, scheme: str) -> None:
    page = visit(at_root, color_scheme=scheme)
    results(page, STUDY)
    assert violations(page) == {}
