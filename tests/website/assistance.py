"""What stands in the way of readers with assistive technology."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The rules that look at colours, which alone change with the scheme.
COLOURS = ("color-contrast", "link-in-text-block")


def violations(page: Page, rules: Sequence[str] = (), but_for: Sequence[str] = ()) -> dict[str, list[str]]:
    """The rules of axe that the page breaks as it is shown now, each with the elements that break it.

    It is held to all rules, or to those that are named, but for some.
    """
    # What a page keeps to is told as well, unless one asks for violations alone.
    options: dict[str, object] = {
        "resultTypes": ["violations"],
        "rules": {rule: {"enabled": False} for rule in but_for},
        **({"runOnly": list(rules)} if rules else {}),
    }
    found = Axe().run(page, options=options).response["violations"]
    return {rule["id"]: [node["html"] for node in rule["nodes"]] for rule in found}
