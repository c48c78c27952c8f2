"""What built pages tell programs: JSON-LD that expands, says what the pages say, and claims nobody else's work."""

from typing import Any

import pytest
from pyld import jsonld

from website.kinds import HOSTILE_TRACE, PAPER, PUBLICATION, TRACE
from website.pages import Document, Site, text_of

SCHEMA = "https://schema.org/"
HOME = PUBLICATION.url
# The classes and properties of schema.org (29.0) that the pages use; a new one is looked up there first.
TERMS = {
    *("BreadcrumbList", "CreativeWork", "DataDownload", "Dataset", "ListItem", "Organization", "Person"),
    *("ScholarlyArticle", "Thing", "WebPage", "WebSite"),
    *("about", "author", "contentUrl", "creator", "dateModified", "datePublished", "description", "distribution"),
    *("encodingFormat", "isAccessibleForFree", "isPartOf", "item", "itemListElement", "name", "position", "sameAs"),
    *("license", "publisher", "url", "version"),
}


def context(url: str, _options: object) -> dict[str, Any]:
    """Schema.org's context in small, so that no test asks another host: its terms, and which values are addresses."""
    assert url == "https://schema.org"
    addresses = {name: {"@type": "@id"} for name in ("contentUrl", "item", "sameAs", "url")}
    document = {"@context": {"@vocab": SCHEMA, **addresses}}
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def expanded(page: Document) -> list[dict[str, Any]]:
    document = {"@context": "https://schema.org", "@graph": page.linked_data}
    return list(jsonld.expand(document, {"documentLoader": context}))


def node(page: Document, kind: str) -> dict[str, Any]:
    (found,) = (one for one in page.linked_data if one["@type"] == kind)
    return found


def used(value: object) -> set[str]:
    """The names in schema.org's vocabulary that stand anywhere in an expanded document."""
    if isinstance(value, list):
        return {name for one in value for name in used(one)}
    if not isinstance(value, dict):
        return set()
    named = {name for name in [*value, *value.get("@type", [])] if not name.startswith("@")}
    return named | {name for key, one in value.items() if key != "@type" for name in used(one)}


@pytest.fixture(scope="module")
def generated(site: Site) -> dict[str, Document]:
    """The pages that the generator writes; hand-written ones and the missing page say nothing of themselves."""
    by_hand = {"404.html", *(f"{path.stem}/" for path in site.folder.glob("*.md"))} - {"problems/"}
    return {url: page for url, page in site.documents.items() if url not in by_hand}


def test_every_generated_page_expands_to_known_terms_of_schema_org(generated: dict[str, Document]) -> None:
    found: set[str] = set()
    for url, page in generated.items():
        graph = expanded(page)
        assert len(graph) == len(page.linked_data) > 0, url
        found |= used(graph)
    assert found == {SCHEMA + term for term in TERMS}


def test_a_trace_is_software_s_work_about_somebody_s_paper(site: Site) -> None:
    record = node(site.documents[TRACE], "CreativeWork")
    title = "Kettle Nets: Hearing When Water Boils"
    about = record.pop("about")
    assert record == {
        "@type": "CreativeWork",
        "name": f"Ablation plan by teapot-7b with lm-planner for “{title}”",
        "url": f"{HOME}{TRACE}",
        "creator": [
            {"@type": "Thing", "name": "lm-planner"},
            {"@type": "Thing", "name": "teapot-7b"},
        ],
        "isPartOf": {"@id": f"{HOME}#corpus"},
    }
    assert (about["@type"], about["@id"], about["name"]) == ("ScholarlyArticle", f"{HOME}{PAPER}#paper", title)


def test_a_hub_tells_who_wrote_the_paper_and_where_it_is(site: Site) -> None:
    hub = node(site.documents[PAPER], "WebPage")
    assert hub["url"] == f"{HOME}{PAPER}"
    assert hub["about"] == {
        "@type": "ScholarlyArticle",
        "@id": f"{HOME}{PAPER}#paper",
        "name": "Kettle Nets: Hearing When Water Boils",
        "author": [{"@type": "Person", "name": "Ada Quill"}, {"@type": "Person", "name": "Bjørn Østby"}],
        "datePublished": "2024",
        "sameAs": ["https://arxiv.org/abs/2404.01234"],
    }


def test_an_author_in_braces_is_an_organisation(site: Site) -> None:
    (paper,) = {record["paper"] for record in site.records if record["url"] == HOSTILE_TRACE}
    about = node(site.documents[f"papers/{paper}/"], "WebPage")["about"]
    assert about["author"] == [
        {"@type": "Person", "name": '<b>Mallory</b> & "Co"'},
        {"@type": "Organization", "name": "Steam & Sons"},
    ]


def test_a_trace_that_was_added_later_tells_its_version(site: Site) -> None:
    versions = {}
    for record in site.records:
        work = node(site.documents[record["url"]], "CreativeWork")
        versions[record["url"]] = told = work.get("version")
        assert work.get("datePublished") == (told and told.replace(".", "-"))
    assert set(versions.values()) == {None, "2025.01.31", "2025.02.11"}
    for version in ("2025-01-31", "2025-02-11"):
        page = site.documents[f"changelog/{version}/"]
        listed = {page.leads_to(href)[0] for href in page.links(page.part("traces"))} - {page.url}
        assert listed == {url for url, told in versions.items() if told == version.replace("-", ".")}


def test_nothing_is_said_of_a_paper_that_is_not_known(site: Site) -> None:
    (paper,) = {record["paper"] for record in site.records if record["url"].endswith("/hexchess/")}
    about = node(site.documents[f"papers/{paper}/"], "WebPage")["about"]
    assert about == {"@type": "ScholarlyArticle", "@id": f"{HOME}papers/{paper}/#paper", "name": "hexchess"}


def test_whatever_has_a_type_that_search_engines_ask_more_of_is_complete(site: Site) -> None:
    """They hold what is nested to the same rules; the corpus is described once, and elsewhere named by its address."""
    for url, page in site.documents.items():
        assert ('"@type": "Dataset"' in page.source, url) == (url == "", url)
        assert '"SoftwareApplication"' not in page.source


def test_the_corpus_is_a_dataset_in_its_version_with_its_files(site: Site) -> None:
    found = node(site.documents[""], "Dataset")
    assert (found["@id"], found["url"], found["version"]) == (f"{HOME}#corpus", HOME, "2025.02.11")
    assert (found["datePublished"], found["dateModified"]) == ("2025-01-31", "2025-02-11")
    # What search engines for data sets ask for (https://developers.google.com/search/docs/appearance/structured-data/dataset).
    assert 50 <= len(found["description"]) <= 5000
    assert found["name"]
    assert found["license"] == f"{HOME}data/#licence"
    assert (found["creator"]["name"], found["publisher"]["name"]) == (
        PUBLICATION.runners[0].name,
        PUBLICATION.publisher,
    )
    files = [one["contentUrl"].removeprefix(HOME) for one in found["distribution"]]
    assert "data/traces.jsonl" in files
    assert all((site.folder / file).is_file() for file in files)


def test_breadcrumbs_lead_from_the_home_page_to_the_page_as_its_path_does(generated: dict[str, Document]) -> None:
    for url, page in generated.items():
        if url == "":
            continue
        steps = node(page, "BreadcrumbList")["itemListElement"]
        told = [step["item"].removeprefix(HOME) for step in steps]
        (path,) = (element for element in page.all("nav") if element.get("class") == "md-path")
        shown = [page.leads_to(href)[0] for href in page.links(path)]
        assert told == [*shown, url]
        assert set(told) <= set(generated)
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        names = [" ".join(text_of(link).split()) for link in path.iter("a")]
        assert [step["name"] for step in steps][1:-1] == names[1:]
