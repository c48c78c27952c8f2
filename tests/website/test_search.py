"""Searching, as readers do it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from website.assistance import violations
from website.kinds import KINDS, PAPER, TRACE
from website.pages import Site
from website.parts import part
from website.searching import (
    all_results,
    results,
    summary,
    values,
    with_keys,
    with_the_button,
    with_the_field,
    with_the_slash,
)

pytestmark = pytest.mark.browser

TITLE = "Kettle Nets: Hearing When Water Boils"
STUDY = "rumble pre-emphasis filter"


@pytest.fixture(scope="module")
def study(site: Site) -> dict[str, Any]:
    """The study that is looked for."""
    (record,) = (record for record in site.records if record["url"] == TRACE)
    (found,) = (study for study in record["studies"] if STUDY in study["ablated_part"])
    return dict(found)


def expect_study(page: Page, address: str, study: dict[str, Any]) -> None:
    """The page is the study's trace, and the reader sees the study."""
    page.wait_for_url(f"{address}{TRACE}#*")
    expect(page.locator(":target")).to_be_in_viewport()
    expect(page.locator(":target")).to_have_id(study["anchor"])
    expect(part(page, study["anchor"])).to_contain_text(STUDY)


@pytest.mark.parametrize("begin", [with_keys, with_the_slash, with_the_button])
def test_a_study_is_found_by_its_ablated_part(
    visit: Callable[..., Page], address: str, study: dict[str, Any], begin: Callable[[Page], None]
) -> None:
    page = visit(address)
    results(page, STUDY, begin).first.get_by_role("link", name=study["name"]).click()
    expect_study(page, address, study)


@pytest.mark.parametrize("kind", KINDS)
def test_search_works_on_every_kind_of_page_and_breaks_no_policy(
    visit: Callable[..., Page], address: str, at_root: str, study: dict[str, Any], kind: str
) -> None:
    """`visit` fails on whatever the policy stops, on errors, and on requests to other hosts."""
    # A page that is shown at any address links from the root of the host that the site was made for.
    root = at_root if kind == "missing" else address
    page = visit(root + KINDS[kind])
    found = results(page, STUDY)
    values(page, "Model").filter(has_text="teapot-7b").click()
    page.keyboard.press("Escape")
    found.first.get_by_role("link", name=study["name"]).click()
    expect_study(page, root, study)


WORDS = (
    "湯沸かし",
    "聴取",
    "かし",
    "efficient",
    "C++",
    "C#",
    "F1",
    "Ostby",
    "creme",
    "pre-boil",
    "pre boil",
    "preboil",
)


def test_words_of_any_script_and_sign_are_found(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    for words in WORDS:
        expect(results(page, words).get_by_role("link", name="湯沸かし音の聴取").first).to_be_visible()
        page.keyboard.press("Escape")


# What is sought, and what is said of it.
SAID: dict[str, str | re.Pattern[str]] = {
    # A trace is found by other names of what it ablates, but not in quotes.
    "teacup temperature parameter": "1 result for teacup temperature parameter",
    '"temperature parameter"': 'No results for "temperature parameter"',
    # What stands nowhere is not passed off as found.
    "thermodynamics": "No results for thermodynamics",
    "hearing zzyzx": "No page has all of “hearing zzyzx”. 2 papers with a title like it",
    "ketle": re.compile("^No page has all of “ketle”. [0-9]+ results? for “kettle” instead$"),
    "steam prjor": re.compile("^No page has all of “steam prjor”. [0-9]+ results? for “steam prior” instead$"),
}


def test_it_is_said_what_was_found(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    with_keys(page)
    for words, said in SAID.items():
        page.get_by_role("dialog").get_by_role("searchbox").fill(words)
        expect(summary(page)).to_have_text(said)


def held_back(page: Page, files: str) -> list[Route]:
    """Keep files from a page; the answer fills with what it asks for, to be let through later."""
    held: list[Route] = []
    page.route(files, lambda route: held.append(route))  # noqa: PLW0108 -- Playwright takes no method of a list
    return held


@pytest.mark.parametrize("begin", [with_the_field, with_keys, with_the_slash, with_the_button])
def test_nothing_is_lost_that_is_typed_before_the_search_is_there(
    visit: Callable[..., Page], at_root: str, begin: Callable[[Page], None]
) -> None:
    page = visit(at_root)
    held = held_back(page, "**/pagefind-component-ui.js")
    with page.expect_request("**/pagefind-component-ui.js"):
        begin(page)
        page.keyboard.type("hearing when")
    expect(page.get_by_role("searchbox").and_(page.locator(":focus"))).to_have_value("hearing when")
    held[0].continue_()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type(" water")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_have_value("hearing when water")
    expect(summary(page)).to_contain_text("for hearing when water")


def test_the_results_are_those_of_the_last_words_however_late_the_index_comes(
    visit: Callable[..., Page], at_root: str
) -> None:
    page = visit(at_root)
    held = held_back(page, "**/*.pf_filter")
    with page.expect_request("**/*.pf_filter"):
        with_keys(page)
        page.keyboard.type("qu")
    # Time for a search of the first letters, should there be one already.
    page.wait_for_timeout(500)
    page.keyboard.type("ite " + TITLE)
    page.wait_for_timeout(500)
    for route in held:
        route.continue_()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("list", name="Search results").locator("> li")).to_have_count(1)


@pytest.mark.parametrize("url", ["about/", "studies/?action=REMOVE"])
def test_a_search_is_shared_reloaded_and_gone_back_to_by_its_address(
    visit: Callable[..., Page], address: str, url: str
) -> None:
    page = visit(address + url)
    results(page, "steam prior")
    values(page, "Model").filter(has_text="gpt-brew").click()
    page.keyboard.press("Escape")
    found = page.get_by_role("list", name="Search results").locator("> li")
    expect(found.first.get_by_role("link").first).to_contain_text("gpt-brew")
    said = summary(page).inner_text()
    shared = page.url
    assert "=steam+prior&only=model%3Agpt-brew" in shared

    def expect_search() -> None:
        expect(page.get_by_role("dialog").get_by_role("searchbox")).to_have_value("steam prior")
        expect(summary(page)).to_have_text(said)
        expect(found.first.get_by_role("link").first).to_contain_text("gpt-brew")

    page.goto(f"{address}papers/")
    page.goto(shared)
    expect_search()
    page.reload()
    expect_search()
    found.first.get_by_role("link").first.click()
    page.wait_for_url(f"{address}*/**/gpt-brew/**")
    page.go_back()
    expect_search()
    page.keyboard.press("Escape")
    page.wait_for_url(address + url)


# A section with its heading, where a word that is sought begins with a star.
READ = """async ([root, words]) => {
  const { readable } = await import(`${root}assets/search/excerpts.js`);
  const hits = words.flatMap((word, location) => word.startsWith("*") ? [{ location, balanced_score: 1 }] : []);
  const anchor = { element: "h2", id: "x", text: words[0], location: 0 };
  const page = { raw_content: words.map((word) => word.replace("*", "")).join(" "), anchors: [anchor] };
  return readable({ ...page, sub_results: [{ anchor, weighted_locations: hits }] }).sub_results[0].excerpt;
}"""


@pytest.mark.parametrize(
    ("words", "excerpt"),
    [
        (
            "Gate. Ablated Part: *gate of the oven. Replacement: 0.5. no gate. Metrics: FID. Heat.",
            "Ablated Part: <mark>gate</mark> of the oven. Replacement: 0.5, no gate. Metrics: FID, Heat.",
        ),
        (
            f"Reasoning. {'We bake bread. ' * 20}We fire *kilns (cf. Fig. 2). {'Nobody minds that at all. ' * 20}",
            f"We fire <mark>kilns</mark> (cf. Fig. 2). {'Nobody minds that at all. ' * 6}".strip(),
        ),
        (
            f"Reasoning. {'and so it goes on ' * 20}*kilns {'and on ' * 40}.",
            f"… it goes on and so it goes on <mark>kilns</mark> {'and on ' * 13}and …",
        ),
    ],
)
def test_excerpts_read_as_sentences(visit: Callable[..., Page], at_root: str, words: str, excerpt: str) -> None:
    assert visit(at_root).evaluate(READ, [at_root, words.split()]) == excerpt


def test_a_paper_is_found_by_its_title_and_other_names_whatever_the_typos(
    visit: Callable[..., Page], address: str
) -> None:
    page = visit(address)
    with_the_field(page)
    page.keyboard.type(TITLE)
    papers = page.get_by_role("list", name="Search results").get_by_role("link", name=TITLE, exact=True)
    expect(papers).to_have_count(1)
    others = ("hearing when water boils", "KettleNet", "ketle nest waterboils", "Ketle Nets: Hearnig When Water Boils")
    field = page.get_by_role("dialog").get_by_role("searchbox")
    for words in others:
        field.fill("")
        expect(papers).to_have_count(0)
        field.fill(words)
        expect(papers).to_have_count(1)
    papers.click()
    page.wait_for_url(address + PAPER)
    expect(page.get_by_role("heading", level=1)).to_contain_text(TITLE)


@pytest.mark.parametrize("words", ["steam prior", "steam prjor"])
def test_all_studies_of_what_is_found_are_one_click_away(visit: Callable[..., Page], address: str, words: str) -> None:
    page = visit(f"{address}about/")
    results(page, words)
    page.get_by_role("dialog").get_by_role("link", name="All studies of these words").click()
    page.wait_for_url(f"{address}studies/?q=steam+prior")


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
    for link in found.locator(".pf-result-title").get_by_role("link").all()[:3]:
        url = (link.get_attribute("href") or "").removeprefix("/")
        shown = link.inner_text().strip()
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
    model = page.get_by_role("combobox", name="Model")
    values(page, "Model").filter(has_text="gpt-brew").click()
    expect(found.first.get_by_role("link").first).to_contain_text("gpt-brew")
    expect(found.get_by_role("link", name="teapot-7b")).to_have_count(0)
    expect(page.get_by_role("option", selected=True)).to_contain_text("gpt-brew")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(model).to_be_focused()
    expect(model).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize("facet", ["Kind", "Model", "Planner", "Action", "Metric", "Task"])
def test_each_value_comes_with_the_number_of_pages_that_it_leaves(
    visit: Callable[..., Page], at_root: str, facet: str
) -> None:
    page = visit(at_root)
    results(page, "ablation")
    values(page, "Action").first.click()
    page.keyboard.press("Escape")
    value = values(page, facet).last
    number = re.findall(r"\d+", value.inner_text())[-1]
    if value.get_attribute("aria-selected") == "false":
        value.click()
    expect(summary(page)).to_have_text(re.compile(rf"^{number} results?\b"))


def test_values_are_sought_where_there_are_many(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    results(page, "ablation")
    assert values(page, "Metric").count() > 20
    page.keyboard.type("boil")
    active = page.get_by_role("combobox", name="Metric").get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_contain_text("Boiling time error")
    expect(page.locator(f"#{active}")).to_be_in_viewport()


def test_more_results_come_when_they_are_looked_for(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(at_root)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    results(page, "ablation")
    assert sum("/fragment/" in url for url in loaded) < 10
    every = all_results(page)
    addresses = [result.get_by_role("link").first.get_attribute("href") or "" for result in every.all()]
    assert len(set(addresses)) == len(addresses)
    assert {address.removeprefix("/") for address in addresses} <= set(site.indexed)


def test_where_very_many_pages_have_the_words_the_best_are_shown(visit: Callable[..., Page], at_root: str) -> None:
    """Nothing is drawn for the others, which in a large corpus are thousands."""
    page = visit(at_root)
    found = results(page, "ablation")
    number = int(re.findall(r"\d+", summary(page).inner_text())[0])
    assert number > 60
    expect(found).to_have_count(30)


def test_results_can_be_reached_with_the_keyboard_alone(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    links = results(page, "hearing when water boils").get_by_role("link")
    target = links.first.get_attribute("href") or ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**" + target)


def test_search_closes_with_escape(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    results(page, STUDY)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    with_keys(page)
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()
    # Whoever is fast opens it before the browser has told that it is closed.
    page.evaluate("""() => {
        document.querySelector("pagefind-modal dialog").close();
        document.dispatchEvent(new KeyboardEvent("keydown", {key: "k", ctrlKey: true, bubbles: true}));
    }""")
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_be_focused()


def test_search_closes_with_a_press_beside_it_or_on_its_button(visit: Callable[..., Page], at_root: str) -> None:
    # On a phone the dialog is the whole window, and has a button.
    page = visit(at_root, viewport={"width": 360, "height": 740})
    with_the_button(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    page.set_viewport_size({"width": 1280, "height": 740})
    with_keys(page)
    expect(dialog).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)


def test_words_are_cleared_with_a_button(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root)
    found = results(page, STUDY)
    page.get_by_role("dialog").get_by_role("button", name="Clear").click()
    expect(page.get_by_role("dialog").get_by_role("searchbox")).to_have_value("")
    expect(found).to_have_count(0)


def test_search_gives_way_to_a_part_of_the_page_beneath(
    visit: Callable[..., Page], at_root: str, study: dict[str, Any]
) -> None:
    page = visit(at_root + TRACE)
    results(page, STUDY).first.get_by_role("link", name=study["name"]).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect_study(page, at_root, study)


@pytest.mark.parametrize(("words", "said"), [("", "Finds words"), (STUDY, f"for {STUDY}"), ("ζ", "for ζ")])
def test_the_search_fits_a_phone(visit: Callable[..., Page], at_root: str, words: str, said: str) -> None:
    page = visit(at_root, viewport={"width": 360, "height": 640})
    with_the_button(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill(words)
    expect(summary(page)).to_contain_text(said)
    for element in (dialog, dialog.locator("pagefind-modal-body"), dialog.locator("pagefind-results")):
        assert element.evaluate("element => element.scrollWidth <= Math.min(element.clientWidth, 360)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_open_search(visit: Callable[..., Page], at_root: str, scheme: str) -> None:
    page = visit(at_root, color_scheme=scheme)
    results(page, STUDY)
    assert violations(page) == {}
    values(page, "Metric")
    assert violations(page) == {}
