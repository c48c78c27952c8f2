"""What pages tell programs about the things they show: nodes of JSON-LD in the terms of https://schema.org.

A paper is always what a page or a trace is `about`: its authors published it elsewhere. Addresses are absolute, so
without the site's own there are none.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from generator.addresses import ARXIV, DATA, DOI, HOME, paper_path, trace_path, url_of
from generator.citing import ATLAS, CORPUS_TITLE, OTHERS, trace_title
from generator.dataset.records import TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.dataset.records import Table
    from generator.model import Corpus, Paper, Site, Trace

    Node = dict[str, object]

# JSON Lines have no registered media type; this is the one that https://jsonlines.org proposes.
_JSON_LINES = "application/jsonl"


def as_json(node: Node) -> str:
    """The node as a page's head holds it."""
    return json.dumps(node, ensure_ascii=False, separators=(",", ":"))


def website(site: Site, description: str) -> Node:
    """The site as a whole."""
    return {"@type": "WebSite", "name": ATLAS, "description": description} | _at(site, url_of(HOME))


def dataset(corpus: Corpus, site: Site, description: str) -> Node:
    """The corpus in its current version, and the files that hold it."""
    node = _corpus(site) | {
        "description": description,
        "creator": {"@type": "Organization", "name": ATLAS} | _at(site, url_of(HOME)),
        "isAccessibleForFree": True,
    }
    if corpus.additions:
        days = [addition.date.isoformat() for addition in corpus.additions]
        node |= {"version": corpus.version, "datePublished": days[-1], "dateModified": days[0]}
    if site.url:
        node |= {"url": site.url, "distribution": [_download(site, table) for table in TABLES]}
    return node


def trace_record(corpus: Corpus, trace: Trace, site: Site) -> Node:
    """A planner's run: software made it, about somebody's paper."""
    paper = corpus.paper_of[trace.id]
    node: Node = {
        "@type": "CreativeWork",
        "name": trace_title(paper, trace),
        "creator": [{"@type": "SoftwareApplication", "name": name} for name in (trace.planner, trace.model)],
        "about": article(paper, site),
        "isPartOf": _corpus(site),
    }
    if trace.id in corpus.added:
        node |= {"version": corpus.added_in(trace), "datePublished": corpus.added[trace.id].isoformat()}
    return node | _at(site, url_of(trace_path(trace.id)))


def paper_hub(paper: Paper, site: Site) -> Node:
    """The page of a paper, which is not the paper."""
    node: Node = {"@type": "WebPage", "name": paper.title, "about": article(paper, site), "isPartOf": _corpus(site)}
    return node | _at(site, url_of(paper_path(paper.slug)))


def article(paper: Paper, site: Site) -> Node:
    """Somebody's paper, as far as it is known; its own addresses are those of its DOI and on arXiv."""
    known = {fact.name: fact.values for fact in paper.facts}
    node: Node = {"@type": "ScholarlyArticle", "name": paper.title}
    if site.url:
        node["@id"] = f"{site.url}{url_of(paper_path(paper.slug))}#paper"
    if authors := [{"@type": "Person", "name": name} for name in known.get("authors", ()) if name != OTHERS]:
        node["author"] = authors
    if "year" in known:
        node["datePublished"] = known["year"][0]
    if same := [f"{host}{known[name][0]}" for name, host in (("doi", DOI), ("arxiv", ARXIV)) if name in known]:
        node["sameAs"] = same
    return node


def breadcrumbs(trail: Sequence[tuple[str, str]], site: Site) -> Node:
    """The way to a page from the site's root, itself included: names and paths."""
    steps = [
        {"@type": "ListItem", "position": position, "name": name}
        | ({"item": f"{site.url}{url_of(path)}"} if site.url else {})
        for position, (name, path) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps}


def _corpus(site: Site) -> Node:
    node: Node = {"@type": "Dataset", "name": CORPUS_TITLE}
    return node | ({"@id": f"{site.url}#corpus"} if site.url else {})


def _download(site: Site, table: Table) -> Node:
    address = f"{site.url}{DATA}{table.name}.jsonl"
    return {"@type": "DataDownload", "name": table.name, "contentUrl": address, "encodingFormat": _JSON_LINES}


def _at(site: Site, address: str) -> Node:
    return {"url": f"{site.url}{address}"} if site.url else {}
