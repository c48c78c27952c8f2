"""A site in another language says nothing in English, but for what others wrote, and tells which words are theirs."""

import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page, expect

from website.assistance import violations
from website.commands import run
from website.conftest import ROOT, copy_project
from website.pages import INLINE, Site, text_of
from website.serving import serve

pytestmark = pytest.mark.slow
CATALOGUE = ROOT / "generator" / "locale" / "de" / "LC_MESSAGES" / "messages.po"
# Sentences of fewer words may be somebody's own; the second number is for those with values between them.
WORDS = (2, 3)
SILENT = {"code", "pre", "script", "style", "math"}
SHOWN = ("aria-label", "title", "placeholder", "alt", "data-label")


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A small site in German of traces in English."""
    folder = copy_project(tmp_path_factory.mktemp("german") / "project")
    shutil.rmtree(folder / "seeds" / "corpus")
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("\n  language: en\n", "\n  language: de\n"), "utf-8")
    done = run(folder, "-m", "generator", "build")
    assert done.status == 0, done.output
    return Site(folder / "site", folder / "seeds")


def english() -> re.Pattern[str]:
    """What the site would say in English, of what it says otherwise in German."""
    sentences = set[str]()
    for message in read_po(BytesIO(CATALOGUE.read_bytes()), locale="de"):
        ids = message.id if isinstance(message.id, tuple) else [str(message.id)]
        sentences |= {one for one in ids if one and one != message.string}
    parts = (re.split(r"%\(\w+\)s", one.replace("%%", "%")) for one in sentences)
    told = (one for one in parts if len(re.findall("[a-z]{2,}", " ".join(one))) >= WORDS[len(one) > 1])
    return re.compile("|".join(".+".join(map(re.escape, one)) for one in told))


def said(element: Element) -> Iterator[str]:
    """What an element and those in it say, but what is code or marked as English."""
    if not isinstance(element.tag, str) or element.tag in SILENT or element.get("lang") == "en":
        return
    yield from (element.get(name, "") for name in SHOWN)
    yield element.text or ""
    if all(one.tag in INLINE - SILENT for one in element.iter() if one is not element):
        yield text_of(element)
    for child in element:
        yield from said(child)
        yield child.tail or ""


def test_nothing_is_said_in_english(german: Site) -> None:
    pattern = english()
    pages = [page for page in german.documents.values() if page.root.find(".//h1[@id='title']") is not None]
    assert len(pages) > 20
    found = {
        (text, page.url)
        for page in pages
        for text in (" ".join(one.split()) for one in said(page.root))
        if pattern.fullmatch(text)
    }
    assert sorted(found) == []
    headings = {text_of(heading).strip(" #") for page in pages for heading in page.all("h2", "th")}
    assert headings & {"Reasoning", "Papers", "Model", "Files", "Traces"} == set()


def test_menus_switches_and_the_table_of_what_is_in_english_are_said_too(german: Site) -> None:
    page = german.documents["agreement/"]
    menus = {text_of(link).strip() for nav in page.all("nav") for link in nav.iter("a")}
    assert {"Start", "Über", "Ähnliche Vorschläge", "Lizenzen"} <= menus
    assert {"Zur hellen Ansicht", "Zur dunklen Ansicht"} <= {one.get("title") for one in page.all("label")}
    facets = [one for page in german.documents.values() for one in page.all("meta") if one.get("data-pagefind-filter")]
    words = {
        one.get("content") for one in facets if one.get("data-pagefind-filter") in ("kind[content]", "task[content]")
    }
    # These two kinds are not searched.
    assert words - {"home", "index"} == {"Arbeit", "Spur", "Planer", "Modell", "Autor", "Gutachter"}
    # Pages that are the same in all projects are in English, and say so; so are what the check says, and why.
    (text,) = (one for one in page.all("div") if "page" in one.get("class", "").split())
    assert text.get("lang") == "en"
    problems = german.documents["problems/"]
    assert {section.get("lang") for section in problems.part("codes").iter("section")} - {None} == {"en"}
    assert problems.part("codes")[0].get("lang") is None


def test_pages_and_what_others_wrote_name_their_languages(german: Site) -> None:
    assert {page.root.get("lang") for page in german.documents.values()} == {"de"}
    for record in german.records:
        page = german.documents[record["url"]]
        reasoning = page.part("reasoning")
        assert {one.get("lang") for one in reasoning if one.tag == "p"} == {"en"}
        assert reasoning[0].get("lang") is None
        (study, *_) = (one for one in page.part("plan") if one.tag == "section")
        assert study[0].get("lang") == "en"
        assert [(one.get("lang"), one.text) for one in study.iter("strong")][:2] == [
            ("de", "Ablatierter Teil"),
            ("de", "Aktion"),
        ]


@pytest.mark.browser
def test_scripts_speak_the_language_and_stand_in_no_ones_way(german: Site, visit: Callable[..., Page]) -> None:
    with serve(german.folder, "/") as address:
        for place, role, name in (
            ("studies/", "button", "CSV herunterladen"),
            ("papers/", "searchbox", "Eine Arbeit nach dem Titel finden"),
            (german.records[0]["url"], "button", "Suchen"),
        ):
            page = visit(address + place)
            expect(page.get_by_role(role, name=name).first).to_be_visible()  # type: ignore[arg-type]
            assert violations(page) == {}
