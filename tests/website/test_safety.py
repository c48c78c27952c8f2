"""Text of seeds stays text, wherever it is shown."""

import html
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from website.commands import run
from website.pages import Site, text_of

ACTIVE = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "meta",
    "link",
    "input",
    "button",
    "svg",
    "img",
}
TITLE = "\"Bits\" & <script>alert('title')</script> {{ 7*7 }} it's *not* | `bold` </title>"
DATA = "application/ld+json"
TRACE = "traces/lm-planner/gpt-brew/hostile-titles/"


def icons_of_buttons(article: Element) -> Iterator[Element]:
    """The drawing of the edit button, which stands before a page's text."""
    for button in article.findall("a[@class='md-content__button md-icon']"):
        yield from (drawn for drawn in button if str(drawn.tag).endswith("}svg"))


def tabs_of_citations(article: Element) -> Iterator[Element]:
    """Material's content tabs, which work without scripts; citations stand below a page's text."""
    for citation in (*article.findall("section[@class='cite']"), *article.findall("details[@class='cite']")):
        for tab in citation.iter("input"):
            assert set(tab.attrib) <= {"type", "id", "name", "checked"}
            assert tab.get("type") == "radio"
            yield tab


def bars_of_shares(article: Element) -> Iterator[Element]:
    """The bars below the shares of a profile, which are rectangles and nothing else."""
    for cell in article.iter("td"):
        for bar in (drawn for drawn in cell if str(drawn.tag).endswith("svg") and drawn.get("class") == "share"):
            assert [str(drawn.tag).rpartition("}")[2] for drawn in bar.iter()] == ["svg", "rect"]
            yield bar


def boxes_of_tasks(article: Element) -> Iterator[Element]:
    """The boxes of tasks, which nobody can tick."""
    for item in article.iter("li"):
        yield from (box for box in item if box.get("type") == "checkbox" and "disabled" in box.attrib)


def test_articles_hold_no_active_content(site: Site) -> None:
    active = []
    for page in site.documents.values():
        by_the_theme = {*icons_of_buttons(page.article), *tabs_of_citations(page.article)}
        by_the_theme |= {*bars_of_shares(page.article), *boxes_of_tasks(page.article)}
        for element in page.article.iter():
            tag = str(element.tag).rpartition("}")[2]
            attributes = [name for name in element.attrib if str(name).startswith("on") or name in {"style", "srcdoc"}]
            schemes = [
                value
                for value in element.attrib.values()
                if re.match(r"\s*(javascript|data|vbscript):", value, re.IGNORECASE)
            ]
            if (tag in ACTIVE and element not in by_the_theme) or attributes or schemes:
                active.append((page.url, tag, attributes, schemes))
    assert active == []


def test_ids_are_unique_and_leave_the_theme_its_own(site: Site) -> None:
    for page in site.documents.values():
        assert [name for name, times in Counter(page.ids).items() if times > 1] == [], page.url
        tabs = {*tabs_of_citations(page.article)}
        inside = [element.get("id", "") for element in page.article.iter() if element not in tabs]
        assert [name for name in inside if name.startswith("__")] == [], page.url


def test_a_title_makes_no_id(site: Site) -> None:
    for record in site.records:
        for url in (record["url"], f"papers/{record['paper']}/"):
            (heading,) = site.documents[url].all("h1")
            assert heading.get("id") == "title"


def test_a_built_page_that_holds_a_script_is_not_published(site: Site, project: Path, tmp_path: Path) -> None:
    (record,) = (record for record in site.records if record["url"] == TRACE)
    copy = tmp_path / "site"
    shutil.copytree(site.folder, copy, ignore=shutil.ignore_patterns("pagefind"))
    page = copy / TRACE / "index.html"
    head, begins, reasoning = page.read_text("utf-8").partition('id="reasoning"')
    script = "<script>alert(1)</script>"
    assert html.escape(script) in reasoning
    page.write_text(head + begins + reasoning.replace(html.escape(script), script), "utf-8")
    done = run(project, "-m", "generator", "finish", str(copy))
    assert done.status == 1
    assert str(page) in done.output
    place = "div.page.page--trace section.level2.reasoning"
    assert f"<script> in {place}, where it may not stand; its seed is {record['seed']}" in done.output
    assert not (copy / "pagefind").exists()


def test_a_hostile_title_is_whole_in_what_is_said_of_the_page(site: Site) -> None:
    """It cannot end the element: no sign of markup stands in it as itself."""
    (record,) = (record for record in site.records if record["url"] == TRACE)
    for url in (TRACE, f"papers/{record['paper']}/"):
        page = site.documents[url]
        work, _ = page.linked_data
        assert work["about"]["name"] == TITLE
        (script,) = (script for script in page.all("script") if script.get("type") == DATA)
        assert not set("<>&") & set(script.text or "")


def test_a_hostile_title_is_text_wherever_it_stands(site: Site) -> None:
    (record,) = (record for record in site.records if record["url"] == TRACE)
    assert record["title"] == TITLE
    paper = f"papers/{record['paper']}/"
    for url in (TRACE, paper):
        page = site.documents[url]
        assert page.heading == TITLE
        assert page.title.startswith(TITLE)
        assert TITLE in page.meta("description")[0]
        assert all(TITLE in content for content in page.meta("og:title") + page.meta("twitter:title"))
    for url, target in (("papers/", paper), ("planners/lm-planner/gpt-brew/", TRACE)):
        page = site.documents[url]
        (link,) = (link for link in page.article.iter("a") if page.leads_to(link.get("href", ""))[0] == target)
        assert text_of(link) == TITLE
