"""The pages are HTML by the book."""

from itertools import pairwise

from website.pages import Site


def test_pages_parse_without_errors(site: Site) -> None:
    assert {page.url: page.errors for page in site.documents.values() if page.errors} == {}


def test_headings_start_with_one_of_the_first_level_and_skip_none(site: Site) -> None:
    for page in site.documents.values():
        levels = [int(str(heading.tag)[1]) for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, page.url
        assert levels[0] == 1, page.url
        assert all(after <= before + 1 for before, after in pairwise(levels)), page.url
