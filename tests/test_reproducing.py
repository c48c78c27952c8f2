"""Pagefind's index: of the same bytes whenever the pages are the same, and nothing lost of what it says."""

from __future__ import annotations

import gzip
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.finishing import searching
from generator.finishing.reproducing import make_reproducible, packed, unpacked
from generator.finishing.searching import FOLDER, finished, replace, start
from generator.problems import GeneratorError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

COLOURS = ["amber", "blue", "cyan", "green", "indigo", "mauve", "pink", "red", "teal", "white"]
values = st.recursive(st.integers(0, 2**64 - 1) | st.text(), lambda inner: st.lists(inner, max_size=30))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Pages with so many values of two filters that two runs hardly ever write them in one order."""
    return painted(tmp_path / "site", COLOURS)


def painted(folder: Path, colours: Iterable[str]) -> Path:
    for colour in colours:
        number = COLOURS.index(colour)
        page = folder / colour / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            f'<html lang="en"><meta data-pagefind-filter="colour[content]" content="{colour}">'
            f'<meta data-pagefind-filter="number[content]" content="{number}">'
            "<body><article><div data-pagefind-body>"
            f"<h1>The {colour} page</h1><p>Paint it {colour}.</p></div></article></body></html>",
            "utf-8",
        )
    return folder


def index(site: Path) -> int:
    return searching.index(site, len(COLOURS), lambda: None)


def index_again(site: Path) -> int:
    """As the preview does, which keeps what may spare the next run something."""
    with start(site) as run:
        indexed = finished(run, site)
    replace(site)
    return indexed


def files(site: Path) -> dict[str, bytes]:
    folder = site / FOLDER
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_pagefind(site: Path) -> None:
    """Its index in whatever order."""
    start(site).communicate()
    replace(site)


def test_two_runs_over_the_same_pages_write_the_same_bytes(site: Path) -> None:
    assert index(site) == len(COLOURS)
    once = files(site)
    assert index(site) == len(COLOURS)
    assert files(site) == once


def test_the_order_in_which_pages_came_does_not_matter(site: Path, tmp_path: Path) -> None:
    """On a file system that lists files as they came, such as one in memory."""
    other = painted(tmp_path / "other", reversed(COLOURS))
    assert index(site) == index(other)
    assert files(site) == files(other)


def repainted(site: Path) -> int:
    page = site / "green" / "index.html"
    page.write_text(page.read_text("utf-8").replace("Paint it green", "Paint it twice"), "utf-8")
    return len(COLOURS)


def taken_away(site: Path) -> int:
    shutil.rmtree(site / "cyan")
    return len(COLOURS) - 1


def renamed(site: Path) -> int:
    (site / "cyan").rename(site / "azure")
    return len(COLOURS)


def hidden(site: Path) -> int:
    page = site / "mauve" / "index.html"
    page.write_text(page.read_text("utf-8").replace("data-pagefind-body", "data-other"), "utf-8")
    return len(COLOURS) - 1


@pytest.mark.parametrize("change", [repainted, taken_away, renamed, hidden])
def test_what_an_earlier_run_left_makes_no_difference(change: Callable[[Path], int], site: Path) -> None:
    assert index_again(site) == len(COLOURS)
    once = files(site)
    pages = change(site)
    assert index_again(site) == pages
    again = files(site)
    assert again != once
    shutil.rmtree(site / FOLDER)
    assert index(site) == pages
    assert again == files(site)


def test_a_run_that_was_broken_off_leaves_the_index_as_it_was(site: Path) -> None:
    index_again(site)
    once = files(site)
    repainted(site)
    with start(site) as run:
        run.terminate()
    assert files(site) == once
    index_again(site)
    again = files(site)
    shutil.rmtree(site / FOLDER)
    index(site)
    assert again == files(site)


def test_a_site_that_is_refused_is_left_without_what_was_being_made(site: Path) -> None:
    def refuse() -> None:
        raise GeneratorError([])

    with pytest.raises(GeneratorError):
        searching.index(site, len(COLOURS), refuse)
    assert sorted(path.name for path in site.iterdir()) == sorted(COLOURS)


def test_the_filters_hold_what_pagefind_wrote_in_order(site: Path) -> None:
    run_pagefind(site)
    before = sorted(unpacked(data) for name, data in files(site).items() if name.startswith("filter/"))
    make_reproducible(site / FOLDER)
    after = [unpacked(data) for name, data in sorted(files(site).items()) if name.startswith("filter/")]
    assert sorted(after) == [[title, sorted(held)] for title, held in before]
    (listing,) = (unpacked(data) for name, data in files(site).items() if name.endswith(".pf_meta"))
    assert [title for title, _ in listing[3]] == ["colour", "number", "sample"]
    assert {f"filter/{name}.pf_filter" for _, name in listing[3]} == {
        name for name in files(site) if name.startswith("filter/")
    }


def test_what_pagefind_writes_is_written_back_as_it_is(site: Path) -> None:
    run_pagefind(site)
    found = [data for name, data in files(site).items() if name.endswith((".pf_filter", ".pf_meta"))]
    assert len(found) == 4
    for data in found:
        assert gzip.decompress(packed(unpacked(data))) == gzip.decompress(data)


@given(st.lists(values, max_size=30))
@example([23, 24, 255, 256, 65535, 65536, 2**32 - 1, 2**32, "x" * 300, list(range(300))])
def test_what_is_packed_is_unpacked_as_it_was(content: list[object]) -> None:
    assert unpacked(packed(content)) == content
