"""Shares of a site: together they are all of it, and each page is in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.addresses import paper_path, trace_path
from generator.building.shares import Share, share

PATHS = st.from_regex(r"[a-z]{1,8}(/[a-z0-9-]{1,20}){0,3}\.md", fullmatch=True)


@given(PATHS, st.integers(min_value=1, max_value=12))
def test_every_page_is_in_one_share(path: str, total: int) -> None:
    assert sum(Share(number, total).holds(path) for number in range(1, total + 1)) == 1


def test_a_papers_traces_are_in_its_share() -> None:
    some = Share(2, 3)
    for slug in ("knitting-with-robots", "tideformer", "brewnet"):
        trace = trace_path(f"lm-planner/gpt-4o/{slug}")
        assert some.holds(paper_path(slug)) == some.holds(trace)


def test_a_share_is_called_by_its_number_and_theirs() -> None:
    assert share("2/4") == Share(2, 4)


@pytest.mark.parametrize("text", ["", "2", "2/", "/4", "0/4", "5/4", "a/b", "1/2/3"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no share such as 2/4"):
        share(text)
