"""The home page: numbers that lead to the same number, and a comparison that the corpus alone chooses."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs

from examples import SITE, URL, planned

from generator.corpus.part_types import part_types
from generator.exports.explorer import explorer_files
from generator.model import Addition, Corpus
from generator.pages.featured import most_agreeing
from generator.pages.page import Link
from generator.publication import Publication
from generator.rendering import render_page


def explorer_links(value: object) -> Iterator[Link]:
    """All links with a choice of facets, however deep in a view they stand."""
    if isinstance(value, Link):
        yield from [value] if value.query else []
    elif isinstance(value, dict):
        yield from explorer_links([*value.values()])
    elif isinstance(value, list | tuple):
        for one in value:
            yield from explorer_links(one)
    elif hasattr(value, "rows"):
        yield from explorer_links(value.rows)


def test_every_number_leads_to_as_many_studies(corpus: Corpus) -> None:
    (facets,) = [
        json.loads(file.data)
        for file in explorer_files(corpus, SITE, part_types(corpus))
        if file.path.endswith("facets.json")
    ]
    numbers = [
        (int(str(one.text).replace(",", "")), parse_qs(one.query))
        for page in planned(corpus, Publication(URL, "# Home"))[0]
        if page.template == "home.md.jinja"
        for one in explorer_links(page.view)
        if str(one.text)[:1].isdigit()
    ]
    assert len(numbers) > 20
    for number, chosen in numbers:
        places = {facet: facets["values"][facet].index(value) for facet, (value,) in chosen.items()}
        columns = [
            [place in row if isinstance(row, list) else place == row for row in facets["columns"][facet]]
            for facet, place in places.items()
        ]
        assert sum(map(all, zip(*columns, strict=True))) == number, chosen


def test_a_number_stands_again_where_it_leads(corpus: Corpus) -> None:
    pages = {page.path: page for page in planned(corpus, Publication(URL, "# Home"))[0]}
    view = pages["index.md"].view
    assert isinstance(view, dict)
    for number, page in view["numbers"]:
        assert f"{number:,} " in render_page(pages[page.path]).data.decode(), page


def test_the_version_chooses_among_the_comparisons_of_the_highest_agreement(corpus: Corpus) -> None:
    days = (date(2026, 11, day) for day in range(1, 29))
    versions = [replace(corpus, additions=(Addition("", day, "", (), ()),)) for day in days]
    found = [most_agreeing(one) for one in versions]
    assert found == [most_agreeing(one) for one in versions]
    assert len({(one[0].slug, one[1]) for one in found if one}) > 1
