"""Reading the site in a real browser: without JavaScript, in both schemes, on a phone, with assistive technology."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from website.assistance import COLOURS, violations
from website.kinds import PAGES, PAPER, TRACE
from website.pages import Site
from website.parts import part

pytestmark = pytest.mark.browser


def background(page: Page) -> list[int]:
    """Red, green and blue of the page's ground."""
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return [int(part) for part in colour[colour.index("(") + 1 : -1].split(",")[:3]]


def displays(page: Page, elements: str) -> set[str]:
    """How these elements are laid out."""
    every = "elements => elements.map(element => getComputedStyle(element).display)"
    return set(page.locator(elements).evaluate_all(every))


def test_a_trace_is_readable_without_javascript(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    page = visit(at_root + TRACE, java_script_enabled=False)
    (record,) = (record for record in site.records if record["url"] == TRACE)
    expect(part(page, "reasoning")).to_contain_text("is never taken out")
    for study in record["studies"]:
        card = part(page, study["anchor"])
        for label in ("Ablated Part", "Action", "Metrics"):
            expect(card.get_by_text(label, exact=False).first).to_be_visible()
        expect(card.get_by_role("listitem").get_by_text(study["ablated_part"]).first).to_be_visible()
    page.get_by_role("article").get_by_role("link", name="The paper and all its plans").click()
    page.wait_for_url(f"{at_root}{PAPER}*")
    link = page.locator(f"a[href*='{record['studies'][0]['anchor']}']")
    page.locator("details").filter(has=link).locator("summary").click()
    link.click()
    expect(page.locator(":target")).to_be_in_viewport()


def test_every_page_can_be_reached_without_javascript(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root, java_script_enabled=False)
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Planners").click()
    page.wait_for_url(f"{at_root}planners/")
    for name, url in {
        "lm-planner": "planners/lm-planner/",
        "teapot-7b": "planners/lm-planner/teapot-7b/",
        "Kettle Nets: Hearing When Water Boils": TRACE,
    }.items():
        page.get_by_role("article").get_by_role("link", name=name, exact=True).first.click()
        page.wait_for_url(at_root + url)


def test_a_formula_is_copied_as_its_latex_and_makes_no_page_wider(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(
        at_root + TRACE, permissions=["clipboard-read", "clipboard-write"], viewport={"width": 390, "height": 740}
    )
    formula = part(page, "reasoning").locator("math").first
    formula.dblclick()
    # What copies formulas is loaded when something is selected.
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ControlOrMeta+c")
    latex = r"$\mathcal{L}_{boil} = \lambda x_i * y_i$"
    assert page.evaluate("navigator.clipboard.readText()") == latex
    formula.locator("xpath=ancestor::p").evaluate("paragraph => getSelection().selectAllChildren(paragraph)")
    page.keyboard.press("ControlOrMeta+c")
    assert f"loses {latex} and costs >80 W of H2O heating." in page.evaluate("navigator.clipboard.readText()")
    formula.evaluate("math => { for (let n = 0; n < 6; n++) math.innerHTML += math.innerHTML }")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_text_runs_as_its_own_script_does(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    hebrew = "\u05e9\u05dc\u05d5\u05dd"
    (record,) = (record for record in site.records if hebrew in record["reasoning"])
    page = visit(at_root + record["url"])
    # Whether a paragraph's full stop is left of its first letter.
    is_leftward = """paragraph => {
        const text = paragraph.firstChild;
        const [start, end] = [0, text.length - 1].map((at) => {
            const range = new Range();
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            return range.getBoundingClientRect().left;
        });
        return end < start;
    }"""
    assert page.locator(".reasoning p", has_text=hebrew).evaluate(is_leftward)
    assert not page.locator(".page > p").first.evaluate(is_leftward)


def test_the_reader_can_change_between_light_and_dark(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(at_root, color_scheme="light")
    assert min(background(page)) > 200
    page.get_by_title("Switch to light mode").click()
    assert min(background(page)) > 200
    page.get_by_title("Switch to dark mode").click()
    expect(page.get_by_title("Switch to the system's mode")).to_be_visible()
    assert max(background(page)) < 80
    page.goto(at_root + TRACE)
    assert max(background(page)) < 80, "the choice is forgotten on the next page"


def test_dark_is_shown_where_the_system_asks_for_it(visit: Callable[..., Page], at_root: str) -> None:
    assert max(background(visit(at_root + TRACE, color_scheme="dark"))) < 80


def test_a_link_to_a_study_shows_it(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    (record,) = (record for record in site.records if record["url"] == TRACE)
    page = visit(f"{at_root}{TRACE}#{record['studies'][-1]['anchor']}", viewport={"width": 360, "height": 400})
    heading = page.locator(":target")
    expect(heading).to_be_in_viewport(ratio=1)
    # Neither may a header that stays in place cover it.
    seen = "heading => { const box = heading.getBoundingClientRect(); return heading.contains(document.elementFromPoint"
    assert heading.evaluate(seen + "(box.left + 5, box.top + box.height / 2)) }")


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(visit: Callable[..., Page], at_root: str, kind: str) -> None:
    page = visit(at_root + PAGES[kind], viewport={"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page, ["scrollable-region-focusable"]) == {}
    # Cells tell their columns where no head does, and words in a sentence stay in their line.
    assert displays(page, "article table:has([data-label]) thead") <= {"none"}
    assert displays(page, ".page--text li em") <= {"inline"}


@pytest.mark.parametrize("kind", PAGES)
def test_axe_finds_no_violation(visit: Callable[..., Page], at_root: str, kind: str) -> None:
    page = visit(at_root + PAGES[kind], color_scheme="light")
    assert violations(page) == {}
    page.emulate_media(color_scheme="dark")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    in_the_dark = violations(page, COLOURS)
    page.emulate_media(color_scheme="light")
    assert in_the_dark == {}


def test_each_kind_of_page_is_among_those_tested(site: Site) -> None:
    def shape(url: str) -> tuple[str, int]:
        return url.partition("/")[0], url.count("/")

    tested = {url for kind, url in PAGES.items() if kind != "missing"}
    assert tested - set(site.documents) == set()
    assert {shape(url) for url in site.documents} - {shape(url) for url in tested} == {("404.html", 0)}
