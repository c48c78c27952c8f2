"""Finding a paper by what it is called."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from website.assistance import violations
from website.kinds import PAPER
from website.pages import Site
from website.searching import with_keys

pytestmark = pytest.mark.browser

KETTLE = "Kettle Nets: Hearing When Water Boils"
STEAM = "Painting Steam with Teacups"
BIRDS = "Schrödinger Bridges for Bird Migration Routes"
SOUND = "湯沸かし音の聴取"
OCTOPUS = "Can Octopuses Play Go? Measuring Planning in Cephalopods"
HANDWRITING = (
    "Towards Robust and Interpretable Few-Shot Classification of Historical Handwriting"
    " with Prototype Graphs and Ink-Aware Data Augmentation"
)


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Find a paper by title")


def found(page: Page) -> Locator:
    return page.get_by_role("list", name="Papers found").get_by_role("link")


def status(page: Page) -> Locator:
    return page.locator("#paper-finder").get_by_role("status")


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


# What is typed, and the paper that is meant; it is never that of the line before, which is still shown then.
MEANT = {
    "Painting Steam with Teacups": STEAM,
    "schrodinger birds": BIRDS,
    "paintnig staem": STEAM,
    "few shot": HANDWRITING,
    "teacups painting": STEAM,
    "沸かし": SOUND,
    "teacup": STEAM,
    "Schroedinger brigdes": BIRDS,
    "pain": STEAM,
    "fewshot handwritting": HANDWRITING,
    "the teacups of steam": STEAM,
    "kettle nets hearing": KETTLE,
    "聴取": SOUND,
    "kettlenet": KETTLE,
    "cephalopods planing": OCTOPUS,
    "kettle-net": KETTLE,
}


def test_the_paper_that_is_meant_stands_first(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}papers/")
    for typed, title in MEANT.items():
        field(page).fill(typed)
        expect(found(page).first, typed).to_have_text(title)


def test_a_paper_is_found_by_the_name_in_its_traces_headings(
    visit: Callable[..., Page], at_root: str, site: Site
) -> None:
    (paper,) = {record["paper"] for record in site.records if record["url"].endswith("/tideformer/")}
    page = visit(f"{at_root}papers/")
    for typed in ("tideformer", "TideFromer", "tide former", "tidef"):
        field(page).fill(typed)
        expect(found(page).first, typed).to_have_attribute("href", f"{at_root}papers/{paper}/")
        field(page).fill("")
        expect(found(page)).to_have_count(0)


def test_results_lead_to_their_papers_and_say_how_much_there_is(
    visit: Callable[..., Page], address: str, site: Site
) -> None:
    page = visit(f"{address}papers/")
    field(page).fill("ketle")
    expect(status(page)).to_have_text("1 paper")
    traces = [record for record in site.records if f"papers/{record['paper']}/" == PAPER]
    studies = sum(len(record["studies"]) for record in traces)
    entry = page.get_by_role("list", name="Papers found").get_by_role("listitem")
    expect(entry).to_contain_text(f"{len(traces)} traces · {studies} studies · AI summary")
    expect(entry).to_contain_text("KettleNet")
    found(page).click()
    page.wait_for_url(address + PAPER)
    page.go_back()
    expect(field(page)).to_have_value("ketle")
    expect(found(page)).to_have_text(KETTLE)


def test_every_paper_is_found_by_its_own_title_first(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(f"{at_root}papers/")
    for paper, title in sorted({record["paper"]: record["title"] for record in site.records}.items()):
        field(page).fill(title)
        expect(found(page).first).to_have_attribute("href", f"{at_root}papers/{paper}/")


def test_the_query_lives_in_the_address_and_the_list_gives_way_to_it(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}papers/")
    letters = page.get_by_role("heading", level=2, name="K")
    contents = page.get_by_role("navigation", name="Table of contents").get_by_role("link", name="K", exact=True)
    expect(letters).to_be_visible()
    expect(contents).to_be_visible()
    field(page).press_sequentially("painting staem")
    expect(found(page)).to_have_text(STEAM)
    expect(letters).to_be_hidden()
    expect(contents).to_be_hidden()
    assert query(page) == {"q": ["painting staem"]}

    shared = visit(page.url)
    expect(field(shared)).to_have_value("painting staem")
    expect(found(shared)).to_have_text(STEAM)
    field(shared).fill("")
    expect(found(shared)).to_have_count(0)
    expect(shared.get_by_role("heading", level=2, name="K")).to_be_visible()
    assert query(shared) == {}


def test_what_no_paper_is_called_can_be_searched_in_all_texts(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}papers/?q=samovars")
    expect(status(page)).to_have_text("No paper found.")
    expect(found(page)).to_have_count(0)
    page.get_by_role("button", name="Search all texts for “samovars”").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("searchbox")).to_have_value("samovars")
    expect(dialog.get_by_role("list", name="Search results").get_by_role("link", name=KETTLE)).to_be_visible()


def test_what_the_search_does_not_find_is_one_click_from_the_finder(visit: Callable[..., Page], address: str) -> None:
    page = visit(f"{address}about/")
    with_keys(page)
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("Paintnig Staem")
    dialog.get_by_role("link", name="Find a paper by title").click()
    page.wait_for_url(f"{address}papers/?q=*")
    expect(found(page)).to_have_text(STEAM)


def test_the_keyboard_is_enough(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}papers/")
    field(page).focus()
    page.keyboard.type("a")
    expect(found(page).nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(found(page).first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found(page).nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    target = found(page).first.get_attribute("href") or ""
    page.keyboard.press("Enter")
    expect(found(page).first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_hostile_names_are_text(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    (title,) = {record["title"] for record in site.records if "<script>" in record["title"]}
    page = visit(f"{at_root}papers/?q=hostile+titels")
    expect(found(page)).to_have_text(title)
    field(page).fill("<i>nosuchname")
    expect(status(page)).to_have_text("No paper found.")
    expect(page.get_by_role("button", name="Search all texts")).to_contain_text("<i>nosuchname")
    assert page.locator("#paper-finder").locator("script, i").count() == 0


def test_without_javascript_the_page_is_the_list_and_leaves_no_gap(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}papers/", java_script_enabled=False)
    expect(page.locator("#paper-finder")).to_have_count(0)
    expect(page.get_by_role("link", name=KETTLE)).to_be_visible()
    bottom = page.locator(".page > h1 + p").evaluate("element => element.getBoundingClientRect().bottom")
    letters = page.locator(".page > h1 + p + p").evaluate("element => element.getBoundingClientRect().top")
    assert letters - bottom < 40


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_field_comes(visit: Callable[..., Page], at_root: str, width: int) -> None:
    page = visit(f"{at_root}papers/", viewport={"width": width, "height": 740})
    expect(field(page)).to_be_visible()
    moved = """() => new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().flatMap((entry) => entry.sources)
            .map((source) => source.node?.parentElement)
            .filter((parent) => parent?.closest("article"))
            .map((parent) => parent.outerHTML.slice(0, 80))
        )).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve([]), 300);
    })"""
    assert page.evaluate(moved) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("typed", ["a", "nosuchpaper"])
def test_axe_finds_no_violation_while_finding(
    visit: Callable[..., Page], at_root: str, scheme: str, typed: str
) -> None:
    page = visit(f"{at_root}papers/?q={typed}", color_scheme=scheme, viewport={"width": 360, "height": 740})
    expect(status(page)).not_to_be_empty()
    assert violations(page) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize(
    ("index", "typed", "name"), [("metrics", "arival date", "Arrival date error"), ("parts", "wieghts", "Weights")]
)
def test_metrics_and_parts_are_found_by_any_spelling(
    visit: Callable[..., Page], address: str, index: str, typed: str, name: str
) -> None:
    page = visit(f"{address}{index}/")
    page.get_by_role("searchbox", name="typos forgiven").fill(typed)
    first = page.locator("#paper-finder").get_by_role("listitem").first
    expect(first).to_contain_text(name)
    expect(page.locator("article .page > ul").first).to_be_hidden()
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
