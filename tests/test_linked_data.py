"""What pages tell programs: JSON-LD that expands, says what the pages say, and claims nobody else's work."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from examples import URL, a_trace, an_addition, planned
from hypothesis import given
from mkdocs.utils.meta import get_data
from pyld import jsonld
from strategies import lines

from generator.corpus.linking import link
from generator.model import Corpus, Metadata, Site
from generator.pages.linked_data import dataset, trace_record
from generator.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = "https://schema.org/"
SITE = Site(URL, "# Atlas")
# The classes and properties of schema.org (29.0) that the pages use; a new one is looked up there first.
TERMS = {
    *("BreadcrumbList", "CreativeWork", "DataDownload", "Dataset", "ListItem", "Organization", "Person"),
    *("ScholarlyArticle", "SoftwareApplication", "WebPage", "WebSite"),
    *("about", "author", "contentUrl", "creator", "dateModified", "datePublished", "description", "distribution"),
    *("encodingFormat", "isAccessibleForFree", "isPartOf", "item", "itemListElement", "name", "position", "sameAs"),
    *("url", "version"),
}
METADATA = Metadata(
    "tea.yml", "Tea", ("Ada Lovelace", "et al."), 2025, "ICLR 2025", arxiv="2502.01234", doi="10.1000/tea_1"
)
MADE = a_trace(name="Tea")
ADDITION = an_addition("2026-11-20", MADE)


def context(url: str, _options: object) -> dict[str, Any]:
    """Schema.org's context in small, so that no test asks another host: its terms, and which values are addresses."""
    assert url == "https://schema.org"
    addresses = {name: {"@type": "@id"} for name in ("contentUrl", "item", "sameAs", "url")}
    document = {"@context": {"@vocab": SCHEMA, **addresses}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def expanded(nodes: object) -> list[dict[str, Any]]:
    document = {"@context": "https://schema.org", "@graph": nodes}
    return list(jsonld.expand(document, {"documentLoader": context}))


def pages_of(corpus: Corpus, site: Site = SITE) -> dict[str, list[dict[str, Any]]]:
    """The nodes of every page that has some, by path."""
    pages, problems = planned(corpus, site)
    assert problems == []
    return {page.path: [make() for make in page.nodes] for page in pages}


def tea(site: Site = SITE) -> dict[str, list[dict[str, Any]]]:
    corpus, problems = link([MADE], [], [METADATA], [ADDITION])
    assert problems == []
    return pages_of(corpus, site)


def node(nodes: list[dict[str, Any]], kind: str) -> dict[str, Any]:
    (found,) = (one for one in nodes if one["@type"] == kind)
    return found


def used(value: object) -> set[str]:
    """The names in schema.org's vocabulary that stand anywhere in an expanded document."""
    if isinstance(value, list):
        return {name for one in value for name in used(one)}
    if not isinstance(value, dict):
        return set()
    named = {name for name in [*value, *value.get("@type", [])] if not name.startswith("@")}
    return named | {name for key, one in value.items() if key != "@type" for name in used(one)}


def test_every_page_expands_to_known_terms_of_schema_org(corpus: Corpus) -> None:
    found: set[str] = set()
    for path, nodes in pages_of(corpus).items():
        graph = expanded(nodes)
        assert len(graph) == len(nodes) > 0, path
        found |= used(graph)
    assert found == {SCHEMA + term for term in TERMS}


def test_what_a_page_says_arrives_through_its_front_matter(corpus: Corpus) -> None:
    for page in planned(corpus, SITE)[0]:
        _, meta = get_data(render(page).data.decode())
        assert [json.loads(node) for node in meta["linked_data"]] == [make() for make in page.nodes]


def test_a_trace_is_software_s_work_about_somebody_s_paper() -> None:
    paper = {
        "@type": "ScholarlyArticle",
        "@id": f"{URL}papers/tea/#paper",
        "name": "Tea",
        "author": [{"@type": "Person", "name": "Ada Lovelace"}],
        "datePublished": "2025",
        "sameAs": ["https://doi.org/10.1000/tea_1", "https://arxiv.org/abs/2502.01234"],
    }
    pages = tea()
    assert pages[f"traces/{MADE.id}.md"][0] == {
        "@type": "CreativeWork",
        "name": "Ablation plan by gpt-4o with lm-planner for “Tea”",
        "url": f"{URL}traces/lm-planner/gpt-4o/tea/",
        "creator": [
            {"@type": "SoftwareApplication", "name": "lm-planner"},
            {"@type": "SoftwareApplication", "name": "gpt-4o"},
        ],
        "about": paper,
        "isPartOf": {
            "@type": "Dataset",
            "@id": f"{URL}#corpus",
            "name": "Ablation Atlas: What language-model planners would ablate, paper by paper",
        },
        "version": "2026.11.20",
        "datePublished": "2026-11-20",
    }
    hub = node(pages["papers/tea.md"], "WebPage")
    assert (hub["about"], hub["url"]) == (paper, f"{URL}papers/tea/")


def test_nothing_is_said_of_a_paper_that_is_not_known() -> None:
    corpus, _ = link([a_trace(name="Tea")], [], [])
    record = pages_of(corpus)[f"traces/{MADE.id}.md"][0]
    assert record["about"] == {"@type": "ScholarlyArticle", "@id": f"{URL}papers/tea/#paper", "name": "Tea"}
    assert "datePublished" not in record
    assert "version" not in record


def test_no_page_is_a_paper_itself(corpus: Corpus) -> None:
    for path, nodes in pages_of(corpus).items():
        assert "ScholarlyArticle" not in {one["@type"] for one in nodes}, path


def test_the_corpus_is_a_dataset_in_its_version_with_its_files(corpus: Corpus, docs: Path) -> None:
    found = node(pages_of(corpus)["index.md"], "Dataset")
    assert found == dataset(corpus, SITE, found["description"])
    assert (found["@id"], found["url"], found["version"]) == (f"{URL}#corpus", URL, "2025.02.11")
    assert (found["datePublished"], found["dateModified"]) == ("2025-01-31", "2025-02-11")
    # What search engines for data sets ask for (https://developers.google.com/search/docs/appearance/structured-data/dataset).
    assert 50 <= len(found["description"]) <= 5000
    files = [one["contentUrl"].removeprefix(URL) for one in found["distribution"]]
    assert "data/traces.jsonl" in files
    assert all((docs / file).is_file() for file in files)


@pytest.mark.parametrize(
    ("path", "above"),
    [
        ("papers/tea.md", ["", "papers/"]),
        ("papers/page/2.md", ["", "papers/"]),
        (f"traces/{MADE.id}.md", ["", "papers/", "papers/tea/"]),
        ("planners/lm-planner/index.md", ["", "planners/"]),
        ("planners/lm-planner/gpt-4o.md", ["", "planners/", "planners/lm-planner/"]),
        (
            "planners/lm-planner/gpt-4o/page/2.md",
            ["", "planners/", "planners/lm-planner/", "planners/lm-planner/gpt-4o/"],
        ),
        ("changelog/2026-11-20.md", ["", "changelog/"]),
        ("studies/index.md", [""]),
    ],
)
def test_breadcrumbs_lead_from_the_home_page_to_the_page(path: str, above: list[str]) -> None:
    corpus, _ = link([MADE, *(a_trace(name=f"Paper {number}") for number in range(200))], [], [], [ADDITION])
    pages, _ = planned(corpus, SITE)
    (page,) = (page for page in pages if page.path == path)
    steps = node([make() for make in page.nodes], "BreadcrumbList")["itemListElement"]
    assert [step["item"].removeprefix(URL) for step in steps][:-1] == above
    assert [step["position"] for step in steps] == list(range(1, len(above) + 2))
    assert [steps[0]["name"], steps[-1]["name"]] == ["Ablation Atlas", page.front_matter["title"]]


def test_every_page_below_the_home_page_has_breadcrumbs_to_pages_that_exist(corpus: Corpus) -> None:
    pages = pages_of(corpus)
    addresses = {f"{URL}{path.removesuffix('.md').removesuffix('index').removesuffix('/')}/" for path in pages} | {URL}
    for path, nodes in pages.items():
        steps = [step for one in nodes if one["@type"] == "BreadcrumbList" for step in one["itemListElement"]]
        assert (steps == []) is (path == "index.md")
        assert {step["item"] for step in steps} <= addresses


def test_without_the_sites_address_there_are_no_addresses_of_its_own() -> None:
    pages = tea(Site("", "# Atlas"))
    text = json.dumps(pages)
    assert "url" not in text
    assert "@id" not in text
    assert "contentUrl" not in text
    assert '"item":' not in text
    assert node(pages["index.md"], "Dataset")["version"] == "2026.11.20"


@given(lines, lines)
def test_whatever_a_seed_says_arrives_as_text(model: str, title: str) -> None:
    trace = a_trace(model=model.replace("/", "-"), name=title)
    corpus, _ = link([trace], [], [])
    (record,) = expanded([trace_record(corpus, trace, SITE)])
    assert record[f"{SCHEMA}creator"][1][f"{SCHEMA}name"] == [{"@value": trace.model}]
    assert record[f"{SCHEMA}about"][0][f"{SCHEMA}name"] == [{"@value": corpus.papers[0].title}]
