"""What came into the corpus, found as a reader finds it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from website.parts import part


@pytest.mark.browser
@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with JavaScript", "without JavaScript"])
def test_the_traces_of_a_version_are_two_clicks_from_the_home_page(
    options: dict[str, Any], address: str, visit: Callable[..., Page]
) -> None:
    page = visit(address, **options)
    page.get_by_role("main").get_by_role("link", name="Changelog").click()
    page.wait_for_url(f"{address}changelog/")
    expect(page.get_by_role("heading", level=2)).to_contain_text(["2025.02.11", "2025.01.31"])
    expect(page.get_by_role("main")).to_contain_text("The first delivery: tides, lichens & origami.")
    page.get_by_role("link", name="4 traces of 4 papers").click()
    page.wait_for_url(f"{address}changelog/2025-01-31/#traces")
    traces = part(page, "traces").get_by_role("listitem")
    expect(traces).to_have_count(4)
    traces.first.get_by_role("link").click()
    page.wait_for_url(f"{address}traces/**")
    expect(page.locator("section.cite")).to_contain_text("(Version 2025.01.31) [Data set]")
