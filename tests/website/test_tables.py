"""Tables that readers sort, and the pictures of pages that are shared elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from website.pages import Site
from website.parts import part


@pytest.mark.browser
def test_a_table_is_sorted_by_the_heading_that_is_pressed(visit: Callable[..., Page], at_root: str) -> None:
    page = visit(f"{at_root}planners/")
    table = part(page, "models").get_by_role("table")

    def column(number: int) -> list[str]:
        return table.locator(f"tbody td:nth-child({number})").all_inner_texts()

    names, studies = column(1), [int(number.replace(",", "")) for number in column(5)]
    assert len(set(studies)) > 1
    for order in ("descending", "ascending"):
        table.get_by_role("button", name="Studies").click()
        expect(table.get_by_role("columnheader", name="Studies")).to_have_attribute("aria-sort", order)
        assert column(5) == [f"{number:,}" for number in sorted(studies, reverse=order == "descending")]
    table.get_by_role("button", name="Model").press("Enter")
    assert column(1) == sorted(names)
    expect(table.locator("[aria-sort]")).to_have_count(1)


def test_the_picture_of_every_page_is_there_and_told_in_words(site: Site) -> None:
    pictures = {}
    for url, page in site.documents.items():
        if url != "404.html":
            told = {one.get("property"): one.get("content", "") for one in page.all("meta") if one.get("property")}
            assert told["og:image:alt"], url
            pictures[told["og:image"].removeprefix(told["og:url"].removesuffix(url))] = url
    assert len(pictures) == 4
    assert [one for one in pictures if not (site.folder / one).is_file()] == []
