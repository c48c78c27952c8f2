"""Search a page as a reader does."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect


def with_keys(page: Page) -> None:
    """Open the search as hurried readers do."""
    page.keyboard.press("Control+k")


def with_the_slash(page: Page) -> None:
    """Open the search as readers of code do."""
    page.keyboard.press("/")


def with_the_button(page: Page) -> None:
    """Open the search as most readers do."""
    page.get_by_role("banner").get_by_role("button", name="Search").click()


def with_the_field(page: Page) -> None:
    """Open the search on the home page, where it is a field: with the first letter that is typed."""
    page.get_by_role("article").get_by_role("searchbox").focus()


def results(page: Page, words: str, begin: Callable[[Page], None] = with_keys, patience: float = 10) -> Locator:
    """The results for these words, the best first, once there are some; `patience` is in seconds."""
    begin(page)
    field = page.get_by_role("dialog").get_by_role("searchbox")
    found = page.get_by_role("list", name="Search results").locator("> li")
    # None is of an earlier search.
    field.fill("")
    expect(found).to_have_count(0)
    field.fill(words)
    expect(summary(page)).to_contain_text(f"for {words}", timeout=patience * 1000)
    expect(found.first.get_by_role("link").first).to_be_visible(timeout=patience * 1000)
    return found


def summary(page: Page) -> Locator:
    """What the search says of the results as a whole."""
    return page.get_by_role("dialog").locator("pagefind-summary")


def values(page: Page, facet: str) -> Locator:
    """The values that the results can be narrowed to, once they have been opened."""
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name=facet).click()
    found = dialog.get_by_role("listbox").get_by_role("option")
    expect(found.first).to_be_visible()
    return found


def all_results(page: Page) -> Locator:
    """All results that the search shows, each looked at, for only what is seen is loaded."""
    found = page.get_by_role("list", name="Search results").locator("> li")
    for number in range(found.count()):
        found.nth(number).evaluate("element => element.scrollIntoView()")
        expect(found.nth(number).locator("a").first).to_be_visible()
    return found
