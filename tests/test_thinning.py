"""Words of very many pages: what a browser needs of them stays."""

from __future__ import annotations

import re
from itertools import accumulate
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.finishing.thinning import MOST, thinned

WORKER = Path(__file__).parent.parent / "generator" / "theme" / "assets" / "search-worker.js"
places = st.lists(st.integers(-25, 500), max_size=5)
page = st.tuples(st.integers(1, 3), places, places).map(list)
# Lists of very many pages are long in the making: a few different ones, over and over.
lists = st.builds(lambda few, times: few * times, st.lists(page, min_size=1, max_size=5), st.sampled_from([1, MOST]))


def expected(pages: list[Any], sample: set[int]) -> list[Any]:
    if len(pages) <= MOST:
        return pages
    numbers = accumulate(distance for distance, _, _ in pages)
    numbered = zip(numbers, pages, strict=True)
    return [[distance, held if number in sample else [], titles] for number, (distance, held, titles) in numbered]


@given(lists, lists, st.sets(st.integers(0, 3 * MOST)))
def test_only_places_outside_the_sample_are_lost(pages: list[Any], accented: list[Any], sample: set[int]) -> None:
    words = [["naive", pages, [["naïve", accented]]]]
    assert thinned(words, sample) == [["naive", expected(pages, sample), [["naïve", expected(accented, sample)]]]]


def test_what_a_browser_compares_is_whole() -> None:
    assert re.findall(r"^const MOST = (\d+);$", WORKER.read_text("utf-8"), re.MULTILINE) == [str(MOST)]
