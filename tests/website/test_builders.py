"""The Markdown outlives its builder: ProperDocs and Zensical make the same pages of it as MkDocs.

Zensical runs no hooks, so the pages are written beforehand, and indexed for the search afterwards. What differs then is
listed in docs/after-mkdocs.md, and here.
"""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from playwright.sync_api import Page, expect

from website.commands import run
from website.kinds import TRACE
from website.pages import Document, Site
from website.searching import results
from website.serving import serve

pytestmark = pytest.mark.builders

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-builders" / "bin" / "python"
COMMANDS = {
    "properdocs": ["-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
    "zensical": ["-m", "zensical", "build", "--strict"],
}


@pytest.fixture(scope="module", params=COMMANDS)
def other(request: pytest.FixtureRequest, site: Site, project: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site as another builder makes it of the same project, with its search."""
    if not PYTHON.is_file():
        missing = "the other builders are not installed: run `make test-builders`"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
    folder = tmp_path_factory.mktemp(request.param) / "project"
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.rmtree(folder / "site")
    for python, arguments in (
        (sys.executable, ["-m", "generator", "pages"]),
        (str(PYTHON), COMMANDS[request.param]),
        (sys.executable, ["-m", "generator", "finish", "site"]),
    ):
        done = run(folder, *arguments, python=python)
        assert done.status == 0, done.output
    return Site(folder / "site", site.seeds)


def structure(page: Document, element: Element) -> list[Any]:
    """Elements, attributes and text, without what builders may do each in their own way.

    White space between words counts as one space. Links are compared by where they lead, as one writes
    `../x/` where the other writes `../../papers/x/`. Of preformatted text only the text counts: Zensical colours it.
    """
    if element.tag == "div" and element.get("class") == "highlight":
        (element,) = element
    if element.tag == "pre":
        return ["pre", "".join(element.itertext()).strip("\n")]
    attributes = {
        **element.attrib,
        **({"href": page.resolved(element.attrib["href"])} if "href" in element.attrib else {}),
    }
    found: list[Any] = [element.tag, attributes, *(element.text or "").split()]
    for child in element:
        found.append(structure(page, child))
        found += (child.tail or "").split()
    return found


def test_other_builders_make_the_same_pages(site: Site, other: Site) -> None:
    assert sorted(other.documents) == sorted(site.documents)


def text(page: Document) -> Element:
    """What an article holds of a page's Markdown."""
    (found,) = (part for part in page.article if part.get("class", "").startswith("page "))
    return found


def has_citations(other: Site) -> bool:
    return "cite" in other.documents[TRACE].ids


def test_other_builders_make_the_same_of_the_markdown(site: Site, other: Site) -> None:
    for url, page in site.documents.items():
        twin = other.documents[url]
        assert structure(twin, text(twin)) == structure(page, text(page)), url


def test_builders_that_run_hooks_make_the_same_articles(site: Site, other: Site) -> None:
    """The others make no citations, and leave out nothing else."""
    for url, page in site.documents.items():
        twin = other.documents[url]
        if has_citations(other):
            assert structure(twin, twin.article) == structure(page, page.article), url
        else:
            assert {"Fix this page", "Fix this study"} & words(page.article) == words(twin.article) & {
                "Fix this page",
                "Fix this study",
            }, url


def words(article: Element) -> set[str]:
    return {"".join(link.itertext()) for link in article.iter("a")}


def test_other_builders_name_pages_alike(site: Site, other: Site) -> None:
    for url, page in site.documents.items():
        twin = other.documents[url]
        assert (twin.title, twin.meta("description")) == (page.title, page.meta("description"))


def test_other_builders_pages_have_twins(other: Site) -> None:
    twins = [path for path in other.folder.rglob("*.md") if path.name != "README.md"]
    assert len(twins) == len(other.documents) - 1
    for record in other.records:
        assert (other.folder / record["url"] / "index.json").is_file()


def test_other_builders_tell_programs_the_same(site: Site, other: Site) -> None:
    def told(page: Document) -> list[Any]:
        previews = [page.meta(f"og:{name}") for name in ("title", "description", "type", "url", "site_name")]
        return [page.canonical, previews, page.linked_data]

    for url, page in site.documents.items():
        assert told(other.documents[url]) == told(page), url


def test_other_builders_offer_the_same_ways(site: Site, other: Site) -> None:
    def ways(page: Document) -> set[str]:
        return {page.leads_to(href)[0] for href in page.links()} - {page.url}

    for url, page in site.documents.items():
        assert ways(other.documents[url]) == ways(page), url


def test_other_builders_pages_are_found_alike(site: Site, other: Site) -> None:
    assert sorted(other.indexed) == sorted(site.indexed)
    assert (other.folder / "data" / "traces.jsonl").read_bytes() == (site.folder / "data" / "traces.jsonl").read_bytes()


@pytest.mark.browser
def test_other_builders_pages_work_in_a_browser(visit: Callable[..., Page], other: Site) -> None:
    with serve(other.folder, "/atlas/") as address:
        page = visit(address)
        results(page, "rumble pre-emphasis filter").first.get_by_role("link", name="Rumble Filter").click()
        page.wait_for_url(f"{address}{TRACE}#*")
        expect(page.locator(":target")).to_be_in_viewport()
