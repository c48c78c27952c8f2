"""The parts of a page, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


def part(page: Page, anchor: str) -> Locator:
    """The section whose heading has this id."""
    return page.locator(f"[id='{anchor}']").locator("xpath=..")
