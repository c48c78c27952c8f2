"""What Material gives to readers, on pages that stand in no navigation too, and to who configures it."""

import re
import shutil
from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import yaml
from playwright.sync_api import Page, expect

from website.commands import run
from website.conftest import copy_project
from website.kinds import HOSTILE_TRACE, PAGES, PAPER, TRACE
from website.pages import Document, Site, text_of

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 360, "height": 740}}
TITLE = "\"Bits\" & <script>alert('title')</script> {{ 7*7 }} it's *not* | `bold` </title>"
SECTIONS = {
    "": "Home",
    TRACE: "Papers",
    HOSTILE_TRACE: "Papers",
    PAPER: "Papers",
    "papers/": "Papers",
    "planners/lm-planner/": "Planners",
    "planners/lm-planner/teapot-7b/": "Planners",
    "studies/": "Studies",
    "data/": "Data",
    "security/": "About",
}
ABOVE = {
    PAPER: [("Home", ""), ("Papers", "papers/")],
    TRACE: [("Home", ""), ("Papers", "papers/"), ("Kettle Nets: Hearing When Water Boils", PAPER)],
    "planners/lm-planner/teapot-7b/": [
        ("Home", ""),
        ("Planners", "planners/"),
        ("lm-planner", "planners/lm-planner/"),
    ],
}


def with_class(page: Document, *names: str) -> list[Element]:
    """The elements that have all of these classes."""
    return [element for element in page.all() if set(names) <= set(element.get("class", "").split())]


def shown(element: Element) -> str:
    return " ".join(text_of(element).split())


def test_a_hostile_title_is_text_in_the_header_and_in_the_path(site: Site) -> None:
    page = site.documents[HOSTILE_TRACE]
    assert any(TITLE in shown(topic) for topic in with_class(page, "md-header__topic"))
    assert TITLE in [shown(step) for step in with_class(page, "md-path__link")]
    assert TITLE in page.title
    assert TITLE in page.meta("og:title")[0]
    assert TITLE in page.meta("description")[0]


@pytest.mark.parametrize("url", SECTIONS)
def test_the_tab_of_a_pages_section_is_active(site: Site, url: str) -> None:
    active = [shown(tab) for tab in with_class(site.documents[url], "md-tabs__item--active")]
    assert active == [SECTIONS[url]]


@pytest.mark.parametrize("url", ABOVE)
def test_the_path_leads_to_the_pages_above(site: Site, url: str) -> None:
    page = site.documents[url]
    steps = [(shown(step), page.leads_to(step.attrib["href"])[0]) for step in with_class(page, "md-path__link")]
    assert steps == ABOVE[url]


@pytest.mark.browser
@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"])
def test_the_footer_leads_to_the_other_plans_of_a_paper(
    visit: Callable[..., Page], address: str, site: Site, options: dict[str, Any]
) -> None:
    (paper,) = {record["paper"] for record in site.records if record["url"] == TRACE}
    plans = {record["url"] for record in site.records if record["paper"] == paper}
    page = visit(address + TRACE, **options)
    seen = {TRACE}
    while page.get_by_role("link", name="Previous:").count():
        page.get_by_role("link", name="Previous:").click()
        page.wait_for_url(f"{address}traces/**")
    seen.add(page.url.removeprefix(address))
    while page.get_by_role("link", name="Next:").count():
        before = page.url
        page.get_by_role("link", name="Next:").click()
        page.wait_for_function("before => location.href != before", arg=before)
        seen.add(page.url.removeprefix(address))
    assert seen == plans


def test_the_footer_leads_to_what_is_in_no_tab(site: Site) -> None:
    for page in site.documents.values():
        (footer,) = with_class(page, "md-copyright")
        ways = {page.leads_to(href)[0].lstrip("/") for href in page.links(footer)}
        assert {"about/", "changelog/", "data/", "licences/", "security/"} <= ways


@pytest.mark.browser
def test_the_header_stays_a_way_leads_back_to_the_top_and_links_of_headings_have_names(
    visit: Callable[..., Page], at_root: str
) -> None:
    page = visit(f"{at_root}contributing/", **PHONE)
    page.mouse.wheel(0, 2000)
    expect(page.get_by_role("button", name="Search")).to_be_in_viewport()
    page.mouse.wheel(0, -300)
    page.get_by_role("button", name="Back to top").click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    for heading in page.locator("article :is(h2, h3)").all():
        own = heading.evaluate("heading => heading.firstChild.textContent")
        expect(heading.locator(".headerlink")).to_have_accessible_name(re.compile(rf"^# {re.escape(own)}"))


def test_programs_are_told_of_the_pages_before_and_after(site: Site) -> None:
    told = 0
    for record in site.records:
        page = site.documents[record["url"]]
        footer = {page.leads_to(link.attrib["href"])[0] for link in with_class(page, "md-footer__link")}
        links = [link for link in page.all("link") if link.get("rel") in {"prev", "next"}]
        assert {page.leads_to(link.attrib["href"])[0] for link in links} == footer
        told += len(footer)
    assert told > 20


@pytest.mark.browser
@pytest.mark.parametrize("kind", ["paper", "data", "problems", "papers", "contributing"])
def test_contents_stand_beside_long_pages_on_wide_screens(visit: Callable[..., Page], at_root: str, kind: str) -> None:
    page = visit(at_root + PAGES[kind], **WIDE)
    contents = page.locator(".md-sidebar--secondary").get_by_role("navigation")
    expect(contents.first).to_be_visible()
    links = contents.get_by_role("link")
    assert links.count() > 2
    for link in links.all()[:5]:
        anchor = (link.get_attribute("href") or "").lstrip("#")
        expect(page.locator(f"[id='{anchor}']")).to_have_count(1)
    side = "element => element.getBoundingClientRect().left"
    assert contents.first.evaluate(side) > page.get_by_role("article").evaluate(side) + 300


def test_contents_have_more_than_one_entry_or_none(site: Site) -> None:
    entries = [
        len(list(one.iterfind(".//li")))
        for page in site.documents.values()
        for one in with_class(page, "md-sidebar--secondary")
    ]
    assert 1 not in entries
    assert 0 in entries
    assert max(entries) > 10


@pytest.mark.browser
def test_the_plan_stands_beside_the_reasoning_on_wide_screens_and_below_it_on_phones(
    visit: Callable[..., Page], at_root: str
) -> None:
    box = (
        "element => { const box = element.getBoundingClientRect(); return [box.left, box.top, box.right, box.bottom] }"
    )
    for options, is_wide in ((WIDE, True), (PHONE, False)):
        page = visit(at_root + TRACE, **options)
        reasoning = page.locator("section.reasoning").first.evaluate(box)
        plan = page.locator("section.plan").first.evaluate(box)
        assert (plan[0] >= reasoning[2]) is is_wide
        assert (plan[1] >= reasoning[3]) is not is_wide


@pytest.mark.browser
def test_plans_compared_are_a_table_and_on_a_phone_cards_that_name_the_models(
    visit: Callable[..., Page], at_root: str
) -> None:
    look = """cells => cells.map(cell => ({
        display: getComputedStyle(cell).display,
        label: getComputedStyle(cell, "::before").content,
        name: cell.dataset.label,
    }))"""
    page = visit(at_root + PAPER, **WIDE)
    assert {cell["display"] for cell in page.locator(".plans tbody td").evaluate_all(look)} == {"table-cell"}
    page = visit(at_root + PAPER, **PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    cells = page.locator(".plans tbody td:not(:empty)").evaluate_all(look)
    assert len(cells) >= 4
    for cell in cells:
        assert cell["display"] != "table-cell"
        assert cell["name"] in cell["label"] or "attr(data-label)" in cell["label"]


@pytest.mark.browser
def test_what_a_cell_tells_is_opened_by_key_and_by_tap_one_at_a_time_and_all_is_printed(
    visit: Callable[..., Page], at_root: str
) -> None:
    page = visit(at_root + PAPER, **WIDE, java_script_enabled=False)
    actions, told = page.locator(".plans summary"), page.locator(".plans details > a:first-of-type")
    expect(told.first).not_to_be_visible()
    actions.first.focus()
    expect(told.first).to_be_visible()
    actions.first.press("Enter")
    actions.nth(2).focus()
    expect(told.first).to_be_visible()
    page.emulate_media(media="print")
    assert all(link.is_visible() for link in told.all())
    marks = actions.evaluate_all("all => all.map(one => getComputedStyle(one, '::after').content)")
    assert "▾" not in "".join(marks)
    page = visit(at_root + PAPER, **PHONE)
    for at in (1, 0):
        page.locator(".plans summary").nth(at).click()
    assert page.locator(".plans details[open]").count() == 1


@pytest.mark.browser
def test_what_a_cell_tells_never_covers_the_cell(visit: Callable[..., Page], at_root: str, site: Site) -> None:
    ((widest, _),) = Counter(trace["paper"] for trace in site.records).most_common(1)
    page = visit(f"{at_root}papers/{widest}/", viewport={"width": 760, "height": 500})
    covered = """all => all.filter((summary) => {
        // In the corner where there is least room.
        summary.scrollIntoView({ block: "end", inline: "end" });
        summary.parentElement.open = true;
        const { left, top } = summary.getBoundingClientRect();
        return document.elementFromPoint(left + 9, top + 9) !== summary;
    }).map((summary) => summary.textContent)"""
    assert page.locator(".plans summary").evaluate_all(covered) == []


@pytest.mark.browser
def test_a_short_page_is_printed_on_one_sheet(visit: Callable[..., Page], at_root: str) -> None:
    assert len(re.findall(rb"/Type /Page\b", visit(at_root + PAGES["coverage"]).pdf())) > 1
    assert len(re.findall(rb"/Type /Page\b", visit(at_root + PAGES["missing"]).pdf())) == 1


CHANGED = {
    "palette": {"scheme": "slate", "primary": "teal", "accent": "lime"},
    "logo": "assets/trace-page.png",
    "font": {"text": "Roboto", "code": "Roboto Mono"},
}
SOCIAL = [{"icon": "fontawesome/brands/mastodon", "link": "https://example.org/@atlas", "name": "Atlas & friends"}]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site whose maintainer changed what Material's documentation says can be changed, in mkdocs.yml alone."""
    project = copy_project(tmp_path_factory.mktemp("changed"))
    shutil.rmtree(project / "seeds" / "corpus")
    text = (project / "mkdocs.yml").read_text("utf-8")
    before, theme, after = _parted(text, "theme:\n")
    lines = [line for line in theme.splitlines() if not line.startswith("  font:") and not line.startswith("  logo:")]
    kept = "\n".join(lines).partition("  # `custom` is")[0]
    added = yaml.safe_dump(CHANGED, sort_keys=False).replace("\n", "\n  ").rstrip()
    extra = yaml.safe_dump({"social": SOCIAL}, sort_keys=False).replace("\n", "\n  ").rstrip()
    text = f"{before}theme:\n{kept}  {added}\n\n{after}"
    (project / "mkdocs.yml").write_text(text.replace("extra:\n", f"extra:\n  {extra}\n"), "utf-8")
    done = run(project, "-m", "mkdocs", "build", "--strict")
    assert done.status == 0, done.output
    return Site(project / "site", project / "seeds")


def _parted(text: str, start: str) -> tuple[str, str, str]:
    """A text before a block of YAML, the block without its first line, and the text after."""
    before, _, rest = text.partition(start)
    block, _, after = rest.partition("\nextra_css")
    return before, block, f"extra_css{after}"


@pytest.mark.parametrize("url", ["", PAPER, TRACE, "404.html"])
def test_the_palette_the_logo_and_the_font_are_those_of_the_configuration(changed: Site, url: str) -> None:
    page = changed.documents[url]
    (body,) = page.all("body")
    named = {name: body.get(f"data-md-color-{name}") for name in ("scheme", "primary", "accent")}
    assert named == CHANGED["palette"]
    logos = [image for logo in with_class(page, "md-logo") for image in logo.iter("img")]
    assert {page.leads_to(image.attrib["src"])[0].lstrip("/") for image in logos} == {CHANGED["logo"]}
    fonts = [link.attrib["href"] for link in page.all("link") if "fonts.googleapis" in link.get("href", "")]
    assert any("family=Roboto:" in font and "Roboto+Mono" in font for font in fonts)


def test_the_policy_lets_a_font_in_that_the_configuration_names_and_no_script(changed: Site, site: Site) -> None:
    policies = {}
    for name, one in {"changed": changed, "site": site}.items():
        (meta,) = (meta for meta in one.documents[TRACE].all("meta") if "http-equiv" in meta.attrib)
        parts = [part.split() for part in meta.attrib["content"].split(";")]
        policies[name] = {part[0]: set(part[1:]) for part in parts}
    assert "https://fonts.gstatic.com" in policies["changed"]["font-src"]
    assert policies["site"]["font-src"] == {"'self'"}
    assert policies["changed"]["script-src"] == policies["site"]["script-src"]


def test_social_links_stand_in_the_footer(changed: Site) -> None:
    for url in ("", PAPER, TRACE):
        links = with_class(changed.documents[url], "md-social__link")
        assert [(link.get("href"), link.get("title")) for link in links] == [
            ("https://example.org/@atlas", "Atlas & friends")
        ]


def test_what_the_header_shows_is_one_palette_without_a_switch(changed: Site) -> None:
    assert [element.get("data-md-component") for element in changed.documents[""].all("form")] == []
