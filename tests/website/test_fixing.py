"""Readers who find a mistake reach a form that knows where they were; nothing of it needs JavaScript."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

import pytest
import yaml

from website.conftest import ROOT
from website.kinds import HOSTILE_TRACE, PAGES, PAPER, TRACE
from website.pages import Document, Site

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
TITLES = ("Fix this page", "Fix this study")
REPOSITORY = re.findall(r"^repo_url: (\S+)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)[0]
pytestmark = pytest.mark.skipif("github.com/" not in REPOSITORY, reason="the forms are GitHub's")


def form(path: Path) -> dict[str, Any]:
    """The fields of an issue form, by id."""
    body = yaml.safe_load(path.read_text("utf-8"))["body"]
    return {field["id"]: field for field in body if field["type"] != "markdown"}


def filled_in(page: Document, within: Element | None = None) -> dict[str, list[dict[str, str]]]:
    """What the links to the form fill in, by the words of the link."""
    found: dict[str, list[dict[str, str]]] = {title: [] for title in TITLES}
    for link in (page.root if within is None else within).iter("a"):
        if link.text in TITLES:
            query = parse_qs(urlsplit(link.attrib["href"]).query, strict_parsing=True)
            found[link.text].append({name: value for name, (value,) in query.items()})
    return found


def test_the_forms_link_is_the_repositorys(site: Site) -> None:
    links = [href for href in site.documents[TRACE].links() if "template=" in href]
    start = f"{REPOSITORY}/issues/new?"
    assert links
    assert [href for href in links if not href.startswith(start)] == []


@pytest.mark.parametrize("url", [TRACE, HOSTILE_TRACE, PAPER])
def test_links_name_fields_of_the_form_that_take_text(site: Site, url: str) -> None:
    found = filled_in(site.documents[url])
    for query in found["Fix this page"] + found["Fix this study"]:
        fields = form(FORMS / query.pop("template"))
        assert {"page"} <= query.keys() <= fields.keys()
        assert {fields[name]["type"] for name in query} <= {"input", "textarea"}


def test_every_trace_and_study_leads_to_the_form_with_its_address(site: Site) -> None:
    for record in site.records:
        page = site.documents[record["url"]]
        common = {"template": "fix.yml", "seed": record["seed"]}
        assert filled_in(page)["Fix this page"] == [common | {"page": record["url"]}]
        for number, study in enumerate(record["studies"], 1):
            address = f"{record['url']}#{study['anchor']}"
            assert filled_in(page, page.by_id(f"cite-{number}"))["Fix this study"] == [common | {"page": address}]


def test_every_paper_leads_to_the_form_with_its_address(site: Site) -> None:
    for paper in {record["paper"] for record in site.records}:
        url = f"papers/{paper}/"
        (query,) = filled_in(site.documents[url])["Fix this page"]
        assert query["page"] == url
        assert "seed" not in query or (site.seeds / query["seed"]).is_file()


def test_other_pages_are_not_made_from_one_seed(site: Site) -> None:
    for kind in ("home", "papers", "planner", "studies", "contributing"):
        assert filled_in(site.documents[PAGES[kind]]) == {title: [] for title in TITLES}


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.yml")), ids=lambda path: path.name)
def test_forms_ask_for_agreement_to_the_terms(site: Site, path: Path) -> None:
    (option,) = form(path)["licence"]["attributes"]["options"]
    assert option["required"] is True
    address, _, anchor = option["label"].rpartition("(")[2].rstrip(").").partition("#")
    assert (ROOT / address.removeprefix("../blob/HEAD/")).is_file()
    assert anchor in site.documents["contributing/"].ids
