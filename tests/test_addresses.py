"""Paths of pages and the addresses they are published at."""

import pytest

from generator.addresses import PAPERS, from_page, model_path, paper_path, part_path, trace_path, url_of


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("index.md", ""),
        (PAPERS, "papers/"),
        (paper_path("moss"), "papers/moss/"),
        (paper_path("a-citation-index"), "papers/a-citation-index/"),
        (paper_path("index-1a2b3c"), "papers/index-1a2b3c/"),
        (trace_path("lm-planner/gpt-4o/moss"), "traces/lm-planner/gpt-4o/moss/"),
        ("planners/lm-planner/index.md", "planners/lm-planner/"),
    ],
)
def test_an_address_is_mkdocs_directory_url(path: str, url: str) -> None:
    assert url_of(path) == url


@pytest.mark.parametrize(
    ("path", "second"),
    [
        (PAPERS, "papers/page/2.md"),
        (model_path("lm-planner", "gpt-4o"), "planners/lm-planner/gpt-4o/page/2.md"),
        (model_path("lm-planner", "big-index"), "planners/lm-planner/big-index/page/2.md"),
    ],
)
def test_later_parts_of_a_list_stand_below_the_first(path: str, second: str) -> None:
    assert part_path(path, 1) == path
    assert part_path(path, 2) == second


def test_links_are_relative() -> None:
    assert from_page("papers/moss.md", "index.md") == "../index.md"
    assert from_page("index.md", "papers/moss.md") == "papers/moss.md"
