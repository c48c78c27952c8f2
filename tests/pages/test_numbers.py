"""Numbers that lead to the explorer, to the same number; and a comparison that the corpus alone chooses."""

import json
import re
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any
from urllib.parse import parse_qs

import pytest
from examples import SITE, URL, a_trace, planned

from generator.corpus.linking import link
from generator.corpus.part_types import part_types
from generator.exports.explorer import explorer_files
from generator.model import Addition, Corpus
from generator.pages.home import most_agreeing
from generator.pages.page import Page
from generator.publication import Publication
from generator.rendering import render_page

# A number, alone or with a noun, that leads to the explorer.
COUNTED = re.compile(r"\[(?:\w+ task )?([1-9][\d,]*)(?: \w+)?\]\((?:\.\./)*studies/index\.md\?([^)]+)\)")


@pytest.fixture(scope="module")
def pages(corpus: Corpus) -> dict[str, Page]:
    return {page.path: page for page in planned(corpus, Publication(URL, "# Home"))[0]}


def studies(facets: dict[str, Any], query: str) -> int:
    """As many studies as the explorer shows for the choice in an address."""
    columns = facets["columns"] | {"paper": [*accumulate(facets["columns"]["paper"])]}
    keys = facets["values"] | {"paper": facets["slugs"]}
    chosen = [(columns[facet], keys[facet].index(value)) for facet, (value,) in parse_qs(query).items()]
    return sum(
        all(place in (row[at] if isinstance(row[at], list) else [row[at]]) for row, place in chosen)
        for at in range(facets["studies"])
    )


@pytest.mark.parametrize("kinds", [{"home", "families", "letter"}, {"families", "letter", "metric"}])
def test_every_number_leads_to_as_many_studies(corpus: Corpus, kinds: set[str]) -> None:
    # Of the invented papers no three ask for the same metric.
    of = corpus if "home" in kinds else link([a_trace(name=f"Paper {number}") for number in range(3)], [], [])[0]
    files = explorer_files(of, SITE, part_types(of))
    (facets,) = [json.loads(file.data) for file in files if file.path.endswith("facets.json")]
    found = [
        (page.template.removesuffix(".md.jinja"), number, query)
        for page in planned(of, Publication(URL, ""))[0]
        if page.template.removesuffix(".md.jinja") in kinds
        for number, query in COUNTED.findall(render_page(page).data.decode())
    ]
    assert {template for template, _, _ in found} == kinds
    assert [one for one in found if one[1] != f"{studies(facets, one[2]):,}"] == []


def test_a_number_of_the_home_page_stands_again_where_it_leads(pages: dict[str, Page]) -> None:
    view = pages["index.md"].view
    assert isinstance(view, dict)
    for number, page in view["numbers"]:
        assert f"{number:,} " in render_page(pages[page.path]).data.decode(), page


def test_every_metric_is_found_under_its_letter(corpus: Corpus, pages: dict[str, Page]) -> None:
    letters = [page for path, page in pages.items() if path.startswith("metrics/letter/")]
    listed = [name for page in letters for name in re.findall(r"(?m)^- \[(.*?)\]\(", render_page(page).data.decode())]
    assert len(listed) == len(set(corpus.metrics.values()))


def test_the_version_chooses_among_the_comparisons_of_the_highest_agreement(corpus: Corpus) -> None:
    days = (date(2026, 11, day) for day in range(1, 29))
    versions = [replace(corpus, additions=(Addition("", day, "", (), ()),)) for day in days]
    found = [most_agreeing(one) for one in versions]
    assert found == [most_agreeing(one) for one in versions]
    assert len({(one[0].slug, one[1]) for one in found if one}) > 1


def test_planners_and_models_are_told_apart_and_counted_as_what_they_are() -> None:
    ran = [("loom", "oak-1"), ("loom", "elm-2"), ("reed", "oak-1")]
    traces = [a_trace(planner=planner, model=model, seed=f"{planner}-{model}.md") for planner, model in ran]
    pages = {page.path: page for page in planned(link(traces, [], [])[0], Publication(URL, ""))[0]}
    text = {path: render_page(pages[path]).data.decode() for path in pages if "planners/" in path or path == "index.md"}
    assert "2 planners with 2 language models: 3 studies proposed in 3 traces." in text["planners/index.md"]
    for planner, model in ran:
        assert (
            f"| [{model}](../planners/{planner}/{model}.md) | [{planner}](../planners/{planner}/index.md) | 1 |"
            in text["planners/index.md"]
        )
    compared = text["planners/index.md"].partition("{ #reviewer }")[2].partition("\n## ")[0]
    assert "| [loom](../planners/loom/index.md) | 2 |" in compared
    assert "| [reed](../planners/reed/index.md) | 1 |" in compared
    assert "oak-1" not in compared
    assert "| [loom](planners/loom/index.md) | 2 | 2 | 1 |" in text["index.md"]
    assert "reed" not in text["planners/loom/index.md"]
    assert "[oak-1, reed]" in text["planners/loom/oak-1.md"]
