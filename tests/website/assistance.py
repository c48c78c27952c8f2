"""What stands in the way of readers with assistive technology."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The rules that look at colours, which alone change with the scheme.
COLOURS = ("color-contrast", "link-in-text-block")


def violations(page: Page, rules: Sequence[str] = ()) -> dict[str, list[str]]:
    """The rules of axe that the page breaks as it is shown now, each with the elements that break it."""
    # What a page keeps to is told as well, unless one asks for violations alone.
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = Axe().run(page, options=options).response["violations"]
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found}
