"""The parts of a page, in a browser."""

from playwright.sync_api import Locator, Page


def part(page: Page, anchor: str) -> Locator:
    """The section whose heading has this id."""
    return page.locator(f"[id='{anchor}']").locator("xpath=..")
