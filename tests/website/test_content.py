"""Everything the seeds say is published, where and as the data file says."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from typing import Any
from urllib.parse import unquote

import pytest

from website.kinds import NAME
from website.pages import Document, Site, text_of
from website.raw import RawTrace, prose_words, summaries, traces, words


@pytest.fixture(scope="module")
def raw(site: Site) -> dict[str, RawTrace]:
    return traces(site.seeds)


@pytest.fixture(scope="module")
def pairs(site: Site, raw: dict[str, RawTrace]) -> list[tuple[dict[str, Any], RawTrace, Document]]:
    """Every trace as a record, as its seed, and as its page."""
    return [(record, raw[record["seed"]], site.documents[record["url"]]) for record in site.records]


def first_missing(wanted: list[str], shown: list[str]) -> str | None:
    """The first word of `wanted` that does not follow in `shown` where the word before it was found."""
    rest = iter(shown)
    return next((word for word in wanted if word not in rest), None)


def test_every_trace_seed_is_published_once(site: Site, raw: dict[str, RawTrace]) -> None:
    assert Counter(record["seed"] for record in site.records) == Counter(raw.keys())
    assert len({record["url"] for record in site.records}) == len(raw)
    assert len({record["id"] for record in site.records}) == len(raw)


def test_records_say_whose_trace_it_is(pairs: list[tuple[dict[str, Any], RawTrace, Document]]) -> None:
    for record, seed, _ in pairs:
        assert (record["planner"], record["model"], record["task"]) == (seed.planner, seed.model, seed.task)
        assert len(record["studies"]) == len(seed.studies)


def test_pages_hold_every_word_of_the_reasoning(pairs: list[tuple[dict[str, Any], RawTrace, Document]]) -> None:
    for record, seed, page in pairs:
        shown = words(text_of(page.part("reasoning")))
        assert first_missing(prose_words(seed.reasoning), shown) is None, record["seed"]


def test_pages_hold_every_word_of_each_study(pairs: list[tuple[dict[str, Any], RawTrace, Document]]) -> None:
    for record, seed, page in pairs:
        for study, block in zip(record["studies"], seed.studies, strict=True):
            shown = Counter(words(text_of(page.part(study["anchor"]))))
            assert not Counter(words(block)) - shown, (record["seed"], study["name"])


def test_studies_stand_in_the_plan_in_order(pairs: list[tuple[dict[str, Any], RawTrace, Document]]) -> None:
    for record, _, page in pairs:
        anchors = [study["anchor"] for study in record["studies"]]
        inside = [element.get("id") for element in page.part("plan").iter()]
        assert [anchor for anchor in inside if anchor in anchors] == anchors


def test_traces_link_their_paper_planner_and_model(pairs: list[tuple[dict[str, Any], RawTrace, Document]]) -> None:
    for record, _, page in pairs:
        _, planner, model, _, _ = record["url"].split("/")
        targets = {page.leads_to(href)[0] for href in page.links(page.article)}
        wanted = {f"papers/{record['paper']}/", f"planners/{planner}/", f"planners/{planner}/{model}/"}
        assert wanted <= targets, record["seed"]


def test_papers_and_models_link_all_their_traces_and_papers_every_study(site: Site) -> None:
    for record in site.records:
        _, planner, model, _, _ = record["url"].split("/")
        for address in (f"papers/{record['paper']}/", f"planners/{planner}/{model}/"):
            page = site.documents[address]
            assert record["url"] in {page.leads_to(href)[0] for href in page.links(page.article)}
        paper = site.documents[f"papers/{record['paper']}/"]
        targets = {paper.leads_to(href) for href in paper.links(paper.article)}
        assert {(record["url"], study["anchor"]) for study in record["studies"]} <= targets


def test_summaries_stand_on_a_paper_page_with_all_their_sentences(site: Site) -> None:
    shown = {
        url: words(text_of(page.part("summary")))
        for url, page in site.documents.items()
        if url.startswith("papers/") and "summary" in page.ids
    }
    found = summaries(site.seeds)
    assert len(shown) == len(found) > 0
    for name, text in found.items():
        # Headings and names are short lines. "Get AI-generated insights …" and "More in Methodology →" are furniture.
        before = re.split(r"^(?:Paper Details|Similar Papers)$", text, flags=re.MULTILINE)[0]
        lines = re.sub(r" More in [\w ]+ →$", "", before, flags=re.MULTILINE).split("\n")
        long = [prose_words(line) for line in lines if len(line) > 60 and not line.startswith("Get AI-generated")]
        pages = [url for url, have in shown.items() if all(first_missing(line, have) is None for line in long)]
        assert len(pages) == 1, name


def test_edit_links_lead_to_the_seed(pairs: list[tuple[dict[str, Any], RawTrace, Document]], site: Site) -> None:
    for record, _, page in pairs:
        edits = [unquote(href) for href in page.links() if "/edit/" in href]
        assert [href.partition("/edit/main/")[2] for href in edits] == [f"seeds/{record['seed']}"]
        assert (site.seeds / record["seed"]).is_file()


def test_titles_are_shown_in_full(pairs: list[tuple[dict[str, Any], RawTrace, Document]], site: Site) -> None:
    for record, _, page in pairs:
        assert page.heading == " ".join(record["title"].split())
        assert page.title.startswith(record["title"])
    for paper, title in {record["paper"]: record["title"] for record in site.records}.items():
        page = site.documents[f"papers/{paper}/"]
        assert page.heading == title
        assert page.title.startswith(title)


def test_every_page_has_a_title_and_a_description_of_its_own(site: Site) -> None:
    pages = [page for url, page in site.documents.items() if url != "404.html"]
    titles = Counter(page.title for page in pages)
    assert [title for title, times in titles.items() if times > 1] == []
    descriptions = Counter(page.meta("description")[0] for page in pages if "/page/" not in page.url)
    assert [description for description, times in descriptions.items() if times > 1] == []
    for page in pages:
        (description,) = page.meta("description")
        assert 0 < len(description) <= 200, page.url


def test_previews_show_what_the_page_is_called_and_where_it_is(site: Site) -> None:
    for url, page in site.documents.items():
        shown = {name: page.meta(f"og:{name}") for name in ("title", "description", "url", "type", "site_name")}
        if url == "404.html":
            assert shown["url"] == page.canonical == []
            continue
        assert shown["url"] == page.canonical != []
        assert page.title.startswith(shown["title"][0])
        assert shown["description"] == page.meta("description")
        assert shown["type"] == ["website" if url == "" else "article"]
        assert shown["site_name"] == [NAME]


def test_pages_describe_themselves_at_their_canonical_addresses(site: Site) -> None:
    for page in site.documents.values():
        for node in page.linked_data:
            trail = node.get("itemListElement")
            assert [trail[-1]["item"] if trail else node["url"]] == page.canonical


def test_no_page_claims_to_be_somebody_elses_paper(site: Site) -> None:
    kinds = {url: [node["@type"] for node in page.linked_data] for url, page in site.documents.items()}
    for record in site.records:
        assert kinds[record["url"]] == ["CreativeWork", "BreadcrumbList"]
        assert kinds[f"papers/{record['paper']}/"] == ["WebPage", "BreadcrumbList"]
    for page in site.documents.values():
        assert [meta.get("name") for meta in page.all("meta") if (meta.get("name") or "").startswith("citation_")] == []


def test_the_sitemap_lists_all_pages_at_their_canonical_addresses(site: Site) -> None:
    root = ET.parse(site.folder / "sitemap.xml").getroot()  # noqa: S314 -- our own file
    listed = [element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    home = min(listed, key=len)
    found = sorted(unquote(address.removeprefix(home)) for address in listed)
    assert found == sorted(set(site.documents) - {"404.html"})
    assert sorted(listed) == sorted(address for page in site.documents.values() for address in page.canonical)


def test_the_search_index_holds_all_pages_that_are_not_lists(site: Site) -> None:
    marked = [url for url, page in site.documents.items() if any("data-pagefind-body" in e.attrib for e in page.all())]
    assert sorted(site.indexed) == sorted(marked)
    wanted = {record["url"] for record in site.records} | {f"papers/{record['paper']}/" for record in site.records}
    assert wanted <= set(site.indexed)
